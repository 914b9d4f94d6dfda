// What clients ask of the daemon, on the control socket and on io.pathwatch.
#include <string>
#include <variant>

#include "lib/discovery/hctl.h"
#include "service/daemon/daemon.h"
#include "service/daemon/describe.h"

namespace pathwatch::service {

using config::OptionId;

void Daemon::OnRequest(const Request& request) {
  if (const auto* check = std::get_if<CheckNowRequest>(&request)) {
    if (Requested(check->path) != nullptr) CheckNow(check->path);
    return;
  }
  const KnownPath* path = Requested(std::get<AcceptIdentityRequest>(request).path);
  if (path == nullptr) return;
  const absl::Status accepted = Accept(*path, "an operator");
  if (!accepted.ok()) OnControlProblem(std::string(accepted.message()));
}

const KnownPath* Daemon::Requested(const discovery::Hctl& path) {
  const KnownPath* found = inventory_.Find(path);
  if (found != nullptr && !found->removed) return found;
  OnControlProblem("request for " + discovery::FormatHctl(path) + ": there is no such path");
  return nullptr;
}

void Daemon::CheckNow(const discovery::Hctl& path) {
  const KnownPath* found = inventory_.Find(path);
  if (found == nullptr || found->removed) return;
  ++counted_.operator_checks;
  Tell(health::CheckNow{found->id});
}

std::int64_t Daemon::deadline_ns() const { return configuration().Number(OptionId::kDeadline); }

absl::Status Daemon::AcceptIdentity(const discovery::Hctl& path, const query::Caller& caller) {
  const KnownPath* found = inventory_.Find(path);
  if (found == nullptr || found->removed) return absl::NotFoundError("there is no such path");
  return Accept(*found, "user " + std::to_string(caller.uid));
}

absl::Status Daemon::Accept(const KnownPath& path, const std::string& who) {
  const health::PathId id = path.id;
  const scsi::LogicalUnitIdentity* found = core_.found_identity(id);
  if (found == nullptr) {
    return absl::FailedPreconditionError(
        "accept-identity for " + NameOf(id) +
        ": no other logical unit answers there, so there is nothing to accept");
  }
  log_->Write(LogLevel::kInfo, FieldsOf(path.facts, LogCause::kIdentityAccepted),
              "path {}: {} has accepted {} in the place of {}", NameOf(id), who, found->name,
              path.facts.lu_id);
  ++counted_.operator_accepts;
  const health::LunId before = path.lun;
  const Inventory::Changes changes = inventory_.Accept(id, scsi::LogicalUnitIdentity(*found));
  publication_->SetFacts(id);
  Tell(health::AcceptIdentity{id, inventory_.path(id).lun});
  publication_->Freed(changes);
  publication_->RecountExpected(before);
  return absl::OkStatus();
}

std::uint64_t Daemon::Reload(const query::Caller& caller) {
  log_->Info("user {}, process {}: asks to read the configuration again", caller.uid, caller.pid);
  const std::uint64_t served_by = live_.Reload();
  RequestScan();
  return served_by;
}

Reloads Daemon::reloads() const {
  return {live_.ended(), live_.problems(), configuration().files(), configuration().settings()};
}

void Daemon::OnReloadEnded() {
  if (query_ != nullptr) query_->service().OnReloaded();
}

}  // namespace pathwatch::service

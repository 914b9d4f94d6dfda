#include "service/daemon/query_socket.h"

#include <optional>
#include <string>

#include "lib/query/listener.h"
#include "proto/io_pathwatch_varlink.h"
#include "service/daemon/group_name.h"
#include "service/version.h"

namespace pathwatch::service {
namespace {

using config::OptionId;

constexpr const char* kName = "io.pathwatch";

absl::StatusOr<std::optional<gid_t>> Administrators(const config::Configuration& options) {
  const std::string& name = options.Text(OptionId::kAdminGroup);
  if (name.empty()) return std::nullopt;
  const auto group = GroupNamed(name, "query.admin_group");
  if (!group.ok()) return group.status();
  return *group;
}

absl::StatusOr<int> OpenListener(const config::Configuration& options, std::optional<gid_t> readers,
                                 Log& log) {
  const auto activated = query::ActivatedListener(kName);
  if (!activated.ok()) return activated.status();
  if (*activated) {
    log.Info("clients are served on the socket {} that systemd has opened", kName);
    return **activated;
  }
  return query::Listen({.path = options.Text(OptionId::kRunDir) + "/" + kName,
                        .mode = static_cast<mode_t>(options.Number(OptionId::kSocketMode)),
                        .group = readers});
}

}  // namespace

absl::StatusOr<std::unique_ptr<QuerySocket>> QuerySocket::Open(ring::Loop& loop,
                                                               const config::Configuration& options,
                                                               std::optional<gid_t> readers,
                                                               const publish::StateFile& file,
                                                               Requests& requests, Log& log) {
  const auto administrators = Administrators(options);
  if (!administrators.ok()) return administrators.status();
  const auto listener = OpenListener(options, readers, log);
  if (!listener.ok()) return listener.status();

  std::unique_ptr<QuerySocket> socket(new QuerySocket(loop, file, requests));
  query::Server::Options server;
  server.limits.connections_max =
      static_cast<std::size_t>(options.Number(OptionId::kConnectionsMax));
  server.limits.connections_per_uid =
      static_cast<std::size_t>(options.Number(OptionId::kConnectionsPerUid));
  server.identity = {
      .vendor = "pathwatch", .product = "pathwatchd", .version = std::string(kVersion), .url = ""};
  server.admin_group = *administrators;
  auto created = query::Server::Create(loop, *listener, proto::kInterfaceDescription,
                                       socket->service_, server);
  if (!created.ok()) return created.status();
  socket->server_ = *std::move(created);
  return socket;
}

QuerySocket::QuerySocket(ring::Loop& loop, const publish::StateFile& file, Requests& requests)
    : service_(loop, file, requests, [this](query::CallId call) {
        if (server_ != nullptr) server_->Wake(call);
      }) {}

void QuerySocket::Close() {
  server_->EndCalls();
  service_.Close();
}

}  // namespace pathwatch::service

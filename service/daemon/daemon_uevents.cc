// What the daemon makes of the kernel's uevents.
#include <cstddef>
#include <span>
#include <string>

#include "lib/discovery/dm_uevent.h"
#include "service/daemon/daemon.h"
#include "service/daemon/describe.h"

namespace pathwatch::service {

void Daemon::OnUevent(std::span<const std::byte> datagram) {
  const auto uevent = discovery::ParseDmPathUevent(datagram);
  if (!uevent.ok()) {
    if (problem_lines_.Allow(loop_->now_ns())) {
      log_->Warn("uevent: {}", std::string(uevent.status().message()));
    }
    // It may have been about any path.
    DoubtAllDisks();
    return;
  }
  if (!uevent->has_value()) return;
  ++counted_.dm_path_events;
  // A path that is not known yet has not been checked either.
  const KnownPath* path = inventory_.FindDisk((*uevent)->device);
  if (path == nullptr || path->removed) return;
  TellOfDm(*path, **uevent);
  if ((*uevent)->failed) {
    Tell(health::PathDoubted{path->id});
  } else {
    Tell(health::CheckNow{path->id});
  }
}

void Daemon::TellOfDm(const KnownPath& path, const discovery::DmPathUevent& uevent) {
  const LogLevel level = uevent.failed ? LogLevel::kInfo : LogLevel::kDebug;
  if (!log_->WantsChange(level)) return;
  const LogCause cause = uevent.failed ? LogCause::kDmFailed : LogCause::kDmReinstated;
  log_->WriteChange(level, FieldsOf(path.facts, cause), "path {}: device mapper {} in map {}",
                    NameOf(path.id), uevent.failed ? "has failed it" : "uses it again", uevent.map);
}

void Daemon::OnUeventsLost() {
  ++counted_.uevents_lost;
  if (problem_lines_.Allow(loop_->now_ns())) {
    log_->Warn(
        "uevents of the kernel were lost: device mapper may have failed any path, so all are "
        "checked");
  }
  DoubtAllDisks();
}

// Not only those that the last scan saw in a map: they may be in one by now.
void Daemon::DoubtAllDisks() {
  for (const discovery::DiscoveredPath& facts : inventory_.snapshot().paths) {
    if (facts.sd_dev == 0) continue;
    Tell(health::PathDoubted{inventory_.Find(facts.hctl)->id});
  }
}

void Daemon::OnUeventsEnded(const absl::Status& status) {
  // Without them nobody can say which checks are younger than device mapper's last failure.
  failure_ = status;
  loop_->Stop();
}

}  // namespace pathwatch::service

#include "tests/bench/passthrough/targets.h"

#include <fcntl.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::bench {
namespace {

void RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

absl::StatusOr<Target> Open(Passthrough passthrough, const std::string& node) {
  const int access = passthrough == Passthrough::kSg ? O_RDWR : O_RDONLY;
  Target target{.node = node, .file = open(node.c_str(), access | O_NONBLOCK | O_CLOEXEC)};
  if (target.file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", node));
  if (passthrough == Passthrough::kBsg) return target;
  sg_scsi_id id{};
  if (ioctl(target.file, SG_GET_SCSI_ID, &id) != 0) {
    return absl::ErrnoToStatus(
        errno, absl::StrCat(node, " is not an sg node; for bsg nodes give --passthrough bsg"));
  }
  target.host = static_cast<std::uint32_t>(id.host_no);
  return target;
}

}  // namespace

absl::StatusOr<std::vector<Target>> OpenTargets(Passthrough passthrough,
                                                const std::vector<std::string>& nodes) {
  RaiseFileLimit();
  std::vector<Target> targets;
  for (const std::string& node : nodes) {
    absl::StatusOr<Target> target = Open(passthrough, node);
    if (!target.ok()) return target.status();
    targets.push_back(*std::move(target));
  }
  return targets;
}

std::uint32_t CanQueue(std::uint32_t host) {
  std::ifstream file(absl::StrCat("/sys/class/scsi_host/host", host, "/can_queue"));
  std::uint32_t can_queue = 0;
  file >> can_queue;
  return can_queue;
}

}  // namespace pathwatch::bench

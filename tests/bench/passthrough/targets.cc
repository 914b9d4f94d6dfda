#include "tests/bench/passthrough/targets.h"

#include <fcntl.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
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
  if (passthrough == Passthrough::kBsg) {
    const std::string name = node.substr(node.rfind('/') + 1);
    if (absl::SimpleAtoi(name.substr(0, name.find(':')), &target.host)) return target;
    return absl::InvalidArgumentError(absl::StrCat(node, " is not named H:C:T:L"));
  }
  sg_scsi_id id{};
  if (ioctl(target.file, SG_GET_SCSI_ID, &id) != 0) {
    return absl::ErrnoToStatus(
        errno, absl::StrCat(node, " is not an sg node; for bsg nodes give --passthrough bsg"));
  }
  target.host = static_cast<std::uint32_t>(id.host_no);
  return target;
}

std::vector<Target> InTurns(const std::vector<Target>& targets) {
  std::map<std::uint32_t, std::size_t> seen;
  std::vector<std::pair<std::size_t, const Target*>> places;
  for (const Target& target : targets) places.emplace_back(seen[target.host]++, &target);
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Target> ordered;
  for (const auto& [place, target] : places) ordered.push_back(*target);
  return ordered;
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
  return InTurns(targets);
}

std::uint32_t CanQueue(std::uint32_t host) {
  std::ifstream file(absl::StrCat("/sys/class/scsi_host/host", host, "/can_queue"));
  std::uint32_t can_queue = 0;
  file >> can_queue;
  return can_queue;
}

}  // namespace pathwatch::bench

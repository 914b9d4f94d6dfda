#include "service/cli/doctor_devices.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/health/options.h"

namespace pathwatch::cli {
namespace {

using discovery::DiscoveredHost;
using discovery::DiscoveredPath;
using discovery::NotChecked;
using discovery::NotCheckedKind;

constexpr std::size_t kNamedHostsMax = 4;

std::string WithoutFullStop(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

// "It is an ATA device (ata5): a check ..." of each of several devices, without what is special
// about one: "each is an ATA device: a check ...".
std::string Common(const std::string& sentence, std::size_t count) {
  std::string text = WithoutFullStop(sentence);
  const std::size_t begin = text.find(" (");
  const std::size_t end = text.find(')', begin == std::string::npos ? 0 : begin);
  if (begin != std::string::npos && end != std::string::npos) text.erase(begin, end + 1 - begin);
  if (text.starts_with("It is ")) {
    return absl::StrCat(count == 1 ? "it" : "each", text.substr(2));
  }
  if (text.starts_with("Its ")) text.front() = 'i';
  return text;
}

Finding NoPaths(const discovery::Snapshot& snapshot) {
  return Warning(
      "devices",
      absl::StrCat(
          "this host has no SCSI disk that pathwatch would check",
          snapshot.warnings.empty() ? "" : "; " + WithoutFullStop(snapshot.warnings.front())),
      "Load the driver of the host adapter, log in to the iSCSI targets, or look at "
      "zoning and LUN masking.");
}

Finding HowMany(const discovery::Snapshot& snapshot) {
  return Ok("devices", absl::StrCat(Counted(snapshot.paths.size(), "path"), " to SCSI disks on ",
                                    snapshot.nexuses.size(),
                                    snapshot.nexuses.size() == 1 ? " I_T nexus" : " I_T nexuses"));
}

Finding Incomplete(const std::vector<std::string>& warnings) {
  const std::string more =
      warnings.size() == 1 ? "" : absl::StrCat(" (and ", warnings.size() - 1, " more remarks)");
  return Warning("devices", WithoutFullStop(warnings.front()) + more,
                 "Run this as root; if it stays so, look at the kernel's log.");
}

struct Left {
  std::size_t count = 0;
  const NotChecked* example = nullptr;
};

Finding LeftAlone(const Left& left) {
  return Ok("devices", absl::StrCat(Counted(left.count, "device"), left.count == 1 ? " is" : " are",
                                    " rightly left alone (", left.count == 1 ? "" : "such as ",
                                    discovery::FormatHctl(left.example->hctl), "); ",
                                    Common(left.example->reason, left.count)));
}

Finding CannotBeRead(const Left& left) {
  return Warning(
      "devices",
      absl::StrCat("sysfs does not say what ", Counted(left.count, "device"),
                   left.count == 1 ? " is" : " are", ", and so no check goes there; ",
                   WithoutFullStop(left.example->reason)),
      "Try to read that file as root; if it stays unreadable, look at the kernel's log.");
}

std::uint32_t LimitOf(const DiscoveredHost& host) {
  const health::Options options;
  return std::clamp<std::uint32_t>(host.can_queue / options.host_queue_divisor, 1,
                                   options.host_commands_max);
}

Finding Narrow(const std::string& driver, std::uint32_t can_queue,
               const std::vector<std::string>& names) {
  const std::vector<std::string> named(
      names.begin(),
      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamedHostsMax)));
  const std::string hosts =
      absl::StrCat(Counted(names.size(), "host"), " (", absl::StrJoin(named, ", "),
                   named.size() < names.size() ? ", ...; " : "; ", driver, ")");
  if (can_queue == 0) {
    return Warning("hosts",
                   absl::StrCat("how many commands at once ", hosts,
                                " may have is not said (can_queue), so that checks may use up all"),
                   "Look at /sys/class/scsi_host/hostN/can_queue and at the driver's version.");
  }
  return Warning(
      "hosts",
      absl::StrCat(hosts, names.size() == 1 ? " takes " : " take ", Counted(can_queue, "command"),
                   " at once (can_queue), so that checks go there one at a time"),
      "Raise the queue depth of the driver if it has a parameter for it, or make "
      "pathwatchd's --interval longer.");
}

}  // namespace

Findings JudgeDevices(const discovery::Snapshot& snapshot) {
  Findings findings = {snapshot.paths.empty() ? NoPaths(snapshot) : HowMany(snapshot)};
  if (!snapshot.paths.empty() && !snapshot.warnings.empty()) {
    findings.push_back(Incomplete(snapshot.warnings));
  }
  std::map<std::string, Left> left_by_reason;
  Left unreadable;
  for (const NotChecked& device : snapshot.not_checked) {
    Left& left = device.kind == NotCheckedKind::kUnreadable
                     ? unreadable
                     : left_by_reason[Common(device.reason, 1)];
    if (left.count++ == 0) left.example = &device;
  }
  for (const auto& [reason, left] : left_by_reason) findings.push_back(LeftAlone(left));
  if (unreadable.count != 0) findings.push_back(CannotBeRead(unreadable));
  return findings;
}

Findings JudgeHosts(const discovery::Snapshot& snapshot) {
  std::map<std::pair<std::string, std::uint32_t>, std::vector<std::string>> narrow;
  for (const DiscoveredHost& host : snapshot.hosts) {
    const bool has_paths =
        std::any_of(snapshot.paths.begin(), snapshot.paths.end(),
                    [&host](const DiscoveredPath& path) { return path.hctl.host == host.number; });
    if (!has_paths || LimitOf(host) > 1) continue;
    narrow[{host.proc_name, host.can_queue}].push_back(absl::StrCat("host", host.number));
  }
  Findings findings;
  for (const auto& [kind, names] : narrow) {
    findings.push_back(
        Narrow(kind.first.empty() ? "unknown driver" : kind.first, kind.second, names));
  }
  return findings;
}

}  // namespace pathwatch::cli

#include "service/cli/doctor_passthrough.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <map>
#include <system_error>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "lib/checker/state_names.h"
#include "lib/passthrough/bsg_node.h"
#include "lib/passthrough/sg_device.h"
#include "service/passthrough_text.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kLoadSg = "Run 'modprobe sg', and put sg into a file in /etc/modules-load.d.";

// Devices of which the same is said.
struct Group {
  std::size_t count = 0;
  DeviceWay example;
  std::string why_not_bsg;
};

// Two ways are one kind if their sentences differ in the device alone.
using Kind = std::tuple<pw_passthrough, pw_passthrough_choice, int, bool, int>;

Kind KindOf(const DeviceWay& way) {
  return {way.passthrough, way.choice, way.choice_error, way.sg_node.empty(), way.sg_error};
}

std::string SuchAs(const Group& group) {
  const std::string name = discovery::FormatHctl(group.example.hctl);
  return absl::StrCat(Counted(group.count, "device"), group.count == 1 ? " (" : " (such as ", name,
                      ")");
}

std::string ErrnoInWords(int error) { return std::generic_category().message(error); }

bool IsRight(int error) { return error == EACCES || error == EPERM; }

std::string SgRemedy(const DeviceWay& way) {
  switch (way.sg_error) {
    case EACCES:
    case EPERM:
      return "Run as root, or give pathwatchd's user the nodes by a udev rule.";
    case ENOENT:
      return absl::StrCat("See that udev makes ", way.sg_node, ", and where (--dev).");
    case EMFILE:
      return "Raise the limit of open files ('ulimit -n' in a shell, LimitNOFILE= in a unit).";
    case ENFILE:
      return "Raise the sysctl fs.file-max.";
    case EBUSY:
      return absl::StrCat("Find who holds it alone, with 'fuser -v ", way.sg_node, "'.");
    case ESTALE:
      return "Run this again: devices come and go just now.";
    default:
      return absl::StrCat("Look at /sys/class/scsi_device/", discovery::FormatHctl(way.hctl),
                          "/device/state and at the kernel's log.");
  }
}

// Without the remedy, which has its own place.
std::string WhyNotBsg(const DeviceWay& way, const KernelWays& kernel) {
  if (way.choice == PW_CHOICE_NO_RING && !kernel.why_no_commands.empty()) {
    return kernel.why_no_commands;
  }
  const std::string reason = DescribeChoice(way.choice, way.choice_error);
  return way.choice == PW_CHOICE_BSG_UNOPENED ? reason.substr(0, reason.find(": ")) : reason;
}

Finding NoSgDriver(const Group& group) {
  return Problem("sg",
                 absl::StrCat("the sg driver is not loaded, and bsg does not serve ", SuchAs(group),
                              ": ", group.why_not_bsg),
                 kLoadSg);
}

Finding NoNode(const Group& group) {
  return Problem(
      "passthrough",
      absl::StrCat(SuchAs(group), " can be reached neither way: there is no sg node, and ",
                   group.why_not_bsg),
      absl::StrCat("Look at the kernel's log for why the sg driver has left out ",
                   discovery::FormatHctl(group.example.hctl), "."));
}

Finding Unreachable(const Group& group, bool sg_loaded) {
  const DeviceWay& way = group.example;
  if (way.sg_node.empty()) return sg_loaded ? NoNode(group) : NoSgDriver(group);
  return Problem(IsRight(way.sg_error) ? "rights" : "passthrough",
                 absl::StrCat(SuchAs(group), " can be reached neither way: ", way.sg_node,
                              " cannot be opened, ", ErrnoInWords(way.sg_error), "; besides, ",
                              group.why_not_bsg),
                 SgRemedy(way));
}

Finding Reachable(const Group& group) {
  const DeviceWay& way = group.example;
  const std::string text =
      absl::StrCat(SuchAs(group), " through ", pw_passthrough_name(way.passthrough), ": ");
  switch (way.choice) {
    case PW_CHOICE_BSG_UNOPENED: {
      Finding finding =
          FromSentence(Level::kWarning, "passthrough", DescribeChoice(way.choice, way.choice_error),
                       "Look at the bsg node and at the kernel's log");
      finding.text = text + finding.text;
      return finding;
    }
    case PW_CHOICE_NOT_BSG:
      return Warning("passthrough", text + group.why_not_bsg,
                     "See which directory holds the bsg nodes (--bsg-dir).");
    default:
      return Ok("passthrough", text + group.why_not_bsg);
  }
}

}  // namespace

DeviceWay FindWay(const discovery::DiscoveredPath& path, const NodeDirectories& directories,
                  ring::CommandProbe* probe) {
  const discovery::Hctl& hctl = path.hctl;
  DeviceWay way = {.hctl = hctl, .sg_node = discovery::SgNode(path, directories.dev)};
  const std::string bsg_node = discovery::BsgNode(path, directories.bsg);
  if (bsg_node.empty()) {
    way.choice = PW_CHOICE_NO_BSG_NODE;
  } else {
    const passthrough::BsgOpened bsg = passthrough::OpenBsg(bsg_node, probe);
    way.choice = ChoiceFor(bsg.refusal);
    way.choice_error = bsg.error;
    if (bsg.file >= 0) {
      close(bsg.file);
      way.passthrough = PW_PASSTHROUGH_BSG_URING;
      return way;
    }
  }
  if (way.sg_node.empty()) return way;
  const passthrough::SgOpened sg =
      passthrough::OpenSg(way.sg_node, {hctl.host, hctl.channel, hctl.target, hctl.lun});
  way.sg_error = sg.error;
  if (sg.file < 0) return way;
  close(sg.file);
  way.passthrough = PW_PASSTHROUGH_SG_ASYNC;
  return way;
}

Findings JudgeWays(const std::vector<DeviceWay>& ways, const KernelWays& kernel) {
  std::map<Kind, Group> groups;
  for (const DeviceWay& way : ways) {
    Group& group = groups[KindOf(way)];
    if (group.count++ == 0) group = {1, way, WhyNotBsg(way, kernel)};
  }
  Findings findings;
  if (ways.empty() && !kernel.sg_loaded) {
    findings.push_back(Warning("sg", "the sg driver is not loaded", kLoadSg));
  }
  for (const auto& [kind, group] : groups) {
    if (group.example.passthrough == PW_PASSTHROUGH_NONE) {
      findings.push_back(Unreachable(group, kernel.sg_loaded));
    } else if (kernel.ring_works) {
      findings.push_back(Reachable(group));
    }
  }
  return findings;
}

bool SgLoaded(const std::string& sysfs_root) {
  std::error_code ignored;
  return std::filesystem::exists(sysfs_root + "/class/scsi_generic", ignored);
}

}  // namespace pathwatch::cli

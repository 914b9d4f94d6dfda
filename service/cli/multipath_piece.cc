#include "service/cli/multipath_piece.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/cli/checker_plugin.h"
#include "service/present/escape.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kHead =
    "# For /etc/multipath/conf.d/pathwatch.conf; then run 'multipathd reconfigure'.\n"
    "# Made by 'pathwatch doctor --multipath-conf' for the arrays of this host: make it again "
    "when\n"
    "# others are added.\n"
    "#\n"
    "# Each section changes these two settings of one array; all others stay as they are. "
    "detect_prio\n"
    "# stays too: as long as the kernel's ALUA handler is attached (dh_state alua), priorities "
    "come\n"
    "# from sysfs (prio sysfs), without a command to the device.\n";

constexpr const char* kSettings =
    "\t\t# Else every device with target port groups gets multipathd's own checker tur.\n"
    "\t\tdetect_checker no\n"
    "\t\t# The states that pathwatchd publishes. Without them it checks by itself, as tur does.\n"
    "\t\tpath_checker \"pathwatch\"\n";

constexpr const char* kOverrides =
    "#\n"
    "# Instead of the sections above: for all devices, whatever is added later. It is offered "
    "because\n"
    "# pathwatch judges every disk that this host has now. It beats all other settings of "
    "checkers,\n"
    "# also those of arrays that need a checker of their own (rdac, emc_clariion, hp_sw) and of "
    "NVMe\n"
    "# (none).\n"
    "#overrides {\n"
    "#\tdetect_checker no\n"
    "#\tpath_checker \"pathwatch\"\n"
    "#}\n";

// A line of comment, whatever the text holds.
std::string Comment(const std::string& text) {
  return absl::StrCat("# ", present::EscapeForTerminal(text), "\n");
}

std::string Warnings(const Findings& warnings) {
  std::string text;
  for (const Finding& warning : warnings) {
    absl::StrAppend(&text, "#\n", Comment(absl::StrCat("WARNING: ", warning.text, ".")),
                    Comment(absl::StrCat("  What to do: ", warning.remedy)));
  }
  return text;
}

std::string Device(const Array& array) {
  std::string text =
      absl::StrCat("\tdevice {\n\t\t",
                   Comment(absl::StrCat(NameOf(array), ": ", Counted(array.luns, "logical unit"))));
  if (array.alua_luns < array.luns) {
    absl::StrAppendFormat(&text,
                          "\t\t# %d of them without target port groups: what TEST UNIT READY says "
                          "counts there.\n",
                          array.luns - array.alua_luns);
  }
  absl::StrAppend(&text, "\t\tvendor \"", PatternFor(array.vendor), "\"\n\t\tproduct \"",
                  PatternFor(array.product), "\"\n", kSettings, "\t}\n");
  return text;
}

std::string WhyLeftOut(const Array& array) {
  if (!array.own_checker.empty()) {
    return absl::StrCat("what its ports can do is only known to ", array.own_checker);
  }
  return array.unread_luns == array.luns ? "nothing is known of it yet"
                                         : "it has no target port groups";
}

std::string LeftOut(const std::vector<Array>& arrays) {
  std::string text;
  for (const Array& array : arrays) {
    if (IsJudged(array)) continue;
    absl::StrAppend(&text, "#\n",
                    Comment(absl::StrCat(NameOf(array),
                                         ": not judged by pathwatch: keeps "
                                         "multipathd's own checker (",
                                         WhyLeftOut(array), ").")));
  }
  return text;
}

std::string ForAllDevices(const MultipathPiece& piece) {
  if (piece.other_disks.empty()) return kOverrides;
  std::string text =
      "#\n"
      "# The form 'overrides', for all devices at once, is not offered here, since it would be "
      "for\n"
      "# others too:\n";
  for (const std::string& clause : piece.other_disks) {
    absl::StrAppend(&text, Comment("- " + clause));
  }
  return text;
}

}  // namespace

std::string PatternFor(std::string_view name) {
  std::string pattern = "^";
  for (const char c : name) {
    if (c < ' ' || c > '~' || c == '"') {
      pattern += '.';
      continue;
    }
    if (std::string_view("\\^$.[]()|*+?{}").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + "$";
}

std::string PieceText(const MultipathPiece& piece) {
  std::string text = kHead + Warnings(piece.warnings) + LeftOut(piece.arrays);
  const bool any = std::any_of(piece.arrays.begin(), piece.arrays.end(), IsJudged);
  if (!any) {
    return text +
           "#\n# No array of this host is one that pathwatch judges: there is nothing to set.\n";
  }
  text += "\ndevices {\n";
  for (const Array& array : piece.arrays) {
    if (IsJudged(array)) text += Device(array);
  }
  return text + "}\n\n" + ForAllDevices(piece);
}

}  // namespace pathwatch::cli

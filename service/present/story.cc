#include "service/present/story.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/checker/state_names.h"
#include "service/passthrough_text.h"
#include "service/present/change_text.h"
#include "service/present/lun_json.h"
#include "service/present/reason.h"
#include "service/present/state_counts.h"
#include "service/present/status_summary.h"

namespace pathwatch::present {
namespace {

std::string OrUnknown(const char* name) { return name[0] != '\0' ? name : "unknown"; }

std::string Age(std::int64_t boottime_ns, const Clocks& clocks) {
  return AgeForSentence(clocks.boot_now_ns - boottime_ns);
}

// "3:0:0:1 (sdc, sg3) is a path to logical unit WWID (VENDOR PRODUCT), in dm map mpatha."
std::string WhatItIs(const PathFacts& facts) {
  const pw_path_record& path = facts.path;
  std::vector<std::string> names;
  for (const std::string name : {path.sd_name, path.sg_name}) {
    if (!name.empty()) names.push_back(name);
  }
  std::string sentence = PathName(path);
  if (!names.empty()) sentence += " (" + absl::StrJoin(names, ", ") + ")";
  sentence += path.wwid[0] != '\0' ? std::string(" is a path to logical unit ") + path.wwid
                                   : " is a path to a logical unit without an identifier";
  if (path.vendor[0] != '\0' || path.product[0] != '\0') {
    absl::StrAppendFormat(&sentence, " (%s %s)", path.vendor, path.product);
  }
  const pw_detail_record* detail = facts.detail;
  if (detail == nullptr) return sentence + ".";
  return sentence +
         (detail->dm_name[0] != '\0' ? std::string(", in dm map ") + detail->dm_name
                                     : ", in no dm map") +
         ".";
}

// "It leads from initiator port A (host3) to target port B over fc (rport-3:0-1 is Online)."
std::string Ports(const pw_path_record& path, const pw_nexus_record* nexus) {
  if (nexus == nullptr) return "Its ports are not known; its host is " + HostName(path) + ".";
  std::string sentence = absl::StrFormat(
      "It leads from initiator port %s (%s) to target port %s over %s",
      OrUnknown(nexus->initiator_port), HostName(path), OrUnknown(nexus->target_port),
      nexus->transport == PW_TRANSPORT_OTHER ? "another transport"
                                             : pw_transport_name(nexus->transport));
  std::vector<std::string> more;
  if (nexus->port_name[0] != '\0') {
    more.push_back(std::string(nexus->port_name) +
                   (nexus->port_state[0] != '\0' ? std::string(" is ") + nexus->port_state : ""));
  }
  if (nexus->portal[0] != '\0') more.push_back(std::string("portal ") + nexus->portal);
  if (!more.empty()) sentence += " (" + absl::StrJoin(more, ", ") + ")";
  return sentence + ".";
}

std::string PortGroup(const pw_path_record& path) {
  if (!HasFlag(path, PW_PATH_HAS_TPG)) return "Its target port group is not known.";
  std::string sentence =
      absl::StrFormat("It belongs to target port group %d, whose access state is %s", path.tpg,
                      pw_alua_state_name(path.alua_state));
  if (HasFlag(path, PW_PATH_PREFERRED)) sentence += " (preferred)";
  if (HasFlag(path, PW_PATH_HAS_RTPI)) {
    absl::StrAppendFormat(&sentence, "; its relative target port is %d", path.rtpi);
  }
  return sentence + ".";
}

std::string Checks(const pw_path_record& path, const Clocks& clocks) {
  std::string way =
      path.passthrough == PW_PASSTHROUGH_NONE
          ? "No way to check it was found"
          : std::string("It is checked through ") + pw_passthrough_name(path.passthrough);
  const std::string reason = DescribeChoice(path.passthrough_choice, path.passthrough_error);
  if (!reason.empty()) way += " (" + reason + ")";
  if (path.last_check_done_boottime_ns == 0) return way + "; no check has come back yet.";
  return absl::StrFormat("%s; the last check came back %s ago, after %s.", way,
                         Age(path.last_check_done_boottime_ns, clocks),
                         LatencyForTable(path.latency_us));
}

std::string Reach(const pw_path_record& path) {
  switch (path.scope) {
    case PW_SCOPE_PATH:
      return "The fault concerns this path alone.";
    case PW_SCOPE_LU:
      return "The fault reaches the whole logical unit: every path to it is affected.";
    case PW_SCOPE_TPG:
      return "The fault reaches the target port group: every path of the logical unit through the "
             "ports of this group is affected.";
    case PW_SCOPE_NEXUS:
      return "The fault reaches I_T nexus " + NexusName(path) +
             ": every path between these two ports is affected.";
    case PW_SCOPE_HOST:
      return "The fault reaches " + HostName(path) +
             ": every path of this host adapter is affected.";
    default:
      return "How far the fault reaches is not known.";
  }
}

bool IsFault(const pw_path_record& path) {
  return path.state != PW_STATE_UP && path.state != PW_STATE_GHOST &&
         path.state != PW_STATE_UNKNOWN && path.state != PW_STATE_REMOVED;
}

std::string Fallback(const pw_path_record& path) {
  switch (path.reason_kind) {
    case PW_REASON_NEXUS_SILENT:
      return "Look at the cable, the switch and the target port.";
    case PW_REASON_DEADLINE:
      return "Compare with the other paths: if only this one is silent, look at the logical unit "
             "on the array; if others of the nexus are too, look at the ports and the fabric.";
    case PW_REASON_NODE_UNOPENED:
      return "Look at the device node, and at what pathwatchd logs.";
    default:
      return "Look at what the kernel and the array logged at the time of the last change.";
  }
}

}  // namespace

std::vector<std::string> DescribePath(const PathFacts& facts, const Clocks& clocks) {
  const pw_path_record& path = facts.path;
  std::vector<std::string> lines = {WhatItIs(facts), Ports(path, facts.nexus), PortGroup(path),
                                    Checks(path, clocks)};
  if (HasFlag(path, PW_PATH_OTHER_MAP)) {
    lines.push_back("Beware: " + OtherMapWarning(facts) + ".");
  }
  return lines;
}

std::vector<std::string> DescribeState(const PathFacts& facts, const Clocks& clocks) {
  const pw_path_record& path = facts.path;
  std::vector<std::string> lines;
  lines.push_back(absl::StrFormat("State: %s since %s (%s).", pw_state_name(path.state),
                                  WallTime(path.since_boottime_ns, clocks),
                                  Age(path.since_boottime_ns, clocks)));
  lines.push_back("Why: " + ReasonOf(facts, clocks.boot_now_ns).what + ".");
  if (IsFault(path)) lines.push_back(Reach(path));
  if (HasFlag(path, PW_PATH_MARGINAL)) {
    const std::string cause = pw_marginal_cause_name(path.marginal_cause);
    lines.push_back("It is marginal" + (cause.empty() ? "" : " (" + cause + ")") + ".");
  }
  if (HasFlag(path, PW_PATH_UNCONFIRMED)) {
    lines.emplace_back(
        "The state is unconfirmed: no check has come back since there was a reason to doubt it.");
  }
  const std::int64_t valid_until_ns = path.valid_until_boottime_ns;
  if (path.state != PW_STATE_REMOVED && valid_until_ns != 0 &&
      valid_until_ns < clocks.boot_now_ns) {
    lines.push_back("The state is out of date: the next check is overdue for " +
                    Age(valid_until_ns, clocks) + ".");
  }
  return lines;
}

void Neighbours::Add(const pw_path_record& other) {
  if (other.state == PW_STATE_REMOVED) return;
  if (other.generation == path_.generation && HctlOf(other) == HctlOf(path_)) return;
  if (path_.lun_index != PW_NO_INDEX && other.lun_index == path_.lun_index) {
    Count(other.state, of_lun_);
  }
  if (other.host != path_.host) return;
  Count(other.state, of_host_);
  if (other.channel == path_.channel && other.target == path_.target) {
    Count(other.state, of_nexus_);
  }
}

std::vector<std::string> Neighbours::Describe(const pw_nexus_record* nexus,
                                              const Clocks& clocks) const {
  std::vector<std::string> lines;
  const auto tell = [&lines](const std::string& of_what, const StateCounts& counts) {
    lines.push_back("Other paths " + of_what + ": " + CountsText(counts, ", ") + ".");
  };
  tell("of the logical unit", of_lun_);
  tell("on I_T nexus " + NexusName(path_), of_nexus_);
  tell("of " + HostName(path_), of_host_);
  if (nexus != nullptr && nexus->silent != 0) {
    std::string sentence = "Nothing on I_T nexus " + NexusName(path_) + " answers";
    if (nexus->oldest_unanswered_boottime_ns != 0) {
      sentence +=
          "; the oldest command is out for " + Age(nexus->oldest_unanswered_boottime_ns, clocks);
    }
    lines.push_back(sentence + ".");
  }
  return lines;
}

std::string Advice(const PathFacts& facts, std::int64_t boot_now_ns) {
  std::string remedy = ReasonOf(facts, boot_now_ns).remedy;
  if (!remedy.empty()) return remedy;
  switch (facts.path.state) {
    case PW_STATE_UP:
    case PW_STATE_GHOST:
    case PW_STATE_TRANSITIONING:  // it ends by itself, or becomes another state
    case PW_STATE_REMOVED:
      return "";
    case PW_STATE_UNKNOWN:
      if (StandingOf(facts.path, boot_now_ns) == Standing::kNotYetKnown) return "";
      return "Have it checked with 'pathwatch probe " + PathName(facts.path) +
             "', and look at what pathwatchd logs.";
    default:
      return Fallback(facts.path);
  }
}

std::vector<pw_change> ChangesOf(const pw_history_record* history) {
  std::vector<pw_change> changes;
  if (history == nullptr) return changes;
  const std::uint64_t known = std::min<std::uint64_t>(history->total, PW_HISTORY_CHANGES);
  for (std::uint64_t n = history->total - known; n < history->total; n++) {
    changes.push_back(history->changes[n % PW_HISTORY_CHANGES]);
  }
  return changes;
}

void WriteHistory(const pw_history_record* history, const pw_path_record& path,
                  const Clocks& clocks, Json& json) {
  json.BeginArray("history");
  for (const pw_change& change : ChangesOf(history)) {
    json.BeginObject();
    json.Text("time", WallTime(change.when_boottime_ns, clocks));
    WriteChange(change, path, json);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace pathwatch::present

#include "service/present/reason.h"

#include <cstring>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "lib/checker/state_names.h"
#include "lib/scsi/text.h"
#include "service/present/time_text.h"
#include "service/present/transport_reason.h"
#include "service/published_code.h"

namespace pathwatch::present {
namespace {

// What commands call the device: its node, or its address if it has none.
std::string DeviceNode(const pw_path_record& path) {
  if (path.sd_name[0] != '\0') return std::string("/dev/") + path.sd_name;
  if (path.sg_name[0] != '\0') return std::string("/dev/") + path.sg_name;
  return (HasFlag(path, PW_PATH_HAS_BSG) ? "/dev/bsg/" : "") + PathName(path);
}

// Remedies call the device DEVICE.
Reason FromCode(const pw_path_record& path) {
  const scsi::Code code = CodeFrom(path.reason_code);
  return {scsi::Describe(code),
          absl::StrReplaceAll(scsi::Remedy(code), {{"DEVICE", DeviceNode(path)}})};
}

Reason WithPrefix(const char* prefix, Reason reason) {
  reason.what = prefix + reason.what;
  return reason;
}

// `sent_ns`: when the command was sent that is still out, 0 if nobody knows.
Reason Deadline(std::int64_t sent_ns, std::int64_t boot_now_ns) {
  if (sent_ns == 0) return {"no answer within the deadline", ""};
  return {absl::StrFormat("no answer for %s (the command is still out)",
                          AgeForSentence(boot_now_ns - sent_ns)),
          ""};
}

Reason NexusSilent(const PathFacts& facts, std::int64_t boot_now_ns) {
  std::string what = absl::StrFormat("nothing on I_T nexus %s answers", NexusName(facts.path));
  const std::int64_t oldest_ns =
      facts.nexus != nullptr && facts.nexus->oldest_unanswered_boottime_ns != 0
          ? facts.nexus->oldest_unanswered_boottime_ns
          : facts.path.oldest_unanswered_boottime_ns;
  if (oldest_ns != 0) {
    absl::StrAppendFormat(&what, "; the oldest command is out for %s",
                          AgeForSentence(boot_now_ns - oldest_ns));
  }
  return {what, ""};
}

Reason NodeUnopened(const pw_path_record& path) {
  const bool bsg = path.passthrough == PW_PASSTHROUGH_BSG_URING ||
                   (path.sg_name[0] == '\0' && HasFlag(path, PW_PATH_HAS_BSG));
  std::string node = "its device node";
  if (bsg) {
    node = "/dev/bsg/" + PathName(path);
  } else if (path.sg_name[0] != '\0') {
    node = std::string("/dev/") + path.sg_name;
  }
  const int error = path.reason_code.error;
  const char* text = strerrordesc_np(error);
  return {absl::StrFormat("cannot open %s: %s", node,
                          text != nullptr ? text : absl::StrFormat("errno %d", error)),
          ""};
}

// "target port group 1"
std::string PortGroupName(const pw_path_record& path) {
  if (!HasFlag(path, PW_PATH_HAS_TPG)) return "its target port group";
  return absl::StrFormat("target port group %d", path.tpg);
}

// The group's access state where it is known, otherwise what the path's state tells about it.
std::string AccessState(const pw_path_record& path) {
  if (path.alua_state != PW_ALUA_UNKNOWN) return pw_alua_state_name(path.alua_state);
  switch (path.state) {
    case PW_STATE_GHOST:
      return "standby";
    case PW_STATE_TRANSITIONING:
      return "transitioning";
    case PW_STATE_UNAVAILABLE:
      return "unavailable or offline";
    default:
      return "another";
  }
}

Reason PortGroup(const pw_path_record& path) {
  Reason reason;
  reason.what = PortGroupName(path) + " is in " + AccessState(path) + " state";
  if (path.state == PW_STATE_UNAVAILABLE) {
    reason.remedy = "Look at the state of this controller on the array.";
  }
  return reason;
}

std::string DeletionCommand(const pw_path_record& path) {
  return "echo 1 > " + DeviceFile(path, "delete");
}

Reason IdentityChanged(const PathFacts& facts) {
  Reason reason{"identity changed", ""};
  if (facts.detail != nullptr && facts.detail->identity_found[0] != '\0') {
    absl::StrAppendFormat(&reason.what, " from %s to %s", facts.path.wwid,
                          facts.detail->identity_found);
  }
  reason.remedy = absl::StrFormat(
      "Find out which logical unit is mapped to this LUN; then delete the device (%s) and rescan, "
      "or take the new one with 'pathwatch accept-identity %s'.",
      DeletionCommand(facts.path), PathName(facts.path));
  return reason;
}

Reason Unmapped(const pw_path_record& path, const char* what) {
  return {what,
          "Map the logical unit again, or delete the device (" + DeletionCommand(path) + ")."};
}

Reason TransitionTooLong(const pw_path_record& path) {
  // By the reply, or without one by the port group's access state.
  const pw_code& code = path.reason_code;
  const bool code_says_it = code.status != 0 || code.host_status != 0 || code.error != 0;
  Reason reason =
      code_says_it
          ? WithPrefix("in transition for longer than its limit: ", FromCode(path))
          : Reason{PortGroupName(path) + " is in transition for longer than its limit", ""};
  if (reason.remedy.empty()) {
    reason.remedy = "Find out on the array why the transition does not end.";
  }
  return reason;
}

// What no command of a path and no port is needed for.
Reason FromKind(std::uint64_t kind, const pw_path_record& path) {
  switch (kind) {
    case PW_REASON_NONE:
      return {"never checked", ""};
    case PW_REASON_DEVICE_DELETED:
      return {"the device was deleted", ""};
    case PW_REASON_NO_NODE:
      return {"the device has no node to send commands to", "Load the driver sg (modprobe sg)."};
    case PW_REASON_NOT_MAPPED:
      return Unmapped(path, "no logical unit is mapped to this LUN (standard INQUIRY data)");
    case PW_REASON_LUN_NOT_REPORTED:
      return Unmapped(path, "the target does not report this LUN (REPORT LUNS)");
    case PW_REASON_IDENTITY_UNREAD:
      return {"the identifier has changed and cannot be read", ""};
    case PW_REASON_IDENTITY_ACCEPTED:
      return {"an operator has accepted the new identity", ""};
    case PW_REASON_LEFT_OUT:
      return {
          "the configuration says not to watch it",
          "See [paths] include and exclude: pathwatch config show paths.include paths.exclude."};
    default:
      return {absl::StrFormat("reason %d of a newer pathwatchd", kind), ""};
  }
}

// `sent_ns`: when the command was sent that is still out, 0 if nobody knows.
Reason OfKind(std::uint64_t kind, const PathFacts& facts, std::int64_t sent_ns,
              std::int64_t boot_now_ns) {
  switch (kind) {
    case PW_REASON_REPLY:
      return FromCode(facts.path);
    case PW_REASON_RETRIES_EXHAUSTED:
      return WithPrefix("too many transient replies in a row, the last one: ",
                        FromCode(facts.path));
    case PW_REASON_DEADLINE:
      return Deadline(sent_ns, boot_now_ns);
    case PW_REASON_NEXUS_SILENT:
      return NexusSilent(facts, boot_now_ns);
    case PW_REASON_NODE_UNOPENED:
      return NodeUnopened(facts.path);
    case PW_REASON_PORT_GROUP:
      return PortGroup(facts.path);
    case PW_REASON_IDENTITY_CHANGED:
      return IdentityChanged(facts);
    case PW_REASON_TRANSPORT_BLOCKED:
      return TransportBlocked(facts);
    case PW_REASON_TRANSPORT_OFFLINE:
      return TransportOffline(facts);
    case PW_REASON_DEVICE_OFFLINE:
      return DeviceOffline(facts);
    case PW_REASON_TRANSITION_TOO_LONG:
      return TransitionTooLong(facts.path);
    default:
      return FromKind(kind, facts.path);
  }
}

}  // namespace

Reason ReasonOf(const PathFacts& facts, std::int64_t boot_now_ns) {
  const pw_path_record& path = facts.path;
  if (path.reason_kind != PW_REASON_CARRIED_OVER) {
    return OfKind(path.reason_kind, facts, static_cast<std::int64_t>(path.reason_argument),
                  boot_now_ns);
  }
  Reason reason =
      OfKind(path.reason_argument, facts, path.oldest_unanswered_boottime_ns, boot_now_ns);
  reason.what += " [from the daemon before, not confirmed yet]";
  return reason;
}

std::string ReasonSentence(const PathFacts& facts, std::int64_t boot_now_ns) {
  const Reason reason = ReasonOf(facts, boot_now_ns);
  return reason.what + (reason.remedy.empty() ? "" : ". " + reason.remedy);
}

std::string ReasonOfChange(const pw_change& change, const pw_path_record& path) {
  if (change.reason_kind == PW_REASON_CARRIED_OVER) return "taken over from the daemon before";
  pw_path_record then = path;
  then.state = change.to;
  then.reason_code = change.code;
  // What is known is of today.
  then.alua_state = PW_ALUA_UNKNOWN;
  then.oldest_unanswered_boottime_ns = 0;
  return OfKind(change.reason_kind, {then}, 0, 0).what;
}

}  // namespace pathwatch::present

#include "service/cli/reason.h"

#include <cstring>

#include "absl/strings/str_format.h"
#include "lib/scsi/text.h"
#include "service/cli/state_view.h"
#include "service/cli/time_text.h"
#include "service/published_code.h"

namespace pathwatch::cli {
namespace {

std::string DescribeWithRemedy(const pw_code& published) {
  const scsi::Code code = CodeFrom(published);
  const std::string remedy = scsi::Remedy(code);
  return scsi::Describe(code) + (remedy.empty() ? "" : ". " + remedy);
}

std::string Deadline(std::int64_t sent_ns, std::int64_t boot_now_ns) {
  if (sent_ns == 0) return "no answer (the command is still out)";
  return absl::StrFormat("no answer for %s (the command is still out)",
                         AgeForSentence(boot_now_ns - sent_ns));
}

std::string NexusSilent(const pw_path_record& path, const pw_nexus_record* nexus,
                        std::int64_t boot_now_ns) {
  std::string sentence = absl::StrFormat("nothing on I_T nexus %s answers", NexusName(path));
  const std::int64_t oldest_ns = nexus != nullptr && nexus->oldest_unanswered_boottime_ns != 0
                                     ? nexus->oldest_unanswered_boottime_ns
                                     : path.oldest_unanswered_boottime_ns;
  if (oldest_ns != 0) {
    absl::StrAppendFormat(&sentence, "; the oldest command is out for %s",
                          AgeForSentence(boot_now_ns - oldest_ns));
  }
  return sentence;
}

std::string NodeUnopened(const pw_path_record& path) {
  const bool bsg = path.passthrough == PW_PASSTHROUGH_BSG_URING || path.sg_name[0] == '\0';
  const std::string node = bsg ? "bsg/" + PathName(path) : path.sg_name;
  const int error = path.reason_code.error;
  const char* text = strerrordesc_np(error);
  return absl::StrFormat("cannot open /dev/%s: %s", node,
                         text != nullptr ? text : absl::StrFormat("errno %d", error));
}

// `sent_ns`: when the command was sent that is still out, 0 if nobody knows.
std::string Sentence(std::uint64_t kind, const pw_path_record& path, const pw_nexus_record* nexus,
                     std::int64_t sent_ns, std::int64_t boot_now_ns) {
  switch (kind) {
    case PW_REASON_NONE:
      return "never checked";
    case PW_REASON_REPLY:
      return DescribeWithRemedy(path.reason_code);
    case PW_REASON_DEADLINE:
      return Deadline(sent_ns, boot_now_ns);
    case PW_REASON_NEXUS_SILENT:
      return NexusSilent(path, nexus, boot_now_ns);
    case PW_REASON_NODE_UNOPENED:
      return NodeUnopened(path);
    case PW_REASON_DEVICE_DELETED:
      return "the device was deleted";
    case PW_REASON_NO_NODE:
      return "the device has no node to send commands to. Load the driver sg (modprobe sg).";
    case PW_REASON_RETRIES_EXHAUSTED:
      return "too many transient replies in a row, the last one: " +
             DescribeWithRemedy(path.reason_code);
    default:
      return absl::StrFormat("reason %d of a newer pathwatchd", kind);
  }
}

}  // namespace

std::string ReasonSentence(const pw_path_record& path, const pw_nexus_record* nexus,
                           std::int64_t boot_now_ns) {
  if (path.reason_kind == PW_REASON_CARRIED_OVER) {
    return Sentence(path.reason_argument, path, nexus, path.oldest_unanswered_boottime_ns,
                    boot_now_ns) +
           " [from the daemon before, not confirmed yet]";
  }
  return Sentence(path.reason_kind, path, nexus, static_cast<std::int64_t>(path.reason_argument),
                  boot_now_ns);
}

}  // namespace pathwatch::cli

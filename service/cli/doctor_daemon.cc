#include "service/cli/doctor_daemon.h"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <map>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/checker/state_names.h"
#include "lib/checker/state_reader.h"
#include "service/passthrough_text.h"
#include "service/present/status_summary.h"
#include "service/present/time_text.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kName = "daemon";
constexpr const char* kWay = "passthrough in use";
constexpr const char* kLookAtLog = "Look at what pathwatchd logs, and at its rights.";
constexpr const char* kStart = "Start pathwatchd as root, and look at what it logs.";

// "FILE: cause: remedy", but the errno of a failed system call takes the place of the remedy.
Finding NoState(const std::string& sentence) {
  const std::size_t file_end = sentence.find(": ");
  if (file_end == std::string::npos ||
      sentence.find(pw_strerror(PW_CANNOT_READ)) != std::string::npos) {
    return Warning(kName, sentence, kStart);
  }
  Finding finding = FromSentence(Level::kWarning, kName, sentence.substr(file_end + 2), kStart);
  finding.text = sentence.substr(0, file_end + 2) + finding.text;
  return finding;
}

std::string LastSign(const StateView& view) {
  if (!view.heartbeat_age_ns) return "it has given no sign of life";
  if (*view.heartbeat_age_ns < 0) return "its last sign of life lies in the future";
  return absl::StrCat("its last sign of life is ", present::AgeForSentence(*view.heartbeat_age_ns),
                      " old");
}

Finding PublishedWay(const present::Way& way, std::size_t count, const std::string& example) {
  const auto& [passthrough, choice, error] = way;
  const std::string reason = DescribeChoice(choice, error);
  const std::string devices =
      absl::StrCat(Counted(count, "path"), count == 1 ? " (" : " (such as ", example, ")");
  if (passthrough == PW_PASSTHROUGH_NONE) {
    return Warning(kWay,
                   absl::StrCat("pathwatchd has no way yet to ", devices,
                                error == 0 ? "" : ": " + std::generic_category().message(error)),
                   kLookAtLog);
  }
  const std::string text =
      absl::StrCat("pathwatchd checks ", devices, " through ", pw_passthrough_name(passthrough),
                   reason.empty() ? "" : ": " + reason);
  const bool doubtful = choice == PW_CHOICE_BSG_UNOPENED || choice == PW_CHOICE_NOT_BSG ||
                        choice == PW_CHOICE_BSG_NONSENSE;
  return doubtful ? Warning(kWay, text, kLookAtLog) : Ok(kWay, text);
}

}  // namespace

bool LooksAlive(const std::string& proc_root, std::uint32_t pid) {
  std::ifstream file(absl::StrCat(proc_root, "/", pid, "/comm"));
  std::string comm;
  return std::getline(file, comm) && comm == "pathwatchd";
}

Finding JudgeDaemon(const absl::StatusOr<StateView>& view, bool alive) {
  if (!view.ok()) return NoState(std::string(view.status().message()));
  const std::string who = absl::StrCat("pathwatchd ", view->header.daemon_version, " (pid ",
                                       view->header.daemon_pid, ")");
  if (!view->stale) {
    const auto watched =
        std::count_if(view->paths.begin(), view->paths.end(),
                      [](const pw_path_record& path) { return path.state != PW_STATE_REMOVED; });
    return Ok(kName, absl::StrCat(who, " runs and watches ",
                                  Counted(static_cast<std::size_t>(watched), "path")));
  }
  if (!alive) return Warning(kName, absl::StrCat(who, " has ended; ", LastSign(*view)), kStart);
  return Problem(kName, absl::StrCat(who, " is there but stands still; ", LastSign(*view)),
                 "Look at what it logs and at /proc/PID/stack, then restart it.");
}

Findings JudgePublishedWays(const StateView& view) {
  struct Paths {
    std::size_t count = 0;
    std::string example;
  };
  std::map<present::Way, Paths> groups;
  for (const pw_path_record& path : view.paths) {
    if (path.state == PW_STATE_REMOVED) continue;
    Paths& paths = groups[{path.passthrough, path.passthrough_choice, path.passthrough_error}];
    if (paths.count++ == 0) paths.example = present::PathName(path);
  }
  Findings findings;
  for (const auto& [way, paths] : groups) {
    findings.push_back(PublishedWay(way, paths.count, paths.example));
  }
  return findings;
}

}  // namespace pathwatch::cli

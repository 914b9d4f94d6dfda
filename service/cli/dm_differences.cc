#include "service/cli/dm_differences.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "lib/checker/state_names.h"
#include "service/cli/checker_plugin.h"
#include "service/present/path_facts.h"

namespace pathwatch::cli {
namespace {

constexpr std::size_t kNamedMax = 4;

bool IsUsable(const pw_path_record& path) {
  return path.state == PW_STATE_UP || path.state == PW_STATE_GHOST;
}

bool IsUnusable(const pw_path_record& path) {
  switch (path.state) {
    case PW_STATE_UNAVAILABLE:
    case PW_STATE_DOWN:
    case PW_STATE_NO_ANSWER:
    case PW_STATE_UNMAPPED:
    case PW_STATE_WRONG_LU:
      return true;
    default:
      return false;
  }
}

// multipathd's words. "i/o pending" is neither: it is about to know.
bool SaysUsable(std::string_view state) { return state == "ready" || state == "ghost"; }
bool SaysNothing(std::string_view state) { return state.empty() || state == "i/o pending"; }

bool DmDiffers(const pw_path_record& path, std::string_view dm_state) {
  return (IsUsable(path) && dm_state == "failed") || (IsUnusable(path) && dm_state == "active");
}

bool MultipathdDiffers(const pw_path_record& path, std::string_view state) {
  if (SaysNothing(state)) return false;
  if (path.state == PW_STATE_UP) return state != "ready";
  if (path.state == PW_STATE_GHOST) return state != "ghost";
  return SaysUsable(state);
}

const char* WhyUsableDiffers(const ThreeOpinions& opinions, const Difference& difference) {
  const pw_path_record& path = opinions.path;
  const bool failed = difference.dm_state == "failed";
  if (present::HasFlag(path, PW_PATH_UNCONFIRMED)) {
    return failed ? "dm failed it after its last check, and no check has confirmed it since"
                  : "no check has confirmed it since the last doubt, and so multipathd waits";
  }
  if (opinions.boot_now_ns > path.valid_until_boottime_ns) {
    return "its last check is too old, and so multipathd waits for the next one";
  }
  if (!failed) return "multipathd has not asked since, and will with its next check";
  return SaysUsable(difference.multipathd_state)
             ? "dm failed it since multipathd asked; its next check brings it back"
             : "checked again since dm failed it; multipathd's next check brings it back";
}

const char* WhyUnusableDiffers(const ThreeOpinions& opinions, const Difference& difference) {
  if (difference.dm_state != "active") {
    return "multipathd has not asked since, and will with its next check";
  }
  if (!SaysUsable(difference.multipathd_state) && !SaysNothing(difference.multipathd_state)) {
    return "multipathd has failed it, which dm has not taken";
  }
  if (opinions.path.state == PW_STATE_NO_ANSWER) {
    return "multipathd waits for the command until the time of its checker is over";
  }
  return "nothing was sent through it since, and multipathd has not asked yet";
}

std::string Why(const ThreeOpinions& opinions, const MultipathdPath* known,
                const Difference& difference) {
  if (!opinions.multipathd.runs) return "multipathd does not run, and nobody else tells dm";
  if (!opinions.multipathd.answered) return "multipathd could not be asked";
  if (known == nullptr) return "multipathd does not know it";
  if (!known->checker.empty() && known->checker != kPluginChecker) {
    return absl::StrCat("multipathd checks it itself, with ", known->checker);
  }
  if (known->state == "undef") {
    return "multipathd has no state of it: its checker is not installed, or has not run yet";
  }
  if (opinions.stale) return "pathwatchd does not answer, and so multipathd checks it itself";
  if (known->state == "delayed") return "multipathd holds it back because it has failed so often";
  return IsUsable(opinions.path) ? WhyUsableDiffers(opinions, difference)
                                 : WhyUnusableDiffers(opinions, difference);
}

std::string DeviceOrPath(const pw_path_record& path) {
  return path.sd_name[0] != '\0' ? path.sd_name : present::PathName(path);
}

// What is behind the names.
std::string Opinions(const Difference& difference) {
  return absl::StrCat(
      "pathwatch ", pw_state_name(difference.path->state), ", dm ", difference.dm_state,
      difference.multipathd_state.empty() ? "" : ", multipathd " + difference.multipathd_state,
      ": ", difference.reason);
}

}  // namespace

std::optional<Difference> DifferenceOf(const ThreeOpinions& opinions) {
  const pw_path_record& path = opinions.path;
  if (!IsUsable(path) && !IsUnusable(path)) return std::nullopt;
  const auto found = opinions.multipathd.paths.find(std::string_view(path.sd_name));
  const bool same =
      found != opinions.multipathd.paths.end() && found->second.hctl == present::PathName(path);
  const MultipathdPath* known = same ? &found->second : nullptr;
  Difference difference = {.path = &path,
                           .dm_state = opinions.dm_state,
                           .multipathd_state = known != nullptr ? known->state : "",
                           .reason = ""};
  if (difference.dm_state == "undef" && known != nullptr) difference.dm_state = known->dm_state;
  if (!DmDiffers(path, difference.dm_state) &&
      !MultipathdDiffers(path, difference.multipathd_state)) {
    return std::nullopt;
  }
  difference.reason = Why(opinions, known, difference);
  return difference;
}

std::vector<std::string> DifferenceNotes(const std::vector<Difference>& differences) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const Difference& difference : differences) {
    const std::string opinions = Opinions(difference);
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&opinions](const auto& known) { return known.first == opinions; });
    if (group == groups.end()) group = groups.insert(group, {opinions, {}});
    group->second.push_back(DeviceOrPath(*difference.path));
  }
  std::vector<std::string> notes;
  for (auto& [opinions, names] : groups) {
    std::string more;
    if (names.size() > kNamedMax) {
      more = absl::StrCat(" and ", names.size() - kNamedMax, " more");
      names.resize(kNamedMax);
    }
    notes.push_back(absl::StrCat(absl::StrJoin(names, ", "), more, ": ", opinions));
  }
  return notes;
}

void WriteDifferences(const std::vector<Difference>& differences, present::Json& json) {
  json.BeginArray("differences");
  for (const Difference& difference : differences) {
    json.BeginObject();
    json.Text("path", present::PathName(*difference.path));
    json.Text("device", difference.path->sd_name);
    json.Text("state", pw_state_name(difference.path->state));
    json.Text("dm_state", difference.dm_state);
    json.Text("multipathd_state", difference.multipathd_state);
    json.Text("reason", difference.reason);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace pathwatch::cli

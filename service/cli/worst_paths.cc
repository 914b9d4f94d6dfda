#include "service/cli/worst_paths.h"

#include <algorithm>
#include <tuple>

namespace pathwatch::cli {

// Unknown numbers count as `unknown`.
int GravityOf(const pw_path_record& path) {
  switch (path.state) {
    case PW_STATE_WRONG_LU:
      return 6;
    case PW_STATE_DOWN:
      return 5;
    case PW_STATE_NO_ANSWER:
      return 4;
    case PW_STATE_UNMAPPED:
      return 3;
    case PW_STATE_UNAVAILABLE:
      return 2;
    case PW_STATE_TRANSITIONING:
      return 1;
    default:
      return 0;
  }
}

present::Summarizer Summarize(const StateView& view, std::int64_t boot_now_ns) {
  present::Summarizer summarizer(boot_now_ns);
  for (const pw_path_record& path : view.paths) summarizer.Add(path);
  for (std::uint32_t slot = 0; slot < view.luns.size(); slot++) {
    summarizer.Add(slot, view.luns[slot]);
  }
  return summarizer;
}

std::vector<const pw_path_record*> WorstPaths(const StateView& view,
                                              const present::Summarizer& summarizer,
                                              std::int64_t boot_now_ns) {
  std::vector<const pw_path_record*> worst;
  for (const pw_path_record& path : view.paths) {
    if (present::StandingOf(path, boot_now_ns) == present::Standing::kNotUsable)
      worst.push_back(&path);
  }
  const auto rank = [&summarizer](const pw_path_record* path) {
    // The paths of a logical unit stay together.
    return std::tuple(!summarizer.WithoutPath(*path), -GravityOf(*path), path->lun_index);
  };
  std::stable_sort(worst.begin(), worst.end(),
                   [&rank](const auto* a, const auto* b) { return rank(a) < rank(b); });
  return worst;
}

}  // namespace pathwatch::cli

// Which single paths have series of their own: there may be so many paths that all of them are too
// much for a Prometheus.
//
// Thread rule: that of the reader; the rest are plain values and pure functions.
#ifndef PATHWATCH_LIB_METRICS_PATH_CHOICE_H_
#define PATHWATCH_LIB_METRICS_PATH_CHOICE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/checker/state_reader.h"
#include "lib/metrics/state_snapshot.h"

namespace pathwatch::metrics {

enum class PerPath : std::uint8_t {
  kAuto,     // all up to CollectorOptions::all_paths_max paths, else those with a problem
  kAll,      //
  kProblem,  // not usable, unconfirmed, stale, or another state within the last hour
  kNone,     //
};

// "all", "problem", "none"; "auto".
std::string_view PerPathName(PerPath mode);

// What kAuto comes to with so many paths, removed ones not counted; the others are what they are.
PerPath Resolve(PerPath mode, std::uint32_t paths, std::uint32_t all_paths_max);

// The numbers of the chosen records, ascending. Of several with the same H:C:T:L only one is looked
// at: the first that is not removed, else the first. The first verdict about a path is not taken
// for a change, so that not all paths are problems for an hour after the start.
// REQUIRES: a mode that Resolve has given.
std::vector<std::uint32_t> ChoosePaths(const pw_reader& reader, const StateSnapshot& snapshot,
                                       PerPath mode, std::int64_t now_boottime_ns);

bool IsUsable(const pw_path_record& path);

// Not removed, and its next check is overdue.
bool IsStale(const pw_path_record& path, std::int64_t now_boottime_ns);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_PATH_CHOICE_H_

// What the simulated fabric is like.
#ifndef PATHWATCH_LIB_PASSTHROUGH_FABRIC_OPTIONS_H_
#define PATHWATCH_LIB_PASSTHROUGH_FABRIC_OPTIONS_H_

#include <cstdint>

#include "lib/health/time.h"

namespace pathwatch::passthrough {

// Faults beyond those of single paths and silent nexuses. A fraction of 0: never. The defaults are
// the story that the demo tells.
struct Story {
  // Of the arrays, in each episode: one of the two controllers fails and comes back.
  double failovers = 0.1;
  // How long port groups are in transition then, at the beginning and at the end of the episode;
  // at most a quarter of it.
  health::DurationNs transition_ns = 4 * health::kSecond;

  // Of the nexuses, in each episode: the link goes and comes.
  double flapping_nexuses = 0.02;
  health::DurationNs flap_ns = 3 * health::kSecond;  // each time gone, and each time there

  // Of the logical units, in each episode: it is being formatted.
  double formatted_units = 0.002;

  // Changes that only INQUIRY data show, and that stay. Of the paths: its LUN is mapped to another
  // logical unit.
  double remapped_paths = 0.002;
  // Of the paths with LUN 0: no logical unit is mapped to it, but the array still says GOOD.
  double unmapped_lun0 = 0.05;
  // They happen within this time after the start.
  health::DurationNs changes_within_ns = 300 * health::kSecond;
  // Fabric::Hold() undoes those that would happen so shortly before it: who reads identities once
  // a minute has seen all others.
  health::DurationNs changes_room_ns = 80 * health::kSecond;
};

// Only what FabricOptions itself has as faults.
inline constexpr Story kNoStory = {.failovers = 0,
                                   .flapping_nexuses = 0,
                                   .formatted_units = 0,
                                   .remapped_paths = 0,
                                   .unmapped_lun0 = 0};

struct FabricOptions {
  std::uint64_t seed = 1;
  std::uint32_t paths = 1'000;
  std::uint32_t paths_per_lun = 4;           // each through a host of its own
  std::uint32_t targets_per_host = 4;        // I_T nexuses per host
  std::uint32_t paths_per_host_max = 4'096;  // more hosts are made for more paths
  std::uint32_t can_queue = 1'024;

  health::DurationNs latency_min_ns = 200'000;
  health::DurationNs latency_max_ns = 2'000'000;

  health::DurationNs episode_ns = 20 * health::kSecond;
  double faulty_paths = 0.02;    // of the paths, in each episode
  double silent_nexuses = 0.02;  // of the nexuses, in each episode

  Story story = {};
  // When the story begins: before this no identity has changed, and nothing is to be reported. No
  // time that is asked about lies before it.
  health::TimeNs start_ns = 0;
};

// The same fabric without any fault.
inline FabricOptions Calm(FabricOptions options) {
  options.faulty_paths = 0;
  options.silent_nexuses = 0;
  options.story = kNoStory;
  return options;
}

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_FABRIC_OPTIONS_H_

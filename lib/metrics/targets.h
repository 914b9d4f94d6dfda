// I_T nexuses as Prometheus knows them: by the names of their two ports. The published state may
// have several records of one pair, since a login or a session more gives another host or target
// number; counts and histograms of such records are added.
//
// Thread rule: pure functions, any thread. A Target points into the snapshot that it is made of.
#ifndef PATHWATCH_LIB_METRICS_TARGETS_H_
#define PATHWATCH_LIB_METRICS_TARGETS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "lib/metrics/state_snapshot.h"

namespace pathwatch::metrics {

struct Target {
  std::string hba;
  std::string target_port;
  // Ascending. The first to be asked is `main`: most paths that are not removed, then the first.
  std::vector<const pw_nexus_record*> nexuses;
  const pw_nexus_record* main = nullptr;
  const pw_path_record* first_path = nullptr;  // null: none
  bool silent = false;                         // all nexuses with paths are, and there is one
  std::uint64_t in_flight = 0;
  std::array<std::uint64_t, PW_STATES> by_state{};  // without paths that an operator has left out
  std::array<pw_histogram, PW_COMMANDS> durations{};
};

struct Targets {
  std::vector<Target> all;              // in the order of their first records
  std::vector<std::uint32_t> of_nexus;  // by number of the record; PW_NO_INDEX: none
};
Targets TargetsOf(const StateSnapshot& snapshot);

// Of a path; null: its nexus has no record.
const Target* TargetOf(const Targets& targets, const pw_path_record& path);

// "host3", of a nexus "3:0:1".
std::string HostName(const pw_nexus_record& nexus);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_TARGETS_H_

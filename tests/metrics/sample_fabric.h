// A published state with everything in it that a collection may meet, for tests of the metrics.
#ifndef PATHWATCH_TESTS_METRICS_SAMPLE_FABRIC_H_
#define PATHWATCH_TESTS_METRICS_SAMPLE_FABRIC_H_

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "lib/metrics/moment.h"
#include "lib/publish/state_file.h"
#include "proto/state_table.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::metrics {

inline constexpr std::int64_t kSecond = 1'000'000'000;

// 2026-11-22T08:31:25.500Z, a thousand seconds after the boot.
inline constexpr Moment kMoment = {publish::kNow, 1'795'336'285'500'000'000};

inline constexpr std::int64_t Ago(std::int64_t age_ns) { return publish::kNow - age_ns; }

// Copies what fits; the rest, and at least one byte, is 0.
template <std::size_t Size>
void SetText(char (&field)[Size], const std::string& text) {
  std::fill(std::begin(field), std::end(field), '\0');
  text.copy(field, Size - 1);
}

// Room for 8 nexuses, logical units and port groups, and 16 paths.
publish::Capacities SampleCapacities();

// A path that was `up` for two hours and was checked a second ago.
pw_path_record PathAt(std::uint32_t host, std::uint32_t target, std::uint64_t lun);

// Two FC ports, one of them silent; an iSCSI target whose session was replaced, so that it has two
// records; a SAS target without names. Logical units with and without port groups and identifier,
// one with names that hold what no name should. Paths in all states. All counters differ.
void WriteSampleFabric(publish::StateFile& file);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_TESTS_METRICS_SAMPLE_FABRIC_H_

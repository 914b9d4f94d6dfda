// The I_T nexuses with what their paths say.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_TOP_NEXUS_ROWS_H_
#define PATHWATCH_SERVICE_CLI_TOP_NEXUS_ROWS_H_

#include <cstdint>
#include <vector>

#include "service/cli/top/controls.h"
#include "service/cli/top/snapshot.h"

namespace pathwatch::top {

struct NexusRow {
  const pw_nexus_record* nexus;  // owned by the snapshot
  std::uint64_t usable = 0;      // paths
  // Of the last latencies of its checked paths, in microseconds; 0 if none was checked.
  std::uint32_t average_us = 0;
  std::uint32_t maximum_us = 0;
};

// Those that fit the filter, in the order that is wanted: by state, silent ones and those with the
// most unusable paths first; by latency, the slowest average first; else by their names.
std::vector<NexusRow> NexusRows(const Snapshot& snapshot, const Controls& controls);

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_NEXUS_ROWS_H_

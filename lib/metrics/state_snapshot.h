// What a collection needs of the published state, read once.
//
// Each record is consistent in itself; those of different things may be of moments that are some
// milliseconds apart.
//
// Thread rule: that of the reader; a snapshot is a plain value.
#ifndef PATHWATCH_LIB_METRICS_STATE_SNAPSHOT_H_
#define PATHWATCH_LIB_METRICS_STATE_SNAPSHOT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "lib/checker/state_reader.h"

namespace pathwatch::metrics {

// By the number of the record.
template <class Record>
using Slots = std::vector<std::optional<Record>>;

struct StateSnapshot {
  std::optional<pw_header> header;  // if it can be read, also of a state that is out of date
  std::optional<pw_counters_record> counters;
  Slots<pw_path_record> paths;
  Slots<pw_nexus_record> nexuses;
  Slots<pw_lun_record> luns;
  Slots<pw_port_group_record> port_groups;
  std::uint32_t skipped = 0;  // records that are damaged, or were being written all the time
};

// Null: there is no such record, or it was skipped.
template <class Record>
const Record* RecordAt(const Slots<Record>& slots, std::uint32_t number) {
  return number < slots.size() && slots[number] ? &*slots[number] : nullptr;
}

// Opens the file again if need be and reads it. PW_OK if what is published may be relied on;
// otherwise what is wrong, and there are no records but maybe the header.
pw_result ReadState(pw_reader& reader, std::int64_t now_boottime_ns, StateSnapshot& snapshot);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_STATE_SNAPSHOT_H_

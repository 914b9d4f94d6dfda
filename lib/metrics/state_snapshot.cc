#include "lib/metrics/state_snapshot.h"

#include <utility>

namespace pathwatch::metrics {
namespace {

// One record can be in such a state although all is well.
bool IsOfThisRecordOnly(pw_result result) { return result == PW_BUSY || result == PW_DAMAGED; }

template <class Record>
using ReadRecord = pw_result (*)(const pw_reader*, std::uint32_t, Record*);

// Any other result than PW_OK is one of the whole file.
template <class Record>
pw_result ReadSection(const pw_reader& reader, pw_section_kind kind, ReadRecord<Record> read,
                      Slots<Record>& slots, std::uint32_t& skipped) {
  std::uint32_t count = 0;
  const pw_result counted = pw_record_count(&reader, kind, &count);
  if (counted == PW_NOT_FOUND) return PW_OK;  // an older daemon has no such section
  if (counted != PW_OK) return counted;
  slots.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const pw_result result = read(&reader, i, &slots[i].emplace());
    if (result == PW_OK) continue;
    slots[i].reset();
    if (IsOfThisRecordOnly(result)) {
      ++skipped;
    } else if (result != PW_NOT_FOUND) {
      return result;
    }
  }
  return PW_OK;
}

pw_result ReadCounters(const pw_reader& reader, StateSnapshot& snapshot) {
  const pw_result result = pw_read_counters(&reader, &snapshot.counters.emplace());
  if (result == PW_OK) return PW_OK;
  snapshot.counters.reset();
  if (IsOfThisRecordOnly(result)) ++snapshot.skipped;
  return IsOfThisRecordOnly(result) || result == PW_NOT_FOUND ? PW_OK : result;
}

// Paths come first: what they refer to exists before they do.
pw_result ReadRecords(const pw_reader& reader, StateSnapshot& snapshot) {
  StateSnapshot& to = snapshot;
  pw_result result = ReadSection(reader, PW_SECTION_PATHS, pw_read_path, to.paths, to.skipped);
  if (result != PW_OK) return result;
  result = ReadSection(reader, PW_SECTION_NEXUSES, pw_read_nexus, to.nexuses, to.skipped);
  if (result != PW_OK) return result;
  result = ReadSection(reader, PW_SECTION_LUNS, pw_read_lun, to.luns, to.skipped);
  if (result != PW_OK) return result;
  result =
      ReadSection(reader, PW_SECTION_PORT_GROUPS, pw_read_port_group, to.port_groups, to.skipped);
  if (result != PW_OK) return result;
  return ReadCounters(reader, to);
}

pw_result ReadOnce(pw_reader& reader, std::int64_t now_boottime_ns, StateSnapshot& snapshot) {
  snapshot = {};
  pw_result result = pw_refresh(&reader);
  if (result != PW_OK) return result;
  pw_header header;
  result = pw_header_snapshot(&reader, &header);
  if (result != PW_OK) return result;
  snapshot.header = header;
  result = pw_freshness(&reader, now_boottime_ns, nullptr);
  if (result != PW_OK) return result;
  result = ReadRecords(reader, snapshot);
  if (result == PW_OK) return PW_OK;
  snapshot = {};
  snapshot.header = header;
  return result;
}

}  // namespace

pw_result ReadState(pw_reader& reader, std::int64_t now_boottime_ns, StateSnapshot& snapshot) {
  const pw_result result = ReadOnce(reader, now_boottime_ns, snapshot);
  if (result != PW_STALE) return result;
  // Only now does the reader look whether the name leads to another file.
  return ReadOnce(reader, now_boottime_ns, snapshot);
}

}  // namespace pathwatch::metrics

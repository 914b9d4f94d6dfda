#include "lib/publish/state_layout.h"

#include <algorithm>
#include <cstdint>

namespace pathwatch::publish {
namespace {

// Records of the sections start at cache lines.
constexpr std::uint64_t kAlignment = 64;

void AddSection(pw_section_kind kind, std::uint32_t record_size, std::uint32_t capacity,
                pw_header& header) {
  const std::uint64_t offset = (header.file_size + kAlignment - 1) / kAlignment * kAlignment;
  pw_section& section = header.sections[header.section_count++];
  section = {};
  section.kind = kind;
  section.record_size = record_size;
  section.offset = offset;
  section.capacity = capacity;
  header.file_size = offset + std::uint64_t{capacity} * record_size;
}

}  // namespace

Capacities WithChangesForPaths(Capacities capacities) {
  capacities.changes = std::max(capacities.changes, std::min(capacities.paths * 2, kSlotsMax));
  return capacities;
}

void LayOut(const Capacities& capacities, pw_header& header) {
  header.header_size = sizeof(pw_header);
  header.file_size = sizeof(pw_header);
  header.section_count = 0;
  const std::uint32_t entries = capacities.paths * kIndexEntriesPerPath + kIndexEntriesSpare;
  AddSection(PW_SECTION_HOSTS, sizeof(pw_host_record), capacities.hosts, header);
  AddSection(PW_SECTION_NEXUSES, sizeof(pw_nexus_record), capacities.nexuses, header);
  AddSection(PW_SECTION_LUNS, sizeof(pw_lun_record), capacities.luns, header);
  AddSection(PW_SECTION_PATHS, sizeof(pw_path_record), capacities.paths, header);
  AddSection(PW_SECTION_INDEX, sizeof(pw_index_entry), entries, header);
  header.sections[PW_SECTION_INDEX - 1].used = entries;
  AddSection(PW_SECTION_COUNTERS, sizeof(pw_counters_record), 1, header);
  header.sections[PW_SECTION_COUNTERS - 1].used = 1;
  AddSection(PW_SECTION_PORT_GROUPS, sizeof(pw_port_group_record), capacities.port_groups, header);
  AddSection(PW_SECTION_HISTORIES, sizeof(pw_history_record), capacities.paths, header);
  AddSection(PW_SECTION_CHANGES, sizeof(pw_change_record), capacities.changes, header);
  AddSection(PW_SECTION_DETAILS, sizeof(pw_detail_record), capacities.paths, header);
}

}  // namespace pathwatch::publish

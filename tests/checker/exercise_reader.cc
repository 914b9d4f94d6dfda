#include "tests/checker/exercise_reader.h"

#include <sys/sysmacros.h>

#include <algorithm>
#include <cstring>

#include "lib/checker/state_reader.h"

namespace pathwatch::checker {
namespace {

template <std::size_t N>
bool Ends(const char (&text)[N]) {
  return std::memchr(text, '\0', N) != nullptr;
}

class Exerciser {
 public:
  explicit Exerciser(const std::string& path) { Take(pw_open(path.c_str(), &reader_)); }
  ~Exerciser() { pw_close(&reader_); }
  Exerciser(const Exerciser&) = delete;
  Exerciser& operator=(const Exerciser&) = delete;

  Exercise Run() {
    exercise_.opened = reader_.file >= 0;
    Take(pw_refresh(&reader_));
    std::int64_t age = 0;
    Take(pw_freshness(&reader_, 1'000'000'000'000, &age));
    Take(pw_freshness(&reader_, -1, nullptr));
    pw_header header;
    Take(pw_header_snapshot(&reader_, &header));
    for (int kind = PW_SECTION_HOSTS; kind < PW_SECTIONS_END; ++kind) {
      std::uint32_t count = 0;
      Take(pw_record_count(&reader_, static_cast<pw_section_kind>(kind), &count));
      if (count > reader_.sections[kind].capacity) exercise_.broken = "count beyond capacity";
    }
    for (const std::uint32_t index : {0U, 1U, 2U, 3U, 1000U, 0x7fffffffU, 0xffffffffU}) Read(index);
    pw_counters_record counters;
    Take(pw_read_counters(&reader_, &counters));
    for (unsigned n = 0; n < 4; ++n) {
      Take(pw_find_path_by_devt(&reader_, makedev(8, 16 * n), nullptr, &path_));
      Take(pw_find_path_by_hctl(&reader_, 3, 0, n % 4, n, nullptr, &path_));
    }
    return exercise_;
  }

 private:
  void Take(pw_result result) {
    if (std::strcmp(pw_strerror(result), "unknown result") == 0) exercise_.broken = "result";
  }

  void Read(std::uint32_t index) {
    Take(pw_read_path(&reader_, index, &path_));
    pw_lun_record lun;
    Take(pw_read_lun(&reader_, index, &lun));
    pw_nexus_record nexus;
    Take(pw_read_nexus(&reader_, index, &nexus));
    pw_host_record host;
    Take(pw_read_host(&reader_, index, &host));
    if (!Ends(path_.sd_name) || !Ends(path_.sg_name) || !Ends(path_.wwid) || !Ends(path_.vendor) ||
        !Ends(path_.product) || !Ends(path_.revision) || !Ends(lun.wwid) || !Ends(lun.vendor) ||
        !Ends(lun.product) || !Ends(nexus.name) || !Ends(nexus.initiator_port) ||
        !Ends(nexus.target_port) || !Ends(nexus.port_name) || !Ends(nexus.port_state) ||
        !Ends(nexus.portal) || !Ends(lun.dm_name) || !Ends(host.proc_name)) {
      exercise_.broken = "string without an end";
    }
    ReadStory(index);
  }

  void ReadStory(std::uint32_t index) {
    pw_port_group_record group;
    Take(pw_read_port_group(&reader_, index, &group));
    pw_history_record history;
    Take(pw_read_history(&reader_, index, &history));
    pw_detail_record detail;
    Take(pw_read_detail(&reader_, index, &detail));
    pw_change_record change;
    const std::uint64_t sequence = index == 0xffffffffU ? ~0ULL : index;
    const pw_result result = pw_read_change(&reader_, sequence, &change);
    Take(result);
    if (result == PW_OK && change.sequence != sequence) exercise_.broken = "another change";
    if (!Ends(detail.identity_found) || !Ends(detail.dm_name) || !Ends(detail.dm_wwid) ||
        !Ends(detail.device_state) || !Ends(detail.port_state) || !Ends(change.device) ||
        !Ends(change.wwid)) {
      exercise_.broken = "string without an end";
    }
  }

  pw_reader reader_;
  pw_path_record path_;
  Exercise exercise_;
};

void RepairSection(const pw_section& section, std::vector<std::uint8_t>& bytes) {
  if (section.kind == PW_SECTION_INDEX || section.record_size < sizeof(pw_record_head) ||
      section.record_size > PW_RECORD_SIZE_MAX || section.record_size % 8 != 0) {
    return;
  }
  const std::uint32_t records = std::min(section.capacity, 64U);
  for (std::uint32_t i = 0; i < records; ++i) {
    const std::uint64_t offset = section.offset + std::uint64_t{i} * section.record_size;
    if (offset < section.offset || offset > bytes.size() ||
        bytes.size() - offset < section.record_size) {
      return;
    }
    const std::uint64_t checksum = pw_record_checksum(&bytes[offset], section.record_size);
    std::memcpy(&bytes[offset + offsetof(pw_record_head, checksum)], &checksum, sizeof checksum);
  }
}

}  // namespace

Exercise ExerciseReader(const std::string& path) { return Exerciser(path).Run(); }

void RepairChecksums(std::vector<std::uint8_t>& bytes) {
  pw_header header;
  if (bytes.size() < sizeof header) return;
  std::memcpy(&header, bytes.data(), sizeof header);
  for (const pw_section& section : header.sections) RepairSection(section, bytes);
  if (header.header_size < sizeof header || header.header_size > bytes.size() ||
      header.header_size % 8 != 0) {
    return;
  }
  const std::uint64_t checksum = pw_header_checksum(bytes.data(), header.header_size);
  std::memcpy(&bytes[offsetof(pw_header, checksum)], &checksum, sizeof checksum);
}

}  // namespace pathwatch::checker

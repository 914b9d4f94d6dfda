#include "lib/publish/state_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/publish/record_writer.h"
#include "lib/publish/system_error.h"

namespace pathwatch::publish {
namespace {

pw_header& HeaderOf(const StateMapping& mapping) {
  return *reinterpret_cast<pw_header*>(mapping.data());
}

template <class Record>
Record* RecordsOf(const StateMapping& mapping, pw_section_kind kind) {
  return reinterpret_cast<Record*>(mapping.data() + HeaderOf(mapping).sections[kind - 1].offset);
}

PathIndex IndexOf(const StateMapping& mapping) {
  pw_header& header = HeaderOf(mapping);
  return {std::span(RecordsOf<pw_index_entry>(mapping, PW_SECTION_INDEX),
                    header.sections[PW_SECTION_INDEX - 1].capacity),
          header.index_sequence};
}

// The state file that a daemon before us left under the name, for its superseded flag; -1 if there
// is none that is ours.
int OpenPredecessor(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0) return -1;
  struct stat status {};
  std::uint64_t magic = 0;
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
      status.st_size >= static_cast<off_t>(sizeof(pw_header)) &&
      pread(file, &magic, sizeof magic, 0) == sizeof magic && magic == PW_MAGIC) {
    return file;
  }
  close(file);
  return -1;
}

// That it fails harms nobody: the heartbeat of that file ends anyway.
void MarkSuperseded(int file) {
  const std::uint32_t yes = 1;
  [[maybe_unused]] const ssize_t written =
      pwrite(file, &yes, sizeof yes, offsetof(pw_header, superseded));
}

std::uint32_t& CapacityOf(Capacities& capacities, pw_section_kind kind) {
  switch (kind) {
    case PW_SECTION_HOSTS:
      return capacities.hosts;
    case PW_SECTION_NEXUSES:
      return capacities.nexuses;
    case PW_SECTION_LUNS:
      return capacities.luns;
    case PW_SECTION_PORT_GROUPS:
      return capacities.port_groups;
    default:  // paths and what has their numbers
      return capacities.paths;
  }
}

// No change with a sequence up to `last` is in a record with this index or beyond.
std::uint32_t UsedByChanges(std::uint64_t last, std::uint64_t capacity) {
  return last == 0 ? 0 : static_cast<std::uint32_t>(std::min(last + 1, capacity));
}

}  // namespace

absl::StatusOr<std::unique_ptr<StateFile>> StateFile::Create(const std::string& run_dir,
                                                             const Capacities& capacities,
                                                             const Writer& writer,
                                                             std::int64_t now_ns,
                                                             const Fill& fill) {
  std::unique_ptr<StateFile> state(new StateFile(run_dir, capacities, writer, now_ns));
  absl::StatusOr<StateMapping> mapping = state->Build(state->capacities_);
  if (!mapping.ok()) return mapping.status();
  state->index_ = IndexOf(*mapping);
  state->mapping_ = *std::move(mapping);
  if (fill != nullptr) fill(*state);
  const int predecessor = OpenPredecessor(state->path());
  absl::Status installed = state->TakeName();
  if (predecessor >= 0) {
    if (installed.ok()) MarkSuperseded(predecessor);
    close(predecessor);
  }
  if (!installed.ok()) return installed;
  return state;
}

StateFile::StateFile(std::string run_dir, const Capacities& capacities, const Writer& writer,
                     std::int64_t now_ns)
    : run_dir_(std::move(run_dir)),
      capacities_(WithChangesForPaths(capacities)),
      writer_(writer),
      started_ns_(now_ns),
      heartbeat_ns_(now_ns) {}

absl::StatusOr<StateMapping> StateFile::Build(const Capacities& capacities) const {
  pw_header header{};
  LayOut(capacities, header);
  absl::StatusOr<StateMapping> mapping =
      StateMapping::Create(path() + ".new", header.file_size, writer_.group);
  if (!mapping.ok()) return mapping.status();
  header.magic = PW_MAGIC;
  header.version_major = PW_VERSION_MAJOR;
  header.version_minor = PW_VERSION_MINOR;
  header.heartbeat_boottime_ns = heartbeat_ns_;
  header.epoch = writer_.epoch;
  header.started_boottime_ns = started_ns_;
  header.daemon_pid = writer_.pid;
  std::memcpy(header.daemon_version, writer_.version.data(),
              std::min(writer_.version.size(), sizeof header.daemon_version - 1));
  std::copy(writer_.boot_id.begin(), writer_.boot_id.end(), header.boot_id);
  header.checksum = pw_header_checksum(&header, sizeof header);
  HeaderOf(*mapping) = header;
  return mapping;
}

absl::Status StateFile::TakeName() const {
  const std::string from = path() + ".new";
  if (rename(from.c_str(), path().c_str()) != 0) {
    const int error = errno;
    unlink(from.c_str());
    return SystemError(absl::StrCat("cannot rename ", from, " to ", path()), error,
                       absl::StrCat("remove ", path(), " or choose another --run-dir"));
  }
  return absl::OkStatus();
}

absl::Status StateFile::Install(StateMapping mapping, const PathIndex& index) {
  absl::Status named = TakeName();
  if (!named.ok()) return named;
  mapping_ = std::move(mapping);
  index_ = index;
  return absl::OkStatus();
}

absl::Status StateFile::Reserve(pw_section_kind kind, std::uint32_t slot) {
  Capacities capacities = capacities_;
  std::uint32_t& capacity = CapacityOf(capacities, kind);
  if (slot < capacity) return absl::OkStatus();
  if (slot >= kSlotsMax) {
    return absl::OutOfRangeError(absl::StrCat("cannot publish record ", slot, " in ", path(),
                                              ": at most ", kSlotsMax,
                                              " of a kind are supported; watch fewer paths"));
  }
  capacity = std::min(std::max(capacity * 2, slot + 1), kSlotsMax);
  return Grow(WithChangesForPaths(capacities));
}

absl::Status StateFile::Grow(const Capacities& capacities) {
  absl::StatusOr<StateMapping> bigger = Build(capacities);
  if (!bigger.ok()) return bigger.status();
  CopyRecords(*bigger);
  PathIndex index = IndexOf(*bigger);
  const pw_header& header = HeaderOf(*bigger);
  index.Rebuild(std::span(RecordsOf<const pw_path_record>(*bigger, PW_SECTION_PATHS),
                          header.sections[PW_SECTION_PATHS - 1].used));
  StateMapping old = std::move(mapping_);
  absl::Status installed = Install(*std::move(bigger), index);
  if (!installed.ok()) {
    mapping_ = std::move(old);
    return installed;
  }
  std::atomic_ref(HeaderOf(old).superseded).store(1, std::memory_order_release);
  capacities_ = capacities;
  return absl::OkStatus();
}

void StateFile::CopyRecords(const StateMapping& to) const {
  for (const pw_section_kind kind :
       {PW_SECTION_HOSTS, PW_SECTION_NEXUSES, PW_SECTION_LUNS, PW_SECTION_PATHS,
        PW_SECTION_COUNTERS, PW_SECTION_PORT_GROUPS, PW_SECTION_HISTORIES, PW_SECTION_DETAILS}) {
    const pw_section& from = section(kind);
    std::memcpy(RecordsOf<std::byte>(to, kind), RecordsOf<std::byte>(mapping_, kind),
                std::size_t{from.used} * from.record_size);
    WriteHeader(HeaderOf(to), [&](pw_header& h) { h.sections[kind - 1].used = from.used; });
  }
  CopyChanges(to);
}

void StateFile::CopyChanges(const StateMapping& to) const {
  const auto* const from = Records<pw_change_record>(PW_SECTION_CHANGES);
  auto* const changes = RecordsOf<pw_change_record>(to, PW_SECTION_CHANGES);
  const std::uint64_t capacity = section(PW_SECTION_CHANGES).capacity;
  const std::uint64_t bigger = HeaderOf(to).sections[PW_SECTION_CHANGES - 1].capacity;
  const std::uint64_t overwritten = last_change_ > capacity ? last_change_ - capacity : 0;
  const std::uint64_t first = std::max(overwritten + 1, section(PW_SECTION_CHANGES).first_sequence);
  for (std::uint64_t sequence = first; sequence <= last_change_; ++sequence) {
    changes[sequence % bigger] = from[sequence % capacity];
  }
  WriteHeader(HeaderOf(to), [&](pw_header& h) {
    h.sections[PW_SECTION_CHANGES - 1].first_sequence = first;
    h.sections[PW_SECTION_CHANGES - 1].used = UsedByChanges(last_change_, bigger);
  });
}

template <class Record>
Record* StateFile::Records(pw_section_kind kind) const {
  return RecordsOf<Record>(mapping_, kind);
}

template <class Record>
absl::Status StateFile::Put(pw_section_kind kind, std::uint32_t slot, const Record& record) {
  absl::Status reserved = Reserve(kind, slot);
  if (!reserved.ok()) return reserved;
  Write(kind, slot, record);
  return absl::OkStatus();
}

template <class Record>
void StateFile::Write(pw_section_kind kind, std::uint32_t slot, const Record& record) {
  WriteRecord(Records<Record>(kind)[slot], record, true);
  SetUsed(kind, slot + 1);
}

void StateFile::SetUsed(pw_section_kind kind, std::uint32_t used) {
  if (used <= section(kind).used) return;
  WriteHeader(header(), [&](pw_header& h) { h.sections[kind - 1].used = used; });
}

template <class Record>
void StateFile::Remove(pw_section_kind kind, std::uint32_t slot) {
  if (slot >= section(kind).used) return;
  Record& record = Records<Record>(kind)[slot];
  if (record.head.in_use != 0) WriteRecord(record, Record{}, false);
}

absl::Status StateFile::PutPath(std::uint32_t slot, const pw_path_record& record) {
  absl::Status reserved = Reserve(PW_SECTION_PATHS, slot);
  if (!reserved.ok()) return reserved;
  pw_path_record* const paths = Records<pw_path_record>(PW_SECTION_PATHS);
  const bool known = paths[slot].head.in_use != 0;
  if (!known || !HaveSameKeys(paths[slot], record)) {
    if (index_.NeedsRebuild()) index_.Rebuild(std::span(paths, section(PW_SECTION_PATHS).used));
    index_.Replace(slot, known ? &paths[slot] : nullptr, &record);
  }
  return Put(PW_SECTION_PATHS, slot, record);
}

absl::Status StateFile::PutLun(std::uint32_t slot, const pw_lun_record& record) {
  return Put(PW_SECTION_LUNS, slot, record);
}

absl::Status StateFile::PutNexus(std::uint32_t slot, const pw_nexus_record& record) {
  return Put(PW_SECTION_NEXUSES, slot, record);
}

absl::Status StateFile::PutHost(std::uint32_t slot, const pw_host_record& record) {
  return Put(PW_SECTION_HOSTS, slot, record);
}

absl::Status StateFile::PutPortGroup(std::uint32_t slot, const pw_port_group_record& record) {
  return Put(PW_SECTION_PORT_GROUPS, slot, record);
}

absl::Status StateFile::PutDetail(std::uint32_t slot, const pw_detail_record& record) {
  return Put(PW_SECTION_DETAILS, slot, record);
}

absl::Status StateFile::AppendHistory(std::uint32_t slot, std::uint64_t generation,
                                      const pw_change& change) {
  absl::Status reserved = Reserve(PW_SECTION_HISTORIES, slot);
  if (!reserved.ok()) return reserved;
  // A slot that is free holds zeros only.
  pw_history_record history = Records<pw_history_record>(PW_SECTION_HISTORIES)[slot];
  history.generation = generation;
  history.changes[history.total % PW_HISTORY_CHANGES] = change;
  ++history.total;
  PutHistory(slot, history);
  return absl::OkStatus();
}

void StateFile::PutHistory(std::uint32_t slot, const pw_history_record& record) {
  assert(slot < capacities_.paths);
  Write(PW_SECTION_HISTORIES, slot, record);
}

std::uint64_t StateFile::AppendChange(pw_change_record& record) {
  record.sequence = ++last_change_;
  const std::uint64_t capacity = section(PW_SECTION_CHANGES).capacity;
  WriteRecord(Records<pw_change_record>(PW_SECTION_CHANGES)[last_change_ % capacity], record, true);
  SetUsed(PW_SECTION_CHANGES, UsedByChanges(last_change_, capacity));
  return last_change_;
}

void StateFile::RemovePath(std::uint32_t slot) {
  Remove<pw_detail_record>(PW_SECTION_DETAILS, slot);
  Remove<pw_history_record>(PW_SECTION_HISTORIES, slot);
  if (slot >= section(PW_SECTION_PATHS).used) return;
  const pw_path_record& path = Records<pw_path_record>(PW_SECTION_PATHS)[slot];
  if (path.head.in_use == 0) return;
  index_.Replace(slot, &path, nullptr);
  Remove<pw_path_record>(PW_SECTION_PATHS, slot);
}

void StateFile::RemoveLun(std::uint32_t slot) { Remove<pw_lun_record>(PW_SECTION_LUNS, slot); }

void StateFile::RemoveNexus(std::uint32_t slot) {
  Remove<pw_nexus_record>(PW_SECTION_NEXUSES, slot);
}

void StateFile::RemoveHost(std::uint32_t slot) { Remove<pw_host_record>(PW_SECTION_HOSTS, slot); }

void StateFile::RemovePortGroup(std::uint32_t slot) {
  Remove<pw_port_group_record>(PW_SECTION_PORT_GROUPS, slot);
}

void StateFile::PutCounters(const pw_counters_record& record) {
  WriteRecord(*Records<pw_counters_record>(PW_SECTION_COUNTERS), record, true);
}

void StateFile::Heartbeat(std::int64_t now_ns) {
  heartbeat_ns_ = now_ns;
  std::atomic_ref(header().heartbeat_boottime_ns).store(now_ns, std::memory_order_release);
}

template <class Record>
const Record* StateFile::InUse(pw_section_kind kind, std::uint32_t slot) const {
  if (slot >= section(kind).used) return nullptr;
  const Record& record = Records<Record>(kind)[slot];
  return record.head.in_use != 0 ? &record : nullptr;
}

const pw_path_record* StateFile::path(std::uint32_t slot) const {
  return InUse<pw_path_record>(PW_SECTION_PATHS, slot);
}

const pw_lun_record* StateFile::lun(std::uint32_t slot) const {
  return InUse<pw_lun_record>(PW_SECTION_LUNS, slot);
}

const pw_nexus_record* StateFile::nexus(std::uint32_t slot) const {
  return InUse<pw_nexus_record>(PW_SECTION_NEXUSES, slot);
}

const pw_port_group_record* StateFile::port_group(std::uint32_t slot) const {
  return InUse<pw_port_group_record>(PW_SECTION_PORT_GROUPS, slot);
}

const pw_detail_record* StateFile::detail(std::uint32_t slot) const {
  const auto* const of_path = path(slot);
  const auto* const found = InUse<pw_detail_record>(PW_SECTION_DETAILS, slot);
  const bool same =
      of_path != nullptr && found != nullptr && found->generation == of_path->generation;
  return same ? found : nullptr;
}

const pw_history_record* StateFile::history(std::uint32_t slot) const {
  return InUse<pw_history_record>(PW_SECTION_HISTORIES, slot);
}

const pw_counters_record* StateFile::counters() const {
  return InUse<pw_counters_record>(PW_SECTION_COUNTERS, 0);
}

const pw_change_record* StateFile::change(std::uint64_t sequence) const {
  const std::uint64_t capacity = section(PW_SECTION_CHANGES).capacity;
  if (sequence == 0 || capacity == 0) return nullptr;
  const auto* const found =
      InUse<pw_change_record>(PW_SECTION_CHANGES, static_cast<std::uint32_t>(sequence % capacity));
  return found != nullptr && found->sequence == sequence ? found : nullptr;
}

}  // namespace pathwatch::publish

// The writer of the published state: <run_dir>/state, laid out by proto/state_table.h.
//
// Callers choose the slot numbers (small, dense integers); when a slot lies beyond the file's
// capacity, a new file of at least double capacity takes the name of the old one, which is marked
// as superseded. Space is allocated before use, so a full tmpfs is an error here and never a
// SIGBUS later.
//
// Thread rule: loop thread only; one process at a time per run directory (RunDirectory's lock).
#ifndef PATHWATCH_LIB_PUBLISH_STATE_FILE_H_
#define PATHWATCH_LIB_PUBLISH_STATE_FILE_H_

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/publish/boot_id.h"
#include "lib/publish/path_index.h"
#include "lib/publish/state_layout.h"
#include "lib/publish/state_mapping.h"
#include "proto/state_table.h"

namespace pathwatch::publish {

// Who writes.
struct Writer {
  std::uint64_t epoch = 0;  // random, new with each start
  std::uint32_t pid = 0;
  std::string version;  // longer than 31 bytes: cut
  BootId boot_id{};
  std::optional<gid_t> group = std::nullopt;  // may read the file; empty: that of the process
};

class StateFile {
 public:
  // Writes the first records, so that no reader ever sees a file without them. REQUIRES: they fit
  // in the capacities.
  using Fill = std::function<void(StateFile&)>;

  // Puts a file in the place of <run_dir>/state, whose superseded flag is set if it was a state
  // file. `now_ns` (CLOCK_BOOTTIME) becomes start time and first heartbeat. The file is empty but
  // for what `fill`, if there is one, has written.
  // On failure nothing has changed and the status names the file and the remedy.
  static absl::StatusOr<std::unique_ptr<StateFile>> Create(const std::string& run_dir,
                                                           const Capacities& capacities,
                                                           const Writer& writer,
                                                           std::int64_t now_ns,
                                                           const Fill& fill = nullptr);

  // The file stays: readers see its heartbeat grow old, the next daemon reads it.
  ~StateFile() = default;
  StateFile(const StateFile&) = delete;
  StateFile& operator=(const StateFile&) = delete;

  // Add or replace the record of a slot; head and checksum of `record` are ignored and written
  // here. PutPath also keeps the index by sd_devt, sg_devt and H:C:T:L. An error can only come
  // from growth; then the slot is as it was.
  absl::Status PutPath(std::uint32_t slot, const pw_path_record& record);
  absl::Status PutLun(std::uint32_t slot, const pw_lun_record& record);
  absl::Status PutNexus(std::uint32_t slot, const pw_nexus_record& record);
  absl::Status PutHost(std::uint32_t slot, const pw_host_record& record);
  absl::Status PutPortGroup(std::uint32_t slot, const pw_port_group_record& record);

  // The detail of the path in that slot; the same rules. The path itself may come later.
  absl::Status PutDetail(std::uint32_t slot, const pw_detail_record& record);

  // Adds a change to the history of the path in that slot, which begins if there is none. The story
  // goes on when a path returns as another device: only the new `generation` is stored. An error
  // can only come from growth; then the history is as it was.
  absl::Status AppendHistory(std::uint32_t slot, std::uint64_t generation, const pw_change& change);
  // Puts a history that was read from the file of the daemon before.
  // REQUIRES: slot < capacities().paths.
  void PutHistory(std::uint32_t slot, const pw_history_record& record);

  // Adds a change to the log, in the place of the oldest one if the log is full. The change gets
  // the next sequence (1 for the first one), which is returned and stored in `record`.
  std::uint64_t AppendChange(pw_change_record& record);
  // The sequence of the last change in the log, 0 if there is none.
  std::uint64_t last_change() const { return last_change_; }

  // Frees a slot; harmless if it is free. RemovePath also frees the path's detail and history.
  void RemovePath(std::uint32_t slot);
  void RemoveLun(std::uint32_t slot);
  void RemoveNexus(std::uint32_t slot);
  void RemoveHost(std::uint32_t slot);
  void RemovePortGroup(std::uint32_t slot);

  void PutCounters(const pw_counters_record& record);

  // Tells readers that the daemon is alive; due every 500 ms.
  void Heartbeat(std::int64_t now_ns);

  // Of the file that is in place now.
  const Capacities& capacities() const { return capacities_; }

  // What is published, for those in this process who tell it. Records stay where they are until the
  // next call that is not const; null: the slot is free or does not exist.
  const pw_header& published_header() const { return header(); }
  // No record in use has this number or a greater one.
  std::uint32_t end_of(pw_section_kind kind) const { return section(kind).used; }
  const pw_path_record* path(std::uint32_t slot) const;
  const pw_lun_record* lun(std::uint32_t slot) const;
  const pw_nexus_record* nexus(std::uint32_t slot) const;
  const pw_port_group_record* port_group(std::uint32_t slot) const;
  // Of the path in that slot; the detail only if it is of the same device.
  const pw_detail_record* detail(std::uint32_t slot) const;
  const pw_history_record* history(std::uint32_t slot) const;
  const pw_counters_record* counters() const;
  // Null: it has not been written yet, or its place in the log was taken by a newer one.
  const pw_change_record* change(std::uint64_t sequence) const;

 private:
  StateFile(std::string run_dir, const Capacities& capacities, const Writer& writer,
            std::int64_t now_ns);

  // The records of a section in the file that is in place.
  template <class Record>
  Record* Records(pw_section_kind kind) const;
  template <class Record>
  const Record* InUse(pw_section_kind kind, std::uint32_t slot) const;
  template <class Record>
  absl::Status Put(pw_section_kind kind, std::uint32_t slot, const Record& record);
  // REQUIRES: the slot fits.
  template <class Record>
  void Write(pw_section_kind kind, std::uint32_t slot, const Record& record);
  void SetUsed(pw_section_kind kind, std::uint32_t used);
  template <class Record>
  void Remove(pw_section_kind kind, std::uint32_t slot);

  pw_header& header() const { return *reinterpret_cast<pw_header*>(mapping_.data()); }
  pw_section& section(pw_section_kind kind) const { return header().sections[kind - 1]; }
  std::string path() const { return run_dir_ + "/state"; }
  // Makes the slot fit, in a bigger file if need be.
  absl::Status Reserve(pw_section_kind kind, std::uint32_t slot);
  absl::Status Grow(const Capacities& capacities);
  // Creates <run_dir>/state.new with a header and no records.
  absl::StatusOr<StateMapping> Build(const Capacities& capacities) const;
  // Copies the records of the present file to those of a bigger one.
  void CopyRecords(const StateMapping& to) const;
  // Copies the newest changes of the log to their places in a log that is as large or larger.
  void CopyChanges(const StateMapping& to) const;
  // Gives state.new the name and adopts it.
  absl::Status TakeName() const;
  absl::Status Install(StateMapping mapping, const PathIndex& index);

  std::string run_dir_;
  Capacities capacities_;
  Writer writer_;
  std::int64_t started_ns_;
  std::int64_t heartbeat_ns_;
  StateMapping mapping_;
  PathIndex index_;
  std::uint64_t last_change_ = 0;
};

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_STATE_FILE_H_

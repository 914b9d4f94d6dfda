#include "service/cli/state_view.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <tuple>

#include "absl/strings/str_format.h"
#include "lib/checker/state_reader.h"
#include "service/cli/opened_state.h"
#include "service/present/time_text.h"

namespace pathwatch::cli {
namespace {

// A record stays unfinished for long only if the daemon was interrupted within it, or died there.
// The pauses are shared by all records, so that a file full of such records costs no more.
class Patience {
 public:
  template <class Read>
  pw_result Until(Read read) {
    pw_result result = read();
    for (; result == PW_BUSY && pauses_left_ > 0; pauses_left_--) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      result = read();
    }
    return result;
  }

 private:
  int pauses_left_ = 50;
};

// Reads records, and counts those that cannot be read.
class Records {
 public:
  explicit Records(const pw_reader* reader) : reader_(reader) {}

  // Calls take(slot, record) for each record in use, and take(slot, zeros) for each slot that is
  // free or unreadable.
  template <class Record, class Take>
  pw_result ForEachSlot(pw_section_kind kind,
                        pw_result (*read)(const pw_reader*, std::uint32_t, Record*), Take take) {
    std::uint32_t count = 0;
    const pw_result counted =
        patience_.Until([&] { return pw_record_count(reader_, kind, &count); });
    if (counted == PW_NOT_FOUND) return PW_OK;
    if (counted != PW_OK) return counted;
    for (std::uint32_t i = 0; i < count; i++) {
      Record record;
      Read(read, i, record);
      take(i, record);
    }
    return PW_OK;
  }

  // False if the slot is free or unreadable; then the record is all zeros.
  template <class Record>
  bool Read(pw_result (*read)(const pw_reader*, std::uint32_t, Record*), std::uint32_t slot,
            Record& record) {
    return Take([&] { return read(reader_, slot, &record); });
  }

  bool ReadCounters(pw_counters_record& record) {
    return Take([&] { return pw_read_counters(reader_, &record); });
  }

  pw_result ReadHeader(pw_header& header) {
    return patience_.Until([&] { return pw_header_snapshot(reader_, &header); });
  }

  std::size_t unreadable() const { return unreadable_; }

 private:
  template <class Read>
  bool Take(Read read) {
    const pw_result result = patience_.Until(read);
    if (result != PW_OK && result != PW_NOT_FOUND) unreadable_++;
    return result == PW_OK;
  }

  const pw_reader* reader_;
  Patience patience_;
  std::size_t unreadable_ = 0;
};

// A device that came back is shown before the removed one of the same name.
bool ComesBefore(const pw_path_record& a, const pw_path_record& b) {
  const auto key = [](const pw_path_record& path) {
    return std::tuple(present::HctlOf(path), path.state == PW_STATE_REMOVED, path.generation);
  };
  return key(a) < key(b);
}

DeviceKey KeyOf(const pw_path_record& path) { return {present::HctlOf(path), path.generation}; }

// The path in `slot`, with what is wanted of it.
void TakePath(Records& records, const Wanted& wanted, std::uint32_t slot,
              const pw_path_record& path, StateView& view) {
  view.paths.push_back(path);
  pw_detail_record detail;
  // A path that took the slot meanwhile has another generation.
  if (wanted.details && wanted.details(path) && records.Read(pw_read_detail, slot, detail) &&
      detail.generation == path.generation) {
    view.details.emplace(KeyOf(path), detail);
  }
  pw_history_record history;
  if (wanted.histories && wanted.histories(path) && records.Read(pw_read_history, slot, history)) {
    view.histories.emplace(KeyOf(path), history);
  }
}

pw_result TakeRecords(Records& records, const Wanted& wanted, StateView& view) {
  pw_result result = records.ForEachSlot(PW_SECTION_PATHS, pw_read_path,
                                         [&](std::uint32_t slot, const pw_path_record& path) {
                                           if (path.head.in_use != 0)
                                             TakePath(records, wanted, slot, path, view);
                                         });
  if (result != PW_OK) return result;
  result = records.ForEachSlot(
      PW_SECTION_NEXUSES, pw_read_nexus,
      [&](std::uint32_t, const pw_nexus_record& nexus) { view.nexuses.push_back(nexus); });
  if (result == PW_OK && wanted.luns) {
    result = records.ForEachSlot(
        PW_SECTION_LUNS, pw_read_lun,
        [&](std::uint32_t, const pw_lun_record& lun) { view.luns.push_back(lun); });
  }
  if (result == PW_OK && wanted.port_groups) {
    result = records.ForEachSlot(PW_SECTION_PORT_GROUPS, pw_read_port_group,
                                 [&](std::uint32_t, const pw_port_group_record& group) {
                                   if (group.head.in_use != 0) view.port_groups.push_back(group);
                                 });
  }
  pw_counters_record counters;
  if (wanted.counters && records.ReadCounters(counters)) view.counters = counters;
  return result;
}

// Null if the slot does not exist or is free.
template <class Record>
const Record* InUse(const std::vector<Record>& records, std::uint32_t index) {
  return index < records.size() && records[index].head.in_use != 0 ? &records[index] : nullptr;
}

template <class Record>
const Record* Find(const std::map<DeviceKey, Record>& records, const pw_path_record& path) {
  const auto found = records.find(KeyOf(path));
  return found == records.end() ? nullptr : &found->second;
}

// "" if it is fresh.
std::string WhyStale(const StateView& view) {
  if (!view.stale) return "";
  if (!view.heartbeat_age_ns) return "the daemon gave no sign of life yet";
  if (*view.heartbeat_age_ns < 0) {
    return absl::StrFormat("the daemon's heartbeat lies %s in the future",
                           present::AgeForSentence(-*view.heartbeat_age_ns));
  }
  return absl::StrFormat("the daemon's heartbeat is %s old",
                         present::AgeForSentence(*view.heartbeat_age_ns));
}

std::string WhyIncomplete(const StateView& view) {
  if (view.unreadable == 0) return "";
  return absl::StrFormat(
      "records that could not be read and are missing here: %d; if it stays so, restart pathwatchd",
      view.unreadable);
}

}  // namespace

absl::StatusOr<StateView> LoadState(const std::string& run_dir, std::int64_t boot_now_ns,
                                    const Wanted& wanted) {
  const std::string file = StateFileName(run_dir);
  OpenedState state;
  pw_result result = pw_open(file.c_str(), state.get());
  if (result == PW_BUSY) {
    Patience patience;
    result = patience.Until([&] { return pw_refresh(state.get()); });
  }
  if (result != PW_OK) return Unusable(file, result);

  Records records(state.get());
  StateView view;
  result = records.ReadHeader(view.header);
  if (result != PW_OK) return Unusable(file, result);
  std::int64_t age_ns = 0;
  result = pw_freshness(state.get(), boot_now_ns, &age_ns);
  if (result != PW_OK && result != PW_STALE) return Unusable(file, result);
  view.stale = result == PW_STALE;
  if (view.header.heartbeat_boottime_ns > 0) view.heartbeat_age_ns = age_ns;

  result = TakeRecords(records, wanted, view);
  if (result != PW_OK) return Unusable(file, result);
  view.unreadable = records.unreadable();
  std::sort(view.paths.begin(), view.paths.end(), ComesBefore);
  return view;
}

const pw_nexus_record* NexusOf(const StateView& view, const pw_path_record& path) {
  return InUse(view.nexuses, path.nexus_index);
}

const pw_lun_record* LunOf(const StateView& view, const pw_path_record& path) {
  return InUse(view.luns, path.lun_index);
}

const pw_detail_record* DetailOf(const StateView& view, const pw_path_record& path) {
  return Find(view.details, path);
}

const pw_history_record* HistoryOf(const StateView& view, const pw_path_record& path) {
  return Find(view.histories, path);
}

present::PathFacts FactsOf(const StateView& view, const pw_path_record& path) {
  return {path, NexusOf(view, path), DetailOf(view, path)};
}

std::vector<std::string> Doubts(const StateView& view) {
  std::vector<std::string> doubts = {WhyStale(view), WhyIncomplete(view)};
  std::erase(doubts, "");
  return doubts;
}

std::vector<std::string> Warnings(const StateView& view) {
  std::vector<std::string> warnings = Doubts(view);
  if (view.stale) warnings.front() += ": what follows may be out of date";
  return warnings;
}

}  // namespace pathwatch::cli

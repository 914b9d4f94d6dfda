#include "service/cli/state_view.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <tuple>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "lib/checker/state_reader.h"
#include "lib/discovery/hctl.h"
#include "service/cli/time_text.h"

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

// Closes the reader at the end.
class Reader {
 public:
  Reader() { reader_.file = -1; }
  ~Reader() { pw_close(&reader_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  pw_reader* get() { return &reader_; }

 private:
  pw_reader reader_{};
};

absl::Status Unusable(const std::string& file, pw_result result) {
  const int error = errno;
  std::string sentence = absl::StrFormat("%s: %s", file, pw_strerror(result));
  if (result == PW_CANNOT_READ) absl::StrAppendFormat(&sentence, ": %s", std::strerror(error));
  return absl::UnavailableError(sentence);
}

// Calls take(record) for each record in use, or take(zeros) for a slot that is free or unreadable.
template <class Record, class Take>
pw_result ForEachSlot(const pw_reader* reader, pw_section_kind kind,
                      pw_result (*read)(const pw_reader*, std::uint32_t, Record*),
                      Patience& patience, std::size_t& unreadable, Take take) {
  std::uint32_t count = 0;
  const pw_result counted = patience.Until([&] { return pw_record_count(reader, kind, &count); });
  if (counted == PW_NOT_FOUND) return PW_OK;
  if (counted != PW_OK) return counted;
  for (std::uint32_t i = 0; i < count; i++) {
    Record record;
    const pw_result result = patience.Until([&] { return read(reader, i, &record); });
    if (result != PW_OK && result != PW_NOT_FOUND) unreadable++;
    take(record);
  }
  return PW_OK;
}

discovery::Hctl HctlOf(const pw_path_record& path) {
  return {path.host, path.channel, path.target, path.lun};
}

// A device that came back is shown before the removed one of the same name.
bool ComesBefore(const pw_path_record& a, const pw_path_record& b) {
  const auto key = [](const pw_path_record& path) {
    return std::tuple(HctlOf(path), path.state == PW_STATE_REMOVED, path.generation);
  };
  return key(a) < key(b);
}

}  // namespace

absl::StatusOr<StateView> LoadState(const std::string& run_dir, std::int64_t boot_now_ns) {
  const std::string file = run_dir + "/state";
  Reader reader;
  Patience patience;
  pw_result result = pw_open(file.c_str(), reader.get());
  if (result == PW_BUSY) result = patience.Until([&] { return pw_refresh(reader.get()); });
  if (result != PW_OK) return Unusable(file, result);

  StateView view;
  result = patience.Until([&] { return pw_header_snapshot(reader.get(), &view.header); });
  if (result != PW_OK) return Unusable(file, result);
  std::int64_t age_ns = 0;
  result = pw_freshness(reader.get(), boot_now_ns, &age_ns);
  if (result != PW_OK && result != PW_STALE) return Unusable(file, result);
  view.stale = result == PW_STALE;
  if (view.header.heartbeat_boottime_ns > 0) view.heartbeat_age_ns = age_ns;

  result = ForEachSlot(reader.get(), PW_SECTION_PATHS, pw_read_path, patience, view.unreadable,
                       [&view](const pw_path_record& path) {
                         if (path.head.in_use != 0) view.paths.push_back(path);
                       });
  if (result != PW_OK) return Unusable(file, result);
  result = ForEachSlot(reader.get(), PW_SECTION_NEXUSES, pw_read_nexus, patience, view.unreadable,
                       [&view](const pw_nexus_record& nexus) { view.nexuses.push_back(nexus); });
  if (result != PW_OK) return Unusable(file, result);
  std::sort(view.paths.begin(), view.paths.end(), ComesBefore);
  return view;
}

const pw_nexus_record* NexusOf(const StateView& view, const pw_path_record& path) {
  if (path.nexus_index >= view.nexuses.size()) return nullptr;
  const pw_nexus_record& nexus = view.nexuses[path.nexus_index];
  return nexus.head.in_use != 0 ? &nexus : nullptr;
}

std::string PathName(const pw_path_record& path) { return discovery::FormatHctl(HctlOf(path)); }

std::string NexusName(const pw_path_record& path) { return discovery::FormatNexus(HctlOf(path)); }

std::vector<std::string> Warnings(const StateView& view) {
  std::vector<std::string> warnings;
  if (view.stale && !view.heartbeat_age_ns) {
    warnings.emplace_back("the daemon gave no sign of life yet: what follows may be out of date");
  } else if (view.stale && *view.heartbeat_age_ns < 0) {
    warnings.push_back(absl::StrFormat(
        "the daemon's heartbeat lies %s in the future: what follows may be out of date",
        AgeForSentence(-*view.heartbeat_age_ns)));
  } else if (view.stale) {
    warnings.push_back(
        absl::StrFormat("the daemon's heartbeat is %s old: what follows may be out of date",
                        AgeForSentence(*view.heartbeat_age_ns)));
  }
  if (view.unreadable != 0) {
    warnings.push_back(
        absl::StrFormat("records that could not be read and are missing here: %d; if it stays so, "
                        "restart pathwatchd",
                        view.unreadable));
  }
  return warnings;
}

}  // namespace pathwatch::cli

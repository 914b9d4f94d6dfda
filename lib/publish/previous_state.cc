#include "lib/publish/previous_state.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/checker/state_reader.h"

namespace pathwatch::publish {
namespace {

std::string Remark(const std::string& path, pw_result result) {
  return absl::StrCat("cannot carry states over from ", path, " (", pw_strerror(result),
                      "): every path starts as unknown");
}

bool IsFromThisBoot(const pw_header& header, const BootId& boot_id, std::int64_t now_ns) {
  return std::equal(boot_id.begin(), boot_id.end(), header.boot_id) &&
         header.started_boottime_ns <= now_ns;
}

// What is missing or damaged is left out: a state is worth having without its story.
void ReadStory(const pw_reader& reader, std::uint32_t index, const DeviceKey& key,
               PreviousState& state) {
  pw_history_record history;
  if (pw_read_history(&reader, index, &history) == PW_OK && history.total > 0) {
    state.histories.insert_or_assign(key, history);
  }
  pw_detail_record detail;
  if (pw_read_detail(&reader, index, &detail) == PW_OK && detail.generation == key.generation &&
      detail.identity_found[0] != '\0') {
    state.identities_found.insert_or_assign(key, detail.identity_found);
  }
}

void ReadPaths(const pw_reader& reader, std::uint32_t count, PreviousState& state) {
  std::uint32_t unreadable = 0;
  for (std::uint32_t index = 0; index < count; ++index) {
    pw_path_record path;
    const pw_result result = pw_read_path(&reader, index, &path);
    if (result == PW_OK) {
      const DeviceKey key{path.host, path.channel, path.target, path.lun, path.generation};
      state.paths.insert_or_assign(key, path);
      ReadStory(reader, index, key, state);
    } else if (result != PW_NOT_FOUND) {
      ++unreadable;
    }
  }
  if (unreadable > 0) {
    state.remark = absl::StrCat(unreadable, " of ", count, " path records in ", reader.path,
                                " are unfinished or damaged: these paths start as unknown");
  }
}

}  // namespace

PreviousState ReadPreviousState(const std::string& path, const BootId& boot_id,
                                std::int64_t now_ns) {
  PreviousState state;
  pw_reader reader;
  pw_result result = pw_open(path.c_str(), &reader);
  if (result == PW_NO_FILE) return state;
  pw_header header;
  std::uint32_t count = 0;
  if (result == PW_OK) result = pw_header_snapshot(&reader, &header);
  if (result == PW_OK) result = pw_path_count(&reader, &count);
  if (result != PW_OK) {
    state.remark = Remark(path, result);
  } else if (!IsFromThisBoot(header, boot_id, now_ns)) {
    state.remark = absl::StrCat("cannot carry states over from ", path,
                                " (it is from before the last boot): every path starts as unknown");
  } else {
    ReadPaths(reader, count, state);
  }
  pw_close(&reader);
  return state;
}

}  // namespace pathwatch::publish

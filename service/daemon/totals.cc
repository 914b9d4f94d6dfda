#include "service/daemon/totals.h"

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "lib/checker/state_reader.h"

namespace pathwatch::service {
namespace {

absl::Status Failed(const std::string& state_file, pw_result result) {
  return absl::UnavailableError(absl::StrCat(state_file, ": ", pw_strerror(result)));
}

}  // namespace

absl::StatusOr<health::StateCounts> PublishedTotals(const std::string& state_file) {
  pw_reader reader;
  const pw_result opened = pw_open(state_file.c_str(), &reader);
  absl::Cleanup close_reader = [&reader] { pw_close(&reader); };
  if (opened != PW_OK) return Failed(state_file, opened);
  std::uint32_t end = 0;
  if (const pw_result counted = pw_path_count(&reader, &end); counted != PW_OK) {
    return Failed(state_file, counted);
  }
  health::StateCounts counts{};
  for (std::uint32_t index = 0; index < end; ++index) {
    pw_path_record record;
    const pw_result read = pw_read_path(&reader, index, &record);
    if (read == PW_NOT_FOUND) continue;
    if (read != PW_OK) return Failed(state_file, read);
    if (record.state < counts.size()) ++counts[record.state];
  }
  return counts;
}

std::string TotalsText(const health::StateCounts& counts) {
  std::string text;
  // The good news first, the rest in the order of their numbers.
  for (const std::size_t state : {1, 2, 3, 4, 5, 6, 7, 8, 0}) {
    absl::StrAppend(&text, text.empty() ? "" : " ",
                    std::string(health::Name(static_cast<health::State>(state))), "=",
                    counts[state]);
  }
  return text;
}

}  // namespace pathwatch::service

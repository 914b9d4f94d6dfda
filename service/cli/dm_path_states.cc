#include "service/cli/dm_path_states.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <vector>

#include "absl/status/status.h"

namespace pathwatch::cli {
namespace {

// The words of a status, taken from the front. After a word that is missing or not what was asked
// for, everything that is taken is empty or 0, and bad() is true.
class Words {
 public:
  explicit Words(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' '), text.size());
      if (end != 0) words_.push_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::string_view Take() {
    if (bad_ || next_ == words_.size()) {
      bad_ = true;
      return "";
    }
    return words_[next_++];
  }

  // Never more than there are words left, as each number here counts words or groups of them.
  std::uint32_t TakeCount() {
    std::uint32_t count = 0;
    const std::string_view word = Take();
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
    const bool number = error == std::errc() && end == word.data() + word.size();
    if (!number || count > words_.size() - next_) bad_ = true;
    return bad_ ? 0 : count;
  }

  void Skip(std::uint32_t count) { next_ += count; }  // REQUIRES: from TakeCount()
  void Reject() { bad_ = true; }
  bool bad() const { return bad_; }

 private:
  std::vector<std::string_view> words_;
  std::size_t next_ = 0;
  bool bad_ = false;
};

// "8:16 A 0 ...": device, state, failures, and what the path selector adds.
void TakePath(Words& words, std::uint32_t selector_words, DmPathStates& states) {
  const std::string_view device = words.Take();
  const std::string_view state = words.Take();
  words.Take();
  for (std::uint32_t i = 0; i < selector_words; i++) words.Take();
  if (state != "A" && state != "F") words.Reject();
  if (!words.bad()) states[std::string(device)] = state == "A";
}

// "A 0 2 2 ...": state of the group, words of its selector, paths, words that each path gets.
void TakeGroup(Words& words, DmPathStates& states) {
  words.Take();
  words.Skip(words.TakeCount());
  const std::uint32_t paths = words.TakeCount();
  const std::uint32_t selector_words = words.TakeCount();
  for (std::uint32_t i = 0; i < paths && !words.bad(); i++) {
    TakePath(words, selector_words, states);
  }
}

}  // namespace

absl::StatusOr<DmPathStates> ParseMultipathStatus(std::string_view status) {
  Words words(status);
  words.Skip(words.TakeCount());  // features
  words.Skip(words.TakeCount());  // hardware handler
  const std::uint32_t groups = words.TakeCount();
  words.Take();  // which group comes next
  DmPathStates states;
  for (std::uint32_t i = 0; i < groups && !words.bad(); i++) TakeGroup(words, states);
  if (words.bad()) {
    return absl::InvalidArgumentError(
        "device mapper reports a multipath target in a way that is "
        "not known: " +
        std::string(status));
  }
  return states;
}

}  // namespace pathwatch::cli

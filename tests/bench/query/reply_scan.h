// What a watcher has to know of a reply, found without a JSON parser, so that clients cost little
// beside the server that is measured. Relies on how pathwatchd writes: no blanks, `sequence` first.
//
// Thread rule: pure; any thread.
#ifndef PATHWATCH_TESTS_BENCH_QUERY_REPLY_SCAN_H_
#define PATHWATCH_TESTS_BENCH_QUERY_REPLY_SCAN_H_

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pathwatch::bench {

class ReplyScan {
 public:
  explicit ReplyScan(std::string_view frame) : rest_(frame) {
    sequence_ = Number("\"sequence\":").value_or(0);
    // What follows stands before the first path or change.
    const std::string_view head = rest_.substr(0, rest_.find('['));
    lost_ = head.find("\"lost\":true") != head.npos;
    complete_ = head.find("\"complete\":true") != head.npos;
    snapshot_ = head.find("\"snapshot\":") != head.npos;
  }

  // Of the reply.
  std::uint64_t sequence() const { return sequence_; }
  bool lost() const { return lost_; }
  bool complete() const { return complete_; }
  bool snapshot() const { return snapshot_; }

  struct Item {
    std::uint64_t sequence = 0;  // of a change
    std::uint64_t lun = 0;       // the last number of the path
    std::string_view state;      // a change leads to this one
  };
  // The next path of a snapshot, or the next change; nothing at the end.
  std::optional<Item> Next() {
    Item item;
    if (!snapshot_) {
      const auto sequence = Number("\"sequence\":");
      if (!sequence) return std::nullopt;
      item.sequence = *sequence;
    }
    const std::string_view path = Text("\"path\":\"");
    if (path.empty()) return std::nullopt;
    const std::string_view lun = path.substr(path.rfind(':') + 1);
    std::from_chars(lun.data(), lun.data() + lun.size(), item.lun);
    item.state = Text(snapshot_ ? "\"state\":\"" : "\"to\":\"");
    return item;
  }

 private:
  // True: what follows the name is `rest_` now.
  bool Skip(std::string_view name) {
    const std::size_t found = rest_.find(name);
    if (found == rest_.npos) return false;
    rest_.remove_prefix(found + name.size());
    return true;
  }
  std::optional<std::uint64_t> Number(std::string_view name) {
    if (!Skip(name)) return std::nullopt;
    std::uint64_t number = 0;
    std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    return number;
  }
  std::string_view Text(std::string_view name) {
    return Skip(name) ? rest_.substr(0, rest_.find('"')) : "";
  }

  std::string_view rest_;
  std::uint64_t sequence_ = 0;
  bool lost_ = false;
  bool complete_ = false;
  bool snapshot_ = false;
};

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_QUERY_REPLY_SCAN_H_

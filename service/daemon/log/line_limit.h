// Of the lines about one path with one cause (or one I_T nexus, if they are about no path), lets so
// many through per period, and counts the others: they are said with the next one that is let
// through, or by a sweep when the period is over.
//
// A period begins with the first line. When it is over, the path and cause are forgotten. Beyond
// entries_max of them, all others share one entry.
//
// Pure: time comes in as a number. One thread.
#ifndef PATHWATCH_SERVICE_DAEMON_LOG_LINE_LIMIT_H_
#define PATHWATCH_SERVICE_DAEMON_LOG_LINE_LIMIT_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "service/daemon/log/record.h"

namespace pathwatch::service {

class LineLimit {
 public:
  static constexpr std::size_t kEntriesMax = 100'000;

  LineLimit(std::uint32_t repeats, std::int64_t period_ns, std::size_t entries_max = kEntriesMax)
      : repeats_(repeats), period_ns_(period_ns), entries_max_(entries_max) {}

  // From now on, periods that have begun included.
  void Set(std::uint32_t repeats, std::int64_t period_ns) {
    repeats_ = repeats;
    period_ns_ = period_ns;
  }

  struct Verdict {
    bool allowed = false;
    std::uint64_t held_back = 0;  // lines like this one that it should tell of, if it is allowed
  };
  // What the fields are about nothing is always allowed.
  Verdict Ask(LogLevel level, const LogFields& fields, std::int64_t now_ns);

  struct HeldBack {
    LogLevel level = LogLevel::kInfo;  // of the first of them
    LogFields fields;                  // of the first of them; empty: of those that share an entry
    std::uint64_t lines = 0;
  };
  // Lines whose period is over and that no other line has told of, at most `most` kinds; the next
  // call returns the others.
  std::vector<HeldBack> Sweep(std::int64_t now_ns, std::size_t most);

  // Kinds of lines that are remembered.
  std::size_t entries() const { return entries_.size(); }

 private:
  struct Entry {
    std::string subject;
    LogCause cause = LogCause::kNone;
    std::int64_t begin_ns = 0;
    std::uint32_t used = 0;
    std::unique_ptr<HeldBack> held;  // as most kinds of lines never need it
  };
  using Key = std::pair<std::string_view, LogCause>;  // the text is the entry's own

  // nullptr if there is none and no room for one.
  Entry* Find(std::string_view subject, LogCause cause, std::int64_t now_ns);
  Verdict AskShared(LogLevel level, std::int64_t now_ns);
  Verdict Use(Entry& entry, LogLevel level, const LogFields& fields) const;
  void ForgetFirst();
  static void TakeHeld(Entry& entry, std::vector<HeldBack>& list);
  bool IsOver(const Entry& entry, std::int64_t now_ns) const {
    return now_ns - entry.begin_ns >= period_ns_;
  }

  std::uint32_t repeats_;
  std::int64_t period_ns_;
  const std::size_t entries_max_;
  std::list<Entry> entries_;  // by begin_ns
  absl::flat_hash_map<Key, std::list<Entry>::iterator> by_key_;
  Entry shared_;
  std::int64_t shared_held_since_ns_ = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_LOG_LINE_LIMIT_H_

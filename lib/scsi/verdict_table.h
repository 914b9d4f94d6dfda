// The verdict table: one row per errno, host status, SCSI status and sense code, with what it
// means for a path. verdict.h turns a row into a Judgement, text.h into words. Constant data;
// any thread.
//
// Lookup rule:
//  1. An errno, if there is one; nothing else counts then.
//  2. RESERVATION CONFLICT, even with a host status: the target has answered.
//  3. The host status, unless it is DID_OK or DID_PASSTHROUGH.
//  4. The SCSI status, unless it is CHECK CONDITION.
//  5. CHECK CONDITION: without usable sense one row, with deferred sense another one, else the
//     sense codes.
// Within each of these the most specific row wins, wherever it stands: a row with ASC and ASCQ
// before one with ASC only, that before one with the key only, and that before the row for
// everything else. Two rows that are equally specific never overlap. An ASC that is unknown
// (cut off) matches only rows for any ASC.
#ifndef PATHWATCH_LIB_SCSI_VERDICT_TABLE_H_
#define PATHWATCH_LIB_SCSI_VERDICT_TABLE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "lib/scsi/code.h"
#include "lib/scsi/verdict.h"

namespace pathwatch::scsi {

// What a row is compared with.
enum class Source : std::uint8_t {
  kErrno,
  kHostStatus,
  kStatus,
  kNoUsableSense,  // CHECK CONDITION, but no sense key: the row has no value
  kDeferredSense,  // CHECK CONDITION with sense of an earlier command: the row has no value
  kSense,          // `value` is the sense key
};

// Both ends belong to it. Implicit from a number, so that rows are short.
struct Range {
  std::uint16_t first = 0;
  std::uint16_t last = 0xFFFF;

  constexpr Range() = default;
  constexpr Range(int only)  // NOLINT(google-explicit-constructor)
      : first(static_cast<std::uint16_t>(only)), last(static_cast<std::uint16_t>(only)) {}
  constexpr Range(int first_value, int last_value)
      : first(static_cast<std::uint16_t>(first_value)),
        last(static_cast<std::uint16_t>(last_value)) {}

  constexpr bool Contains(std::uint16_t value) const { return first <= value && value <= last; }
  constexpr bool Overlaps(Range other) const { return first <= other.last && other.first <= last; }
  friend constexpr bool operator==(Range, Range) = default;
};

inline constexpr Range kAny;

struct Row {
  Source source = Source::kSense;
  Range value;
  Range asc;   // sense only
  Range ascq;  // sense only
  Verdict verdict;
  std::uint8_t follow_ups = kFollowNone;
  std::string_view meaning;  // for operators: a clause without a capital and a full stop
  std::string_view remedy;   // a sentence, or "" if there is nothing to do
};

// Always finds one: every source ends in a row for everything else.
const Row& FindRow(const Code& code);

// All rows, for those who check that the table is complete.
std::array<std::span<const Row>, 4> AllRows();

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_VERDICT_TABLE_H_

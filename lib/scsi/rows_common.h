// Shorthands for the verdict table's rows. For verdict_table.cc only.
#ifndef PATHWATCH_LIB_SCSI_ROWS_COMMON_H_
#define PATHWATCH_LIB_SCSI_ROWS_COMMON_H_

#include <cstdint>

#include "lib/scsi/verdict.h"
#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi::rows {

using enum Source;

inline constexpr Verdict kUp = Lasting{Condition::kUp};
inline constexpr Verdict kGhost = Lasting{Condition::kGhost};
inline constexpr Verdict kUnavailable = Lasting{Condition::kUnavailable};
inline constexpr Verdict kUnmapped = Lasting{Condition::kUnmapped};
inline constexpr Verdict kDown = Lasting{Condition::kDown};
inline constexpr Verdict kDownLun = Lasting{Condition::kDown, Reach::kLogicalUnit};
// The port group changes its state, or (Lun) the logical unit gets ready by itself.
inline constexpr Verdict kTransitioning = Lasting{Condition::kTransitioning};
inline constexpr Verdict kTransitioningLun =
    Lasting{Condition::kTransitioning, Reach::kLogicalUnit};
inline constexpr Verdict kRetryNow = RetryNow{};
inline constexpr Verdict kRetryAtOnce = RetryNow{.at_once = true};
inline constexpr Verdict kRetryNowThenNoOpinion = RetryNow{.exhausted = NoOpinion{}};
inline constexpr Verdict kRetryLater = RetryLater{};
inline constexpr Verdict kRetryLaterLun = RetryLater{.reach = Reach::kLogicalUnit};
inline constexpr Verdict kRetryLaterNeverDown = RetryLater{.may_end_down = false};
inline constexpr Verdict kNoOpinion = NoOpinion{};

inline constexpr std::uint8_t kNone = kFollowNone;
inline constexpr std::uint8_t kRtpg = kFollowRtpg;
inline constexpr std::uint8_t kRtpgIfDiffers = kFollowRtpgIfDiffers;
inline constexpr std::uint8_t kIdentity = kFollowIdentity;
inline constexpr std::uint8_t kLuns = kFollowLuns;
inline constexpr std::uint8_t kTransport = kFollowTransport;
inline constexpr std::uint8_t kMarginal = kFollowMarginal;
inline constexpr std::uint8_t kCount = kFollowCount;
inline constexpr std::uint8_t kHold = kFollowHold;

}  // namespace pathwatch::scsi::rows

#endif  // PATHWATCH_LIB_SCSI_ROWS_COMMON_H_

// How much the core asks, and how patient it is.
#ifndef PATHWATCH_LIB_HEALTH_OPTIONS_H_
#define PATHWATCH_LIB_HEALTH_OPTIONS_H_

#include <cstddef>
#include <cstdint>

#include "lib/health/time.h"

namespace pathwatch::health {

// What may differ from path to path.
struct Policy {
  // Time between the checks of a path.
  DurationNs interval_ns = 5 * kSecond;
  // When a check without a reply becomes `no_answer`. The kernel's own timeout is much longer:
  // its expiry starts error handling that stops every logical unit of the host.
  DurationNs deadline_ns = 5 * kSecond;
  // How often the target port groups and the identity of a logical unit are read again without
  // an occasion (+- 10 %). 0: only on occasions, and the kernel's copy is trusted at first.
  DurationNs refresh_ns = 60 * kSecond;
  // The kernel's timeout of a command is the device's own, within these: a short one starts error
  // handling for every hiccup, a very long one makes error handling that somebody else has started
  // wait for our command.
  std::uint32_t command_timeout_min_ms = 30'000;
  std::uint32_t command_timeout_max_ms = 120'000;
  // How long a target port group may be in transition if the array does not say (SPC-4 5.16.2.5
  // leaves it open, the kernel takes the same), and how long a logical unit may become ready.
  DurationNs transition_limit_ns = 60 * kSecond;
  // Transient replies that ask for patience: how many in a row, and the pause between them.
  std::uint32_t retry_later_max = 6;
  DurationNs retry_later_pause_ns = 1 * kSecond;

  friend bool operator==(const Policy&, const Policy&) = default;
};

// With the policy of paths that are given no other, number kDefaultPolicy.
struct Options : Policy {
  // Commands in flight per I_T nexus.
  std::uint32_t nexus_commands_max = 8;
  // Commands in flight per host: this, or the host's can_queue divided by
  // `host_queue_divisor`, whichever is smaller, but at least 1.
  std::uint32_t host_commands_max = 64;
  std::uint32_t host_queue_divisor = 8;
  // A nexus is silent when so many of its commands are past their deadline and nothing sent
  // after them was answered.
  std::uint32_t nexus_silent_after = 4;

  // Transient replies that ask for another try soon: how many in a row, and the pause between
  // them where one is needed (none after a unit attention).
  std::uint32_t retry_now_max = 5;
  DurationNs retry_now_pause_ns = 100 * kMillisecond;

  // After a kernel timeout (DID_TIME_OUT) the next check waits this long, doubled each time up
  // to the maximum; less while the logical unit has no usable path.
  DurationNs back_off_first_ns = 5 * kSecond;
  DurationNs back_off_max_ns = 120 * kSecond;
  DurationNs back_off_lun_lost_max_ns = 20 * kSecond;

  // Least time between two readings of the port groups of a logical unit, and between two
  // REPORT LUNS on an I_T nexus.
  DurationNs groups_gap_ns = 100 * kMillisecond;
  DurationNs luns_gap_ns = 1 * kSecond;

  // A path that is doubted again within the first time is usable again only when a check says so
  // that was sent the second time after: it takes commands, but something else keeps failing.
  DurationNs doubted_again_ns = 10 * kSecond;
  DurationNs doubt_probation_ns = 2 * kSecond;

  // Pause before the first and before each further check of a path in transition.
  DurationNs transition_first_pause_ns = 1 * kSecond;
  DurationNs transition_pause_ns = 2 * kSecond;

  // Pause between two looks at a device whose transport holds commands back.
  DurationNs transport_pause_ns = 1 * kSecond;

  // How long, and how many, removed paths stay known.
  DurationNs removed_keep_ns = 24 * kHour;
  std::size_t removed_max = 10'000;
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_OPTIONS_H_

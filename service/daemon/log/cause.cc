#include "service/daemon/log/cause.h"

#include <array>
#include <cstddef>

namespace pathwatch::service {
namespace {

constexpr auto kNames = std::to_array<std::string_view>({
    "",
    "state_unknown",
    "state_up",
    "state_ghost",
    "state_transitioning",
    "state_unavailable",
    "state_down",
    "state_no_answer",
    "state_unmapped",
    "state_wrong_lu",
    "state_removed",
    "open_failed",
    "opened",
    "bsg_nonsense",
    "nexus_silent",
    "nexus_answers",
    "identity_accepted",
    "dm_failed",
    "dm_reinstated",
});
static_assert(kNames.size() == static_cast<std::size_t>(LogCause::kDmReinstated) + 1);

}  // namespace

std::string_view Name(LogCause cause) { return kNames[static_cast<std::size_t>(cause)]; }

LogCause CauseOf(health::State state) {
  static_assert(static_cast<std::size_t>(LogCause::kStateRemoved) -
                    static_cast<std::size_t>(LogCause::kStateUnknown) + 1 ==
                health::kStates);
  return static_cast<LogCause>(static_cast<std::size_t>(LogCause::kStateUnknown) +
                               static_cast<std::size_t>(state));
}

}  // namespace pathwatch::service

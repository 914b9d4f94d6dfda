// Which boot of the machine this is: times of CLOCK_BOOTTIME mean nothing in another one.
//
// Thread rule: pure, except ReadBootId, which reads a file.
#ifndef PATHWATCH_LIB_PUBLISH_BOOT_ID_H_
#define PATHWATCH_LIB_PUBLISH_BOOT_ID_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pathwatch::publish {

using BootId = std::array<std::uint8_t, 16>;

// "c0a8...-....": 32 hexadecimal digits with any dashes, then perhaps a newline; nullopt if the
// text is something else.
std::optional<BootId> ParseBootId(std::string_view text);

// On failure the status names the file.
absl::StatusOr<BootId> ReadBootId(const std::string& path = "/proc/sys/kernel/random/boot_id");

}  // namespace pathwatch::publish

#endif  // PATHWATCH_LIB_PUBLISH_BOOT_ID_H_

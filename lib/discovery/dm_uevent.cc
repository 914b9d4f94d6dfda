#include "lib/discovery/dm_uevent.h"

#include <sys/sysmacros.h>

#include <algorithm>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "lib/discovery/number.h"

namespace pathwatch::discovery {
namespace {

// The value of the first `KEY=`; nothing if there is none.
std::optional<std::string_view> ValueOf(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\0'), text.size());
    const std::string_view part = text.substr(0, end);
    if (part.starts_with(key) && part.substr(key.size()).starts_with('=')) {
      return part.substr(key.size() + 1);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

// "8:16".
std::optional<std::uint64_t> ParseDevice(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto major = ParseNumber<std::uint32_t>(text.substr(0, colon));
  const auto minor = ParseNumber<std::uint32_t>(text.substr(colon + 1));
  if (!major.has_value() || !minor.has_value()) return std::nullopt;
  return makedev(*major, *minor);
}

}  // namespace

absl::StatusOr<std::optional<DmPathUevent>> ParseDmPathUevent(std::span<const std::byte> datagram) {
  const std::string_view text(reinterpret_cast<const char*>(datagram.data()),  // NOLINT
                              datagram.size());
  const std::string_view action = ValueOf(text, "DM_ACTION").value_or("");
  const bool failed = action == "PATH_FAILED";
  if (ValueOf(text, "SUBSYSTEM") != "block" || (!failed && action != "PATH_REINSTATED")) {
    return std::nullopt;
  }
  const std::string path(ValueOf(text, "DM_PATH").value_or(""));
  const auto device = ParseDevice(path);
  if (!device.has_value()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "device mapper reports ", std::string(action), " of a path \"",
        absl::CEscape(path.substr(0, 40)), "\", which is no device number MAJOR:MINOR"));
  }
  return DmPathUevent{failed, *device, std::string(ValueOf(text, "DM_NAME").value_or(""))};
}

}  // namespace pathwatch::discovery

#include "lib/publish/boot_id.h"

#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/publish/system_error.h"

namespace pathwatch::publish {

std::optional<BootId> ParseBootId(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::string digits;
  for (const char c : text) {
    if (c != '-') digits.push_back(c);
  }
  BootId id{};
  if (digits.size() != id.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const char* const first = digits.data() + i * 2;
    const auto [end, error] = std::from_chars(first, first + 2, id[i], 16);
    if (error != std::errc{} || end != first + 2) return std::nullopt;
  }
  return id;
}

absl::StatusOr<BootId> ReadBootId(const std::string& path) {
  std::ifstream file(path);
  if (!file) return SystemError(absl::StrCat("cannot read ", path), errno, "mount /proc");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::optional<BootId> id = ParseBootId(text);
  if (!id) return absl::InternalError(absl::StrCat(path, " holds no boot id: mount /proc"));
  return *id;
}

}  // namespace pathwatch::publish

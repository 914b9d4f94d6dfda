#include "lib/publish/process_stat.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace pathwatch::publish {
namespace {

std::optional<std::uint64_t> Number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<ProcessStat> ParseProcessStat(std::string_view text) {
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string_view::npos) return std::nullopt;
  text.remove_prefix(name_end + 1);
  // Fields 3 (state) to 22 (start time), as proc(5) numbers them; 9 holds the flags.
  std::array<std::string_view, 20> fields;
  for (std::string_view& field : fields) {
    const std::size_t start = text.find_first_not_of(' ');
    if (start == std::string_view::npos) return std::nullopt;
    text.remove_prefix(start);
    field = text.substr(0, text.find_first_of(" \n"));
    text.remove_prefix(field.size());
  }
  const std::optional<std::uint64_t> flags = Number(fields[9 - 3]);
  const std::optional<std::uint64_t> threads = Number(fields[20 - 3]);
  const std::optional<std::uint64_t> start_time = Number(fields[22 - 3]);
  if (fields[0].size() != 1 || !flags || !threads || !start_time) return std::nullopt;
  return ProcessStat{fields[0][0], *flags, *threads, *start_time};
}

std::optional<ProcessStat> ReadProcessStat(const std::string& proc, const std::string& process) {
  std::ifstream file(proc + "/" + process + "/stat");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return ParseProcessStat(text);
}

}  // namespace pathwatch::publish

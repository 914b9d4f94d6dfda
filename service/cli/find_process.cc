#include "service/cli/find_process.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace pathwatch::cli {
namespace {

std::optional<std::uint32_t> ParsePid(const std::string& name) {
  std::uint32_t pid = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data(), end, pid);
  if (error != std::errc() || stop != end) return std::nullopt;
  return pid;
}

}  // namespace

std::optional<std::uint32_t> FindProcess(const std::string& proc_root, const std::string& name) {
  std::optional<std::uint32_t> lowest;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(proc_root, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto pid = ParsePid(entry->path().filename().string());
    if (!pid) continue;
    std::ifstream file(entry->path() / "comm");
    std::string comm;
    if (!std::getline(file, comm) || comm != name) continue;
    lowest = std::min(lowest.value_or(*pid), *pid);
  }
  return lowest;
}

}  // namespace pathwatch::cli

#include "service/cli/doctor_limits.h"

#include <sys/resource.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace pathwatch::cli {
namespace {

// A device may be open through bsg and sg at a time.
constexpr std::uint64_t kDescriptorsPerDevice = 2;
// The ring, signals, log, sockets, the published state, and some to spare.
constexpr std::uint64_t kOtherDescriptors = 64;

std::uint64_t HardLimit(int resource) {
  rlimit limit = {};
  if (getrlimit(resource, &limit) != 0 || limit.rlim_max == RLIM_INFINITY) return kUnlimited;
  return limit.rlim_max;
}

// The hard limit in a line of /proc/PID/limits: the title, then soft limit, hard limit and unit.
std::optional<std::uint64_t> HardLimitIn(const std::string& line, const std::string& title) {
  if (!line.starts_with(title)) return std::nullopt;
  std::istringstream words(line.substr(title.size()));
  std::string soft;
  std::string hard;
  if (!(words >> soft >> hard)) return std::nullopt;
  if (hard == "unlimited") return kUnlimited;
  std::uint64_t limit = 0;
  const char* const end = hard.data() + hard.size();
  const auto [stop, error] = std::from_chars(hard.data(), end, limit);
  if (error != std::errc() || stop != end) return std::nullopt;
  return limit;
}

std::string InWords(std::uint64_t limit) {
  return limit == kUnlimited ? "unlimited" : absl::StrCat(limit);
}

std::string WhoMay(const LimitFacts& facts) {
  return facts.daemon_pid == 0
             ? "a process that is started here"
             : absl::StrCat("the running pathwatchd (pid ", facts.daemon_pid, ")");
}

Finding JudgeOpenFiles(const LimitFacts& facts) {
  const std::uint64_t needed = DescriptorsFor(facts.devices);
  const std::string text =
      absl::StrCat(WhoMay(facts), " may open ", InWords(facts.limits.open_files), " files; ",
                   Counted(facts.devices, "device"), " may need ", needed);
  if (facts.limits.open_files >= needed) return Ok("open files", text);
  return Problem("open files", text,
                 absl::StrCat("Set LimitNOFILE=", needed,
                              " or more in pathwatchd's unit ('ulimit -Hn' in a shell)."));
}

}  // namespace

Limits ReadOwnLimits() {
  return {.open_files = HardLimit(RLIMIT_NOFILE), .locked_memory_bytes = HardLimit(RLIMIT_MEMLOCK)};
}

std::optional<Limits> ParseLimits(const std::string& text) {
  std::optional<std::uint64_t> files;
  std::optional<std::uint64_t> memory;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (const auto limit = HardLimitIn(line, "Max open files ")) files = limit;
    if (const auto limit = HardLimitIn(line, "Max locked memory ")) memory = limit;
  }
  if (!files || !memory) return std::nullopt;
  return Limits{*files, *memory};
}

std::optional<Limits> ReadLimitsOf(const std::string& proc_root, std::uint32_t pid) {
  std::ifstream file(absl::StrCat(proc_root, "/", pid, "/limits"));
  return ParseLimits(std::string(std::istreambuf_iterator<char>(file), {}));
}

std::uint64_t DescriptorsFor(std::size_t devices) {
  return kDescriptorsPerDevice * devices + kOtherDescriptors;
}

Findings JudgeLimits(const LimitFacts& facts) {
  Findings findings = {JudgeOpenFiles(facts)};
  // Where the ring is refused, the finding about io_uring says why.
  if (facts.ring_works) {
    findings.push_back(
        Ok("locked memory",
           absl::StrCat("pathwatchd's ring fits in it; the limit of ", WhoMay(facts), " is ",
                        InWords(facts.limits.locked_memory_bytes),
                        facts.limits.locked_memory_bytes == kUnlimited ? "" : " bytes")));
  }
  return findings;
}

}  // namespace pathwatch::cli

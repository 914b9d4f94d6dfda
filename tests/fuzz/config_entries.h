// What must hold for every input of the configuration. The fuzz target, its replay and its
// mutations call the same functions.
#ifndef PATHWATCH_TESTS_FUZZ_CONFIG_ENTRIES_H_
#define PATHWATCH_TESTS_FUZZ_CONFIG_ENTRIES_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace pathwatch::config {

// Each returns "" if all promises were kept, else the one that was broken. The input is copied to
// memory of exactly its size, so that a sanitizer sees every byte too many.
std::string CheckLoad(std::span<const std::uint8_t> file);
std::string CheckUnpack(std::span<const std::uint8_t> input);

// Files to start from.
inline constexpr std::array<std::string_view, 9> kConfigSamples = {
    R"([daemon]
run_dir = "/run/pathwatch"   # where
rescan = "1h30m"
removed_max = 1_000
[check]
interval = '500ms'
deadline = """4.5s"""
[query]
socket_mode = "0640"
)",
    R"([paths]
include = ["wwid=3600*", 'array=LSI/*',
  "path=3:0:*:1", "transport=fc",]
exclude = []
)",
    R"([fc]
interval = "20s"
[iscsi]
command_timeout_min = "1m"
[array."LSI/INF-01-00"]
refresh = "0s"
retry_later_max = 3
[array."*/?"]
deadline = "1s"
)",
    R"(check.interval = "5s"
array = {"A/B" = {interval = "7s", deadline = "6s"}, "C/D" = {}}
fc.deadline = "9s"
)",
    R"([check]
command_timeout_min = "3m"
back_off_first = "5m"
[fc]
deadline = "2m"
)",
    R"(interval = 5
[chek]
[[daemon]]
[check]
intervall = 1.5
deadline = 1979-05-27T07:32:00Z
refresh = [1, ["a"], {b = true}]
[check.interval]
)",
    "\xef\xbb\xbf[metrics]\r\nx = \"\\u00e4\\n\" # \xc3\xa4\r\n[array]\r\ninterval = inf\r\n",
    R"([check]
interval = "5s"
interval = "6s"
)",
    "[[[a]]]\nx = 1979-05-27T\n[[=",
};

}  // namespace pathwatch::config

#endif  // PATHWATCH_TESTS_FUZZ_CONFIG_ENTRIES_H_

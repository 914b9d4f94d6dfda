// What a collection and the text of it cost with 10,000 paths, in CPU time:
// TEST_TMPDIR=/dev/shm bazel run -c opt //tests/metrics:collect_bench

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "lib/metrics/state_collector.h"
#include "lib/metrics/text_format.h"
#include "tests/metrics/collected.h"
#include "tests/metrics/sample_fabric.h"

namespace pathwatch::metrics {
namespace {

constexpr std::uint32_t kPaths = 10'000;
constexpr std::uint32_t kLuns = 2'500;
constexpr std::uint32_t kNexuses = 64;
constexpr int kRounds = 15;

// Of this process, so that other work on the machine does not count.
double CpuMs() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string Wwid(std::uint32_t lun) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "3600a0b80000f1b2c%016x", lun);
  return text.data();
}

void PutNexuses(publish::StateFile& file) {
  for (std::uint32_t n = 0; n < kNexuses; ++n) {
    pw_nexus_record nexus{};
    SetText(nexus.name, std::to_string(n / 16) + ":0:" + std::to_string(n % 16));
    SetText(nexus.initiator_port, "0x2100001b32810c" + std::to_string(10 + n / 16));
    SetText(nexus.target_port, "0x50060e8010404a" + std::to_string(10 + n));
    SetText(nexus.port_name, "rport-" + std::to_string(n / 16) + ":0-" + std::to_string(n % 16));
    SetText(nexus.port_state, "Online");
    nexus.transport = PW_TRANSPORT_FC;
    nexus.paths_total = nexus.paths_by_state[PW_STATE_UP] = kPaths / kNexuses;
    for (pw_histogram& durations : nexus.durations) durations.counts[3] = 1'000'000 + n;
    (void)file.PutNexus(n, nexus);
  }
}

void PutLuns(publish::StateFile& file) {
  for (std::uint32_t n = 0; n < kLuns; ++n) {
    pw_lun_record lun{};
    SetText(lun.wwid, Wwid(n));
    SetText(lun.dm_name, "mpath" + std::to_string(n));
    SetText(lun.vendor, "LSI");
    SetText(lun.product, "INF-01-00");
    lun.paths_total = lun.paths_by_state[PW_STATE_UP] = lun.paths_expected = kPaths / kLuns;
    (void)file.PutLun(n, lun);
    for (std::uint32_t i = 0; i < 2; ++i) {
      pw_port_group_record group{};
      group.lun_index = n;
      group.alua_state = i == 0 ? PW_ALUA_ACTIVE_OPTIMIZED : PW_ALUA_STANDBY;
      (void)file.PutPortGroup(2 * n + i, group);
    }
  }
}

void PutPaths(publish::StateFile& file) {
  for (std::uint32_t n = 0; n < kPaths; ++n) {
    const std::uint32_t nexus = n % kNexuses;
    pw_path_record path = PathAt(nexus / 16, nexus % 16, n / kNexuses);
    path.nexus_index = nexus;
    path.lun_index = n % kLuns;
    SetText(path.wwid, Wwid(path.lun_index));
    path.last_check_done_boottime_ns -= n * 12'345;
    if (n % 10 == 0) path.failures_by_state[PW_STATE_DOWN] = n + 1;
    (void)file.PutPath(n, path);
  }
}

void Measure(const char* name, const CollectorOptions& options) {
  const StateCollector collector(options);
  std::vector<double> collect_ms;
  std::vector<double> serialize_ms;
  std::size_t series = 0;
  std::size_t bytes = 0;
  for (int round = 0; round < kRounds; ++round) {
    const double start = CpuMs();
    const auto families = collector.Collect();
    const double collected = CpuMs();
    bytes = TextFormat(families, bytes).size();
    collect_ms.push_back(collected - start);
    serialize_ms.push_back(CpuMs() - collected);
    series = 0;
    for (const auto& family : families) series += family.metric.size();
  }
  std::printf("%-10s %7zu series %5.1f MB   collect %6.1f ms   serialize %6.1f ms\n", name, series,
              static_cast<double>(bytes) / 1e6, Median(collect_ms), Median(serialize_ms));
}

void Run() {
  publish::TempRunDirectory directory;
  const auto file = publish::CreateState(directory, {.hosts = 4,
                                                     .nexuses = kNexuses,
                                                     .luns = kLuns,
                                                     .paths = kPaths,
                                                     .port_groups = 2 * kLuns,
                                                     .changes = 2 * kPaths});
  PutNexuses(*file);
  PutLuns(*file);
  PutPaths(*file);
  file->PutCounters({});
  for (const PerPath mode : {PerPath::kAll, PerPath::kProblem, PerPath::kNone}) {
    Measure(std::string(PerPathName(mode)).c_str(), OptionsFor(directory.state(), mode));
  }
}

}  // namespace
}  // namespace pathwatch::metrics

int main() { pathwatch::metrics::Run(); }

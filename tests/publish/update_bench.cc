// What one update and one look-up cost, in CPU time:
// TEST_TMPDIR=/dev/shm bazel run -c opt //tests/publish:update_bench
#include <sys/sysmacros.h>

#include <cstdint>
#include <cstdio>
#include <ctime>

#include "lib/checker/state_reader.h"
#include "lib/publish/state_file.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::publish {
namespace {

constexpr std::uint32_t kPaths = 10'000;
constexpr std::uint32_t kTimes = 2'000'000;

// Of this process, so that other work on the machine does not count.
double CpuNs() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

template <class Body>
void Measure(const char* name, std::uint32_t times, Body body) {
  const double start = CpuNs();
  for (std::uint32_t i = 0; i < times; ++i) body(i);
  std::printf("%-36s %8.1f ns\n", name, (CpuNs() - start) / times);
}

void Run() {
  TempRunDirectory directory;
  Capacities capacities = SmallCapacities(kPaths);
  const auto state = CreateState(directory, capacities);
  pw_path_record path = SamplePath(0);
  for (std::uint32_t n = 0; n < kPaths; ++n) (void)state->PutPath(n, SamplePath(n));

  pw_reader reader;
  pw_open(directory.state().c_str(), &reader);
  std::uint64_t unexpected = 0;
  const auto expect_ok = [&](pw_result result) { unexpected += result != PW_OK ? 1 : 0; };
  std::uint64_t sum = 0;

  Measure("checksum of 512 bytes", kTimes, [&](std::uint32_t i) {
    static std::uint64_t bytes[64];
    bytes[i % 64] = i;
    sum += pw_checksum(0, bytes, sizeof bytes);
  });
  path = SamplePath(7);
  Measure("PutPath, one path", kTimes, [&](std::uint32_t i) {
    path.checks = i;
    (void)state->PutPath(7, path);
  });
  Measure("PutPath, 10,000 paths in turn", kTimes, [&](std::uint32_t i) {
    pw_path_record next = path;
    const std::uint32_t n = i % kPaths;
    next.target = n % 4;
    next.lun = n;
    next.sd_devt = makedev(8, 16 * n);
    next.sg_devt = makedev(21, n);
    next.checks = i;
    (void)state->PutPath(n, next);
  });
  Measure("path gone and back", 100'000, [&](std::uint32_t i) {
    const std::uint32_t n = i % kPaths;
    state->RemovePath(n);
    (void)state->PutPath(n, SamplePath(n));
  });
  Measure("AppendHistory, 10,000 paths in turn", kTimes, [&](std::uint32_t i) {
    (void)state->AppendHistory(i % kPaths, 1, SampleChange(i, PW_STATE_DOWN));
  });
  pw_change_record change{};
  Measure("AppendChange", kTimes, [&](std::uint32_t) { sum += state->AppendChange(change); });
  Measure("read a path", 500'000,
          [&](std::uint32_t i) { expect_ok(pw_read_path(&reader, i % kPaths, &path)); });
  Measure("find a path by disk", 500'000, [&](std::uint32_t i) {
    expect_ok(pw_find_path_by_devt(&reader, makedev(8, 16 * (1 + i % 9999)), nullptr, &path));
  });
  Measure("refresh, freshness and find", 500'000, [&](std::uint32_t i) {
    expect_ok(pw_refresh(&reader));
    expect_ok(pw_freshness(&reader, kNow, nullptr));
    expect_ok(pw_find_path_by_devt(&reader, makedev(8, 16 * (1 + i % 9999)), nullptr, &path));
  });
  Measure("refresh, freshness and read", 500'000, [&](std::uint32_t i) {
    expect_ok(pw_refresh(&reader));
    expect_ok(pw_freshness(&reader, kNow, nullptr));
    expect_ok(pw_read_path(&reader, i % kPaths, &path));
  });
  std::printf("unexpected results: %llu (sum %llx)\n", static_cast<unsigned long long>(unexpected),
              static_cast<unsigned long long>(sum));
  pw_close(&reader);
}

}  // namespace
}  // namespace pathwatch::publish

int main() { pathwatch::publish::Run(); }

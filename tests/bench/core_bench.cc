// What a check costs in the core alone: no I/O, every command answered 1 ms later in virtual time.
//
// Prints a JSON object per line: {"name", "metric", "value", "bound"}.
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <span>
#include <utility>
#include <vector>

#include "lib/health/core.h"

namespace pathwatch::health {
namespace {

constexpr std::uint32_t kPathsPerNexus = 250;
constexpr std::uint32_t kNexusesPerHost = 16;
constexpr DurationNs kLatency = kMillisecond;

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
}

class Load {
 public:
  explicit Load(std::uint32_t paths) {
    const std::uint32_t nexuses = (paths + kPathsPerNexus - 1) / kPathsPerNexus;
    for (HostId host = 0; host <= nexuses / kNexusesPerHost; ++host) Step(HostFound{host, 1024});
    for (PathId path = 0; path < paths; ++path) {
      PathFound found;
      found.path = path;
      found.nexus = path / kPathsPerNexus;
      found.host = found.nexus / kNexusesPerHost;
      found.lun = path / 4;
      found.tpgs = 1;
      found.target_port_group = 1;
      Step(found);
    }
  }

  void RunUntil(TimeNs end_ns) {
    for (;;) {
      const TimeNs reply = replies_.empty() ? kNever : replies_.front().first;
      const TimeNs next = std::min(reply, actions_.wake_ns);
      if (next > end_ns) return;
      now_ns_ = std::max(now_ns_, next);
      if (reply <= now_ns_) {
        const StartCommand start = replies_.front().second;
        replies_.pop_front();
        Step(CommandDone{start.path, start.command, {}, true, DataOf(start)});
      } else {
        Step(Tick{});
      }
    }
  }

  // Starts of checks that were late, in ms, since the last call; sorted.
  std::vector<double> TakeLateness() {
    std::sort(late_ms_.begin(), late_ms_.end());
    return std::exchange(late_ms_, {});
  }
  std::uint64_t checks() const { return core_.counters().checks_started; }

 private:
  void Step(const Event& event) {
    core_.Step(now_ns_, event, actions_);
    for (const Action& action : actions_.list) {
      if (const auto* start = std::get_if<StartCommand>(&action)) {
        replies_.emplace_back(now_ns_ + kLatency, *start);
        late_ms_.push_back(static_cast<double>(start->late_ns) * 1e-6);
      } else if (const auto* look = std::get_if<LookAtTransport>(&action)) {
        looks_.push_back(look->path);
      }
    }
    actions_.list.clear();
    while (!looks_.empty()) {
      const PathId path = looks_.back();
      looks_.pop_back();
      Step(TransportSeen{path, DeviceCondition::kReady});
    }
  }

  // Every logical unit has one port group, and page 83h names group and unit.
  static std::span<const std::uint8_t> DataOf(const StartCommand& start) {
    static const std::vector<std::uint8_t> kInquiry = [] {
      std::vector<std::uint8_t> data(36);
      data[4] = 31;    // ADDITIONAL LENGTH
      data[5] = 0x10;  // TPGS: implicit
      return data;
    }();
    static const std::vector<std::uint8_t> kPage = {0x00, 0x83, 0x00, 0x14, 0x01, 0x03, 0x00, 0x08,
                                                    0x50, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
                                                    0x51, 0x95, 0x00, 0x04, 0x00, 0x00, 0x00, 0x01};
    static const std::vector<std::uint8_t> kGroups = {0, 0, 0, 8, 0, 0xCF, 0, 1, 0, 0, 0, 0};
    switch (start.cdb.bytes[0]) {
      case 0x12:
        return start.cdb.bytes[1] == 0 ? kInquiry : kPage;
      case 0xA3:
        return kGroups;
      default:
        return {};
    }
  }

  Core core_{Options{}};
  Actions actions_;
  TimeNs now_ns_ = 0;
  std::deque<std::pair<TimeNs, StartCommand>> replies_;
  std::vector<PathId> looks_;
  std::vector<double> late_ms_;
};

void Print(std::uint32_t paths, const char* metric, double value, double bound) {
  std::printf("{\"name\": \"core_%u_paths\", \"metric\": \"%s\", \"value\": %.4f, \"bound\": ",
              paths, metric, value);
  if (bound > 0) {
    std::printf("%g}\n", bound);
  } else {
    std::printf("null}\n");
  }
}

void Measure(std::uint32_t paths, double bound_us) {
  const std::size_t memory_before = mallinfo2().uordblks + mallinfo2().hblkhd;
  Load load(paths);
  load.RunUntil(10 * kSecond);
  load.TakeLateness();
  const std::size_t memory = mallinfo2().uordblks + mallinfo2().hblkhd - memory_before;
  const std::uint64_t checks_before = load.checks();
  const double cpu_before = CpuSeconds();
  load.RunUntil(40 * kSecond);
  const double cpu = CpuSeconds() - cpu_before;
  const auto checks = static_cast<double>(load.checks() - checks_before);
  const std::vector<double> late = load.TakeLateness();
  Print(paths, "us_per_check", cpu * 1e6 / checks, bound_us);
  Print(paths, "start_late_p99_ms", late[late.size() * 99 / 100], 20);
  Print(paths, "bytes_per_path", static_cast<double>(memory) / paths, 512);
}

}  // namespace
}  // namespace pathwatch::health

int main() {
  pathwatch::health::Measure(10'000, 0.5);
  pathwatch::health::Measure(100'000, 1.0);
  pathwatch::health::Measure(1'000'000, 0);
}

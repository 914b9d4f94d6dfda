// What a call of the plugin costs for a path that is up, one of 10,000:
//   plugin_call PLUGIN
// prints a JSON object per line: {"name", "metric", "value", "bound"}.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <random>
#include <vector>

#include "lib/checker/multipath/multipathd.h"
#include "lib/publish/state_file.h"
#include "tests/checker/multipath/abi/fake_disks.h"
#include "tests/publish/sample_state.h"

namespace pathwatch::checker {
namespace {

constexpr std::uint32_t kPaths = 10'000;
constexpr int kCalls = 200'000;
constexpr int kCallsPerHeartbeat = 1000;
constexpr std::int64_t kHour = 3600 * std::int64_t{1'000'000'000};

std::int64_t Now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * std::int64_t{1'000'000'000} + time.tv_nsec;
}

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

// What the plugin reads of struct checker, and room for the rest.
struct Checker {
  pwm_checker front;
  std::uint64_t rest[5];
};

class Plugin {
 public:
  explicit Plugin(const char* path) {
    void* const handle = dlopen(path, RTLD_NOW);
    if (handle == nullptr) Fail(dlerror());
    init_ = reinterpret_cast<int (*)(Checker*)>(dlsym(handle, "libcheck_init"));
    check_ = reinterpret_cast<int (*)(Checker*)>(dlsym(handle, "libcheck_check"));
    if (init_ == nullptr || check_ == nullptr) Fail("this is no checker");
  }
  void Init(Checker* checker) const { init_(checker); }
  int Check(Checker* checker) const { return check_(checker); }

 private:
  int (*init_)(Checker*);
  int (*check_)(Checker*);
};

std::unique_ptr<publish::StateFile> Publish(const publish::TempRunDirectory& directory) {
  auto state = publish::CreateState(directory, publish::SmallCapacities(kPaths));
  for (std::uint32_t n = 0; n < kPaths; ++n) {
    pw_path_record path = publish::SamplePath(n);
    path.valid_until_boottime_ns = Now(CLOCK_BOOTTIME) + kHour;
    if (!state->PutPath(n, path).ok()) Fail("the path cannot be published");
  }
  return state;
}

// The plugin takes the device of the descriptor once, so that one is enough for all.
std::vector<Checker> InitAll(const Plugin& plugin) {
  std::vector<Checker> checkers(kPaths);
  const int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
  for (std::uint32_t n = 0; n < kPaths; ++n) {
    checkers[n].front.fd = file;
    checkers[n].front.timeout = 30;
    fake_disk(file, makedev(8, 16 * n));
    plugin.Init(&checkers[n]);
  }
  return checkers;
}

void Print(const char* metric, double value, const char* bound) {
  std::printf("{\"name\": \"up_path_of_%u\", \"metric\": \"%s\", \"value\": %.4f, \"bound\": %s}\n",
              kPaths, metric, value, bound);
}

void Measure(const char* path) {
  const publish::TempRunDirectory directory;
  setenv("PATHWATCH_RUN_DIR", directory.path().c_str(), 1);
  const auto state = Publish(directory);
  const Plugin plugin(path);
  std::vector<Checker> checkers = InitAll(plugin);
  std::mt19937 random(1);
  std::vector<std::int64_t> times;
  times.reserve(kCalls);
  for (int call = 0; call < kCalls; ++call) {
    if (call % kCallsPerHeartbeat == 0) state->Heartbeat(Now(CLOCK_BOOTTIME));
    Checker* const checker = &checkers[random() % kPaths];
    const std::int64_t begin = Now(CLOCK_MONOTONIC);
    const int answer = plugin.Check(checker);
    times.push_back(Now(CLOCK_MONOTONIC) - begin);
    if (answer != PWM_UP) Fail("a path is not up");
  }
  std::sort(times.begin(), times.end());
  if (fake_commands() != 0) Fail("commands were sent");
  Print("plugin_call_us", static_cast<double>(times[times.size() / 2]) * 1e-3, "2");
  Print("plugin_call_p99_us", static_cast<double>(times[times.size() * 99 / 100]) * 1e-3, "null");
}

}  // namespace
}  // namespace pathwatch::checker

int main(int count, char** arguments) {
  if (count != 2) pathwatch::checker::Fail("usage: plugin_call PLUGIN");
  pathwatch::checker::Measure(arguments[1]);
}

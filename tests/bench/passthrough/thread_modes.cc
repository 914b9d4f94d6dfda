#include "tests/bench/passthrough/thread_modes.h"

#include <pthread.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <condition_variable>
#include <ctime>
#include <memory>
#include <mutex>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tests/bench/passthrough/sg_header.h"

namespace pathwatch::bench {
namespace {

constexpr std::size_t kStackBytes = 64 * 1024;

// Sends one command and waits; whether the reply is GOOD.
bool Tur(int file) {
  TurBuffers buffers;
  sg_io_hdr header = SgTur(buffers, &buffers);
  return ioctl(file, SG_IO, &header) == 0 && SgGood(header, &buffers);
}

absl::Status NotGood(const std::string& what) {
  return absl::FailedPreconditionError(
      absl::StrCat(what, " does not answer GOOD: nothing to measure"));
}

// What the threads share; it outlives them all.
class Crowd {
 public:
  // Blocks until fewer than `most` are there, and enters.
  void Enter(std::size_t most) {
    std::unique_lock lock(mutex_);
    left_.wait(lock, [&] { return inside_ < most; });
    ++inside_;
  }
  void Leave(std::int64_t latency_ns, bool good) {
    const std::lock_guard lock(mutex_);
    --inside_;
    cost_.Answered(latency_ns);
    all_good_ &= good;
    left_.notify_one();
  }
  void LeaveWithoutAnswer() {
    const std::lock_guard lock(mutex_);
    --inside_;
  }
  // Blocks until nobody is inside.
  void Drain() {
    std::unique_lock lock(mutex_);
    left_.wait(lock, [&] { return inside_ == 0; });
  }

  // REQUIRES: nobody is inside.
  Cost& cost() { return cost_; }
  bool all_good() const { return all_good_; }

 private:
  std::mutex mutex_;
  std::condition_variable left_;
  std::size_t inside_ = 0;
  bool all_good_ = true;
  Cost cost_;
};

struct Errand {
  Crowd* crowd;
  int file;
  std::int64_t started_ns;
};

void* Run(void* argument) {
  const std::unique_ptr<Errand> errand(static_cast<Errand*>(argument));
  const bool good = Tur(errand->file);
  errand->crowd->Leave(NowNs() - errand->started_ns, good);
  return nullptr;
}

class Threads {
 public:
  Threads() {
    pthread_attr_init(&attributes_);
    pthread_attr_setdetachstate(&attributes_, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes_, kStackBytes);
  }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
  ~Threads() { pthread_attr_destroy(&attributes_); }

  absl::Status Start(Crowd& crowd, std::size_t most, const Target& target) {
    crowd.Enter(most);
    auto errand = std::make_unique<Errand>(Errand{&crowd, target.file, NowNs()});
    pthread_t thread{};
    const int error = pthread_create(&thread, &attributes_, &Run, errand.get());
    if (error != 0) {
      crowd.LeaveWithoutAnswer();
      return absl::ErrnoToStatus(error, "cannot create a thread");
    }
    errand.release();  // Run() deletes it
    return absl::OkStatus();
  }

 private:
  pthread_attr_t attributes_{};
};

void SleepUntil(std::int64_t when_ns) {
  const timespec when = {.tv_sec = when_ns / 1'000'000'000, .tv_nsec = when_ns % 1'000'000'000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr) == EINTR) {
  }
}

absl::StatusOr<Cost> Settle(Crowd& crowd, absl::Status status) {
  crowd.Drain();
  crowd.cost().End();
  if (!status.ok()) return status;
  if (!crowd.all_good()) return NotGood("one of the nodes");
  return crowd.cost();
}

}  // namespace

absl::StatusOr<Cost> InTurn(const Arguments& arguments, const std::vector<Target>& targets) {
  Cost cost;
  cost.Begin();
  for (std::size_t i = 0; i < arguments.turs; ++i) {
    const Target& target = targets[i % targets.size()];
    const std::int64_t started_ns = NowNs();
    if (!Tur(target.file)) return NotGood(target.node);
    cost.Answered(NowNs() - started_ns);
  }
  cost.End();
  return cost;
}

absl::StatusOr<Cost> PacedThreads(const Arguments& arguments, const std::vector<Target>& targets) {
  Crowd crowd;
  Threads threads;
  absl::Status status;
  crowd.cost().Begin();
  const std::int64_t begin_ns = NowNs();
  const double gap_ns =
      static_cast<double>(arguments.interval_ns) / static_cast<double>(targets.size());
  for (std::size_t i = 0; status.ok(); ++i) {
    const auto after_ns = static_cast<std::int64_t>(gap_ns * static_cast<double>(i));
    if (after_ns >= arguments.duration_ns) break;
    SleepUntil(begin_ns + after_ns);
    status = threads.Start(crowd, targets.size(), targets[i % targets.size()]);
  }
  return Settle(crowd, status);
}

absl::StatusOr<Cost> SaturatedThreads(const Arguments& arguments,
                                      const std::vector<Target>& targets) {
  Crowd crowd;
  Threads threads;
  absl::Status status;
  crowd.cost().Begin();
  for (std::size_t i = 0; status.ok() && i < arguments.turs; ++i) {
    status = threads.Start(crowd, arguments.batch, targets[i % targets.size()]);
  }
  return Settle(crowd, status);
}

}  // namespace pathwatch::bench

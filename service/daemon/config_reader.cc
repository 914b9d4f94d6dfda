#include "service/daemon/config_reader.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace pathwatch::service {
namespace {

// A process ends a moment after its end of the pipe; one that is asleep may take for ever.
constexpr std::int64_t kReapPauseFirstNs = 1'000'000;
constexpr std::int64_t kReapPauseMaxNs = 1'000'000'000;
// A request to withdraw a read may be lost.
constexpr std::int64_t kWithdrawAgainNs = 100'000'000;

bool HasEnded(pid_t pid) { return waitpid(pid, nullptr, WNOHANG) != 0; }

}  // namespace

ConfigReader::ConfigReader(ring::Loop& loop, std::string name, Read read,
                           std::int64_t time_limit_ns, Listener& listener)
    : loop_(loop),
      name_(std::move(name)),
      read_files_(std::move(read)),
      time_limit_ns_(time_limit_ns),
      listener_(listener) {}

ConfigReader::~ConfigReader() {
  if (process_.pid > 0) {
    kill(process_.pid, SIGKILL);
    to_reap_.push_back(process_.pid);
  }
  if (process_.pipe >= 0) close(process_.pipe);
  std::for_each(to_reap_.begin(), to_reap_.end(), HasEnded);
}

void ConfigReader::Start() {
  if (running_) {
    again_ = true;
  } else {
    Begin();
  }
}

void ConfigReader::Begin() {
  running_ = true;
  bytes_.clear();
  given_up_.reset();
  Reap(loop_.now_ns());
  if (to_reap_.size() >= kStuckMax) {
    return GiveUp(absl::StrCat(to_reap_.size(),
                               " earlier attempts to read it are still asleep in "
                               "the kernel: the disk does not answer; try again when it does"));
  }
  absl::StatusOr<WriterProcess> process =
      StartWriterProcess([this] { return config::Pack(read_files_()); });
  if (!process.ok()) return GiveUp(absl::StrCat("cannot be read: ", process.status().message()));
  process_ = *process;
  loop_.Arm(limit_, loop_.clock_ns() + time_limit_ns_);
  ReadOn();
}

void ConfigReader::ReadOn() { loop_.Read(process_.pipe, std::span(buffer_), read_); }

void ConfigReader::OnRead(const ring::Result& result) {
  if (given_up_) return Finish(Problem(*given_up_));
  if (result.value > 0) {
    bytes_.append(reinterpret_cast<const char*>(buffer_.data()),
                  static_cast<std::size_t>(result.value));
    return ReadOn();
  }
  switch (result.value) {
    case 0:
      break;
    case -EAGAIN:  // kernels that don't wait for a non-blocking descriptor on their own
    case -EINTR:
    case -ENOMEM:
      return loop_.Poll(process_.pipe, POLLIN, readable_);
    default:
      return Finish(Problem(absl::StrCat(
          "cannot be read: ", std::generic_category().message(-result.value), "; try again")));
  }
  std::optional<config::SourceFiles> files = config::Unpack(bytes_);
  if (files) return Finish(*std::move(files));
  Finish(
      Problem("cannot be read: the process that reads it has ended before it was done; look in "
              "the kernel log who ended it (the OOM killer?) and try again"));
}

void ConfigReader::OnReadable(const ring::Result&) {
  if (given_up_) return Finish(Problem(*given_up_));
  ReadOn();
}

void ConfigReader::OnLimit(std::int64_t now_ns) {
  if (process_.pid == 0) return Finish(Problem(*given_up_));
  GiveUp(absl::StrCat("could not be read within ",
                      absl::FormatDuration(absl::Nanoseconds(time_limit_ns_)),
                      ": the disk does not answer; try again when it does"));
  kill(process_.pid, SIGKILL);
  loop_.Cancel(read_);
  loop_.Cancel(readable_);
  loop_.Arm(limit_, now_ns + kWithdrawAgainNs);
}

// What is out, or a timer, comes back and finishes.
void ConfigReader::GiveUp(std::string why) {
  given_up_ = std::move(why);
  if (process_.pid == 0) loop_.Arm(limit_, loop_.now_ns());
}

void ConfigReader::Finish(config::SourceFiles files) {
  loop_.Disarm(limit_);
  if (process_.pid > 0) {
    close(process_.pipe);
    to_reap_.push_back(process_.pid);
    process_ = {};
    reap_pause_ns_ = kReapPauseFirstNs;
    Reap(loop_.now_ns());
  }
  bytes_ = {};
  running_ = false;
  if (std::exchange(again_, false)) Begin();
  listener_.OnFilesRead(std::move(files));
}

void ConfigReader::Reap(std::int64_t now_ns) {
  to_reap_.erase(std::remove_if(to_reap_.begin(), to_reap_.end(), HasEnded), to_reap_.end());
  if (to_reap_.empty()) return loop_.Disarm(reap_);
  loop_.Arm(reap_, now_ns + reap_pause_ns_);
  reap_pause_ns_ = std::min(2 * reap_pause_ns_, kReapPauseMaxNs);
}

config::SourceFiles ConfigReader::Problem(std::string what) const {
  return {{}, {{name_, 0, std::move(what)}}};
}

}  // namespace pathwatch::service

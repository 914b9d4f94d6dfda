#include "lib/ring/signals.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/ring/bug.h"

namespace pathwatch::ring {
namespace {

absl::Status CallFailed(const char* call, int error) {
  return absl::InternalError(absl::StrCat("signals can't be received: ", call, ": ",
                                          std::generic_category().message(error)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<SignalSource>> SignalSource::Create(Loop& loop,
                                                                   std::span<const int> signals,
                                                                   Handler handler) {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : signals) sigaddset(&set, number);
  const int error = ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  if (error != 0) return CallFailed("pthread_sigmask", error);
  // Non-blocking, so that the kernel reads inline instead of in a worker that would sleep there.
  const int fd = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd < 0) return CallFailed("signalfd", errno);
  std::unique_ptr<SignalSource> source(new SignalSource(loop, fd, std::move(handler)));
  source->StartRead();
  return source;
}

SignalSource::SignalSource(Loop& loop, int fd, Handler handler)
    : loop_(loop), fd_(fd), handler_(std::move(handler)) {}

SignalSource::~SignalSource() { ::close(fd_); }

void SignalSource::StartRead() {
  loop_.Read(fd_, std::as_writable_bytes(std::span(&signal_, 1)), read_);
}

void SignalSource::OnRead(const Result& result) {
  switch (result.value) {
    case sizeof(signalfd_siginfo): {
      const int number = static_cast<int>(signal_.ssi_signo);
      StartRead();
      handler_(number);
      return;
    }
    case -EAGAIN:  // kernels that don't wait for a non-blocking descriptor on their own
    case -EINTR:
    case -ENOMEM:
      loop_.Poll(fd_, POLLIN, readable_);
      return;
    default:
      // signalfd(2) knows no other outcome; without signals nobody could stop the program.
      Bug(absl::StrCat("reading a signalfd returned ", result.value));
  }
}

void SignalSource::OnReadable(const Result&) { StartRead(); }

}  // namespace pathwatch::ring

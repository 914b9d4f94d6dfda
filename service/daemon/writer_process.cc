#include "service/daemon/writer_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <string_view>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::service {
namespace {

constexpr int kFailed = 1;

absl::Status Failed(std::string_view what, int error) {
  return absl::UnavailableError(absl::StrCat(
      std::string(what), ": ", std::generic_category().message(error),
      "; free memory, or raise the limits of the service (LimitNOFILE, TasksMax), and try again"));
}

void CloseAllBut(int file) {
  if (file > 0) close_range(0, static_cast<unsigned>(file) - 1, 0);
  close_range(static_cast<unsigned>(file) + 1, UINT_MAX, 0);
}

void ResetSignals() {
  // One that is sent to all processes of this name is for the daemon.
  signal(SIGHUP, SIG_IGN);
  // Nobody may want the text any more.
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = write(file, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

[[noreturn]] void RunChild(pid_t parent, int pipe, const std::function<std::string()>& make) {
  CloseAllBut(pipe);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have ended before that.
  if (getppid() != parent) _exit(kFailed);
  prctl(PR_SET_NAME, "pathwatchd-conf");
  ResetSignals();
  _exit(WriteAll(pipe, make()) ? 0 : kFailed);
}

}  // namespace

absl::StatusOr<WriterProcess> StartWriterProcess(const std::function<std::string()>& make) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return Failed("no pipe can be made", errno);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) RunChild(parent, ends[1], make);
  const int error = errno;
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    return Failed("no process can be started", error);
  }
  // So that the kernel reads inline instead of in a worker that would sleep there. The child's end
  // stays as it is.
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return WriterProcess{pid, ends[0]};
}

}  // namespace pathwatch::service

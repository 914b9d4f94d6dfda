#include "service/cli/multipathd_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::cli {
namespace {

using Clock = std::chrono::steady_clock;

// As much as multipathd's own command line takes.
constexpr std::size_t kReplyMax = 32U << 20;
constexpr std::size_t kChunk = 64U << 10;

int MillisecondsUntil(Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT32_MAX));
}

// A connection, of which everything has to happen before one moment.
class Conversation {
 public:
  Conversation(const std::string& name, Clock::time_point end) : name_(name), end_(end) {}
  ~Conversation() {
    if (fd_ >= 0) ::close(fd_);
  }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  absl::Status Connect();
  absl::Status Send(std::string_view bytes);
  // Exactly so many bytes.
  absl::StatusOr<std::string> Receive(std::size_t size);

 private:
  absl::Status Wait(short events);
  absl::Status PeerIsTrusted() const;
  absl::Status Failed(absl::StatusCode code, const std::string& what) const {
    return {code, absl::StrCat("multipathd's socket ", name_, ": ", what)};
  }
  absl::Status Failed(int error) const {
    return Failed(absl::ErrnoToStatusCode(error), std::strerror(error));
  }

  const std::string& name_;
  Clock::time_point end_;
  int fd_ = -1;
};

absl::Status Conversation::Connect() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name_.size() >= sizeof address.sun_path) return Failed(ENAMETOOLONG);
  name_.copy(address.sun_path, name_.size());
  socklen_t size = sizeof address;
  if (name_.starts_with('@')) {
    address.sun_path[0] = '\0';
    size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name_.size());
  }
  fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd_ < 0) return Failed(errno);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), size) == 0) {
    return PeerIsTrusted();
  }
  return errno == EAGAIN ? Failed(absl::StatusCode::kDeadlineExceeded, "it takes nobody now")
                         : Failed(errno);
}

absl::Status Conversation::PeerIsTrusted() const {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd_, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return Failed(errno);
  if (peer.uid == 0 || peer.uid == ::geteuid()) return absl::OkStatus();
  return Failed(absl::StatusCode::kPermissionDenied,
                absl::StrCat("it is held by user ", peer.uid, ", who is not root"));
}

absl::Status Conversation::Wait(short events) {
  while (true) {
    pollfd look = {.fd = fd_, .events = events, .revents = 0};
    const int ready = ::poll(&look, 1, MillisecondsUntil(end_));
    if (ready > 0) return absl::OkStatus();
    if (ready < 0 && errno != EINTR) return Failed(errno);
    if (ready == 0 || Clock::now() >= end_) {
      return Failed(absl::StatusCode::kDeadlineExceeded, "no answer in time");
    }
  }
}

absl::Status Conversation::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      if (absl::Status ready = Wait(POLLOUT); !ready.ok()) return ready;
    } else if (errno != EINTR) {
      return Failed(errno);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Conversation::Receive(std::size_t size) {
  std::string bytes;
  std::array<char, kChunk> chunk;
  while (bytes.size() < size) {
    if (absl::Status ready = Wait(POLLIN); !ready.ok()) return ready;
    const ssize_t got = ::recv(fd_, chunk.data(), std::min(chunk.size(), size - bytes.size()), 0);
    if (got > 0) {
      bytes.append(chunk.data(), static_cast<std::size_t>(got));
    } else if (got == 0) {
      return Failed(absl::StatusCode::kUnavailable, "closed in the middle of an answer");
    } else if (errno != EINTR && errno != EAGAIN) {
      return Failed(errno);
    }
  }
  return bytes;
}

// A length in the host's byte order, and so many bytes, of which the last is NUL.
std::string Framed(const std::string& text) {
  const std::size_t size = text.size() + 1;
  std::string frame(sizeof size, '\0');
  std::memcpy(frame.data(), &size, sizeof size);
  return frame + text + '\0';
}

absl::StatusOr<std::string> Answer(Conversation& conversation, const std::string& name,
                                   const std::string& command) {
  if (absl::Status sent = conversation.Send(Framed(command)); !sent.ok()) return sent;
  std::size_t size = 0;
  const auto head = conversation.Receive(sizeof size);
  if (!head.ok()) return head.status();
  std::memcpy(&size, head->data(), sizeof size);
  if (size == 0 || size >= kReplyMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("multipathd's socket ", name, ": an answer of ", size, " bytes is none"));
  }
  auto body = conversation.Receive(size);
  if (body.ok() && body->ends_with('\0')) body->pop_back();
  return body;
}

}  // namespace

std::vector<std::string> MultipathdSockets() {
  return {"@/org/kernel/linux/storage/multipathd", "/run/multipathd.socket"};
}

absl::StatusOr<std::string> AskMultipathd(const std::vector<std::string>& sockets,
                                          const std::string& command,
                                          std::chrono::milliseconds patience) {
  const Clock::time_point end = Clock::now() + patience;
  absl::Status failed = absl::UnavailableError("multipathd has no socket");
  bool first = true;
  for (const std::string& name : sockets) {
    Conversation conversation(name, end);
    absl::Status connected = conversation.Connect();
    if (connected.ok()) return Answer(conversation, name, command);
    // That nobody listens is the least that can be said.
    const bool nobody = absl::IsNotFound(connected) || absl::IsUnavailable(connected);
    if (std::exchange(first, false) || !nobody) failed = std::move(connected);
  }
  return failed;
}

}  // namespace pathwatch::cli

#include "lib/query/client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/query/json_text.h"
#include "lib/query/unix_address.h"

namespace pathwatch::query {
namespace {

using Clock = std::chrono::steady_clock;

// For connecting and sending, which wait only for a daemon that hangs.
constexpr timeval kPatience = {.tv_sec = 10, .tv_usec = 0};
constexpr std::size_t kChunk = 64 << 10;

absl::Status ConnectFailed(const std::string& path, int error) {
  const std::string where = absl::StrCat("the query socket ", path);
  switch (error) {
    case ENOENT:
    case ECONNREFUSED:
      return absl::UnavailableError(absl::StrCat(
          "nobody listens on ", where, ": start pathwatchd ('systemctl start pathwatchd')"));
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(
          absl::StrCat("no right to use ", where,
                       ": ask as root, or as a member of the group that it belongs to"));
    case EPROTOTYPE:
      return absl::InvalidArgumentError(
          absl::StrCat(where, " is a socket of another kind: name that of the query interface"));
    case EAGAIN:
      return absl::UnavailableError(
          absl::StrCat(where, " takes nobody at the moment: is pathwatchd stopped?"));
    default:
      return absl::ErrnoToStatus(error, absl::StrCat("cannot connect to ", where));
  }
}

absl::StatusOr<Reply> ReplyFrom(std::string_view frame) {
  Reply reply;
  rapidjson::Document& document = reply.parameters;
  document.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(
      frame.data(), frame.size());
  if (document.HasParseError() || !document.IsObject()) {
    return absl::InternalError(
        "what the daemon sent is no Varlink reply: is the socket that of pathwatchd?");
  }
  const auto error = document.FindMember("error");
  if (error != document.MemberEnd() && error->value.IsString()) {
    reply.error.assign(error->value.GetString(), error->value.GetStringLength());
  }
  const auto continues = document.FindMember("continues");
  reply.continues = continues != document.MemberEnd() && continues->value.IsTrue();
  rapidjson::Value parameters(rapidjson::kObjectType);
  const auto found = document.FindMember("parameters");
  if (found != document.MemberEnd() && found->value.IsObject()) parameters = found->value;
  static_cast<rapidjson::Value&>(document).Swap(parameters);
  return reply;
}

int MillisecondsUntil(Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, INT32_MAX));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Client>> Client::Connect(const std::string& path) {
  const auto address = UnixAddress(path);
  if (!address.ok()) return address.status();
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return absl::ErrnoToStatus(errno, "cannot create a socket");
  std::unique_ptr<Client> client(new Client(fd, path));
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
    return ConnectFailed(path, errno);
  }
  return client;
}

Client::Client(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}

Client::~Client() { ::close(fd_); }

absl::Status Client::Send(std::string_view method, std::string_view parameters, bool more) {
  std::string frame = "{\"method\":";
  AppendJsonString(method, frame);
  frame += ",\"parameters\":";
  frame += parameters;
  frame += more ? ",\"more\":true}" : "}";
  frame += '\0';
  for (std::string_view rest = frame; !rest.empty();) {
    const ssize_t sent = ::send(fd_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EPIPE || errno == ECONNRESET) {
      return absl::OkStatus();
    } else if (errno != EINTR) {
      return absl::ErrnoToStatus(
          errno, absl::StrCat("cannot send to ", path_, ": is pathwatchd stopped?"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Reply> Client::Receive(std::int64_t timeout_ms) {
  const Clock::time_point end = Clock::now() + std::chrono::milliseconds(timeout_ms);
  std::size_t nul = received_.find('\0', scanned_);
  while (nul == std::string::npos) {
    pollfd look = {.fd = fd_, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&look, 1, MillisecondsUntil(end));
    if (ready < 0 && errno != EINTR) return absl::ErrnoToStatus(errno, "poll");
    if (ready < 0 && Clock::now() < end) continue;
    if (ready <= 0) {
      return absl::DeadlineExceededError(absl::StrCat(
          "no reply from ", path_, " within ", timeout_ms, " ms: is pathwatchd overloaded?"));
    }
    const absl::Status status = ReceiveMore();
    if (!status.ok()) return status;
    nul = received_.find('\0', scanned_);
  }
  const std::string_view frame = std::string_view(received_).substr(taken_, nul - taken_);
  taken_ = scanned_ = nul + 1;
  return ReplyFrom(frame);
}

// REQUIRES: there is something to receive, or the end.
absl::Status Client::ReceiveMore() {
  received_.erase(0, std::exchange(taken_, 0));
  scanned_ = received_.size();
  const std::size_t before = received_.size();
  received_.resize(before + kChunk);
  const ssize_t got = ::recv(fd_, received_.data() + before, kChunk, MSG_DONTWAIT);
  const int error = errno;
  received_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got > 0) return absl::OkStatus();
  if (got < 0 && (error == EINTR || error == EAGAIN)) return absl::OkStatus();
  if (got < 0 && error != ECONNRESET) {
    return absl::ErrnoToStatus(error, absl::StrCat("cannot receive from ", path_));
  }
  return absl::UnavailableError(absl::StrCat("pathwatchd has closed the connection to ", path_,
                                             ": try again when it runs again"));
}

}  // namespace pathwatch::query

#include "lib/ring/datagram_source.h"

#include <poll.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace pathwatch::ring {
namespace {

absl::Status SocketFailed(const char* what, int error) {
  return absl::InternalError(absl::StrCat("datagrams can't be received: ", what, ": ",
                                          std::generic_category().message(error)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DatagramSource>> DatagramSource::Create(Loop& loop, int fd,
                                                                       std::size_t bytes_max,
                                                                       DatagramReceiver& receiver) {
  const int on = 1;
  if (::setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof(on)) != 0) {
    return SocketFailed("SO_PASSCRED", errno);
  }
  std::unique_ptr<DatagramSource> source(new DatagramSource(loop, fd, bytes_max, receiver));
  source->StartReceive();
  return source;
}

DatagramSource::DatagramSource(Loop& loop, int fd, std::size_t bytes_max,
                               DatagramReceiver& receiver)
    : loop_(loop), fd_(fd), receiver_(receiver), bytes_(bytes_max) {}

void DatagramSource::StartReceive() {
  buffer_ = {.iov_base = bytes_.data(), .iov_len = bytes_.size()};
  message_ = {};
  message_.msg_name = &from_;
  message_.msg_namelen = sizeof(from_);
  message_.msg_iov = &buffer_;
  message_.msg_iovlen = 1;
  message_.msg_control = control_.data();
  message_.msg_controllen = control_.size();
  loop_.ReceiveMessage(fd_, message_, received_);
}

void DatagramSource::OnReceived(const Result& result) {
  if (result.value == -EAGAIN || result.value == -EINTR || result.value == -ENOMEM) {
    loop_.Poll(fd_, POLLIN, readable_);
    return;
  }
  if (result.value == -ENOBUFS) {
    receiver_.OnDatagramsLost();
    StartReceive();
    return;
  }
  if (result.value < 0) {
    receiver_.OnDatagramsEnded(SocketFailed("recvmsg", -result.value));
    return;
  }
  const Datagram datagram = {
      .bytes = std::span(bytes_).first(static_cast<std::size_t>(result.value)),
      .truncated = (message_.msg_flags & MSG_TRUNC) != 0,
      .sender = Sender(),
      .from = std::as_bytes(std::span(&from_, 1)).first(message_.msg_namelen),
  };
  receiver_.OnDatagram(datagram);
  StartReceive();
}

void DatagramSource::OnReadable(const Result&) { StartReceive(); }

ucred DatagramSource::Sender() {
  ucred sender = {.pid = 0, .uid = static_cast<uid_t>(-1), .gid = static_cast<gid_t>(-1)};
  for (cmsghdr* part = CMSG_FIRSTHDR(&message_); part != nullptr;
       part = CMSG_NXTHDR(&message_, part)) {
    if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_CREDENTIALS &&
        part->cmsg_len == CMSG_LEN(sizeof(sender))) {
      std::memcpy(&sender, CMSG_DATA(part), sizeof(sender));
    }
  }
  return sender;
}

}  // namespace pathwatch::ring

// The socket of a connection: what is out in the ring, and what comes back from it.
#include <linux/sockios.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <span>

#include "lib/query/connection.h"

namespace pathwatch::query {

void Connection::StartRead() {
  if (read_.pending()) {
    // Memory for a long call would be held for as long as the client is idle.
    if (frames_.oversized()) environment_.loop.Cancel(read_);
    return;
  }
  if (input_ended_ || last_written_) return;
  const std::span<std::byte> room = frames_.Room();
  if (!room.empty()) environment_.loop.Read(fd_, room, read_);
}

void Connection::OnRead(const ring::Result& result) {
  if (result.value > 0) {
    frames_.Filled(static_cast<std::size_t>(result.value));
    has_called_ = has_called_ || frames_.has_frame();
  } else if (result.value != -ECANCELED && result.value != -EINTR) {
    input_ended_ = true;
    if (result.value < 0) Gone();
  }
  Advance();
}

void Connection::StartWrite() {
  if (gone_ || write_.pending() || output_.unread() == 0) return;
  environment_.loop.Write(fd_, output_.Next(), write_);
  if (!stall_.armed()) ArmStall();
}

void Connection::OnWritten(const ring::Result& result) {
  if (result.value > 0) {
    output_.Written(static_cast<std::size_t>(result.value));
    environment_.loop.Disarm(stall_);
  } else if (result.value != -EINTR) {
    Gone();
  }
  Advance();
}

// Of what was written; the kernel counts what is read only when whole pieces of it are.
int Connection::UnreadInSocket() const {
  int bytes = 0;
  return ::ioctl(fd_, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

void Connection::ArmStall() {
  unread_in_socket_ = UnreadInSocket();
  environment_.loop.Arm(stall_, environment_.loop.now_ns() + environment_.limits.stall_time_ns);
}

void Connection::OnHungUp(const ring::Result& result) {
  if (result.value > 0 && (result.value & (POLLHUP | POLLERR)) != 0) {
    Gone();
  } else if (!closing_) {
    // A half close ends the poll too, and would end every other one at once.
    environment_.loop.Arm(gone_check_, environment_.loop.now_ns() + kGoneCheckNs);
  }
  Advance();
}

void Connection::OnGoneCheck(ring::TimeNs now_ns) {
  pollfd look = {.fd = fd_, .events = 0, .revents = 0};
  if (::poll(&look, 1, 0) == 1) {
    Gone();
  } else {
    environment_.loop.Arm(gone_check_, now_ns + kGoneCheckNs);
  }
  Advance();
}

void Connection::Close() {
  closing_ = true;
  if (answer_) EndCall();
  environment_.turns.Remove(*this);
  environment_.loop.Disarm(gone_check_);
  environment_.loop.Disarm(call_time_);
  environment_.loop.Disarm(stall_);
  environment_.loop.Cancel(read_);
  environment_.loop.Cancel(write_);
  environment_.loop.Cancel(hang_up_);
  // For what can't be cancelled; the client still reads what it was sent.
  ::shutdown(fd_, SHUT_RDWR);
  EndIfUnused();
}

void Connection::EndIfUnused() {
  if (read_.pending() || write_.pending() || hang_up_.pending()) return;
  environment_.owner.OnEnded(*this);
}

}  // namespace pathwatch::query

#include "lib/query/acceptor.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace pathwatch::query {

Acceptor::Acceptor(ring::Loop& loop, int listener, ClientTaker& taker)
    : loop_(loop), listener_(listener), taker_(taker) {
  Start();
}

Acceptor::~Acceptor() { ::close(listener_); }

void Acceptor::Start() { loop_.Accept(listener_, accepted_); }

void Acceptor::OnAccepted(const ring::Result& result) {
  if (result.value >= 0) {
    Start();
    taker_.OnClient(result.value);
    return;
  }
  switch (-result.value) {
    case ECONNABORTED:  // this client has given up; the next may wait
    case EINTR:
      Start();
      return;
    case EAGAIN:  // kernels that don't wait for a non-blocking descriptor on their own
      loop_.Poll(listener_, POLLIN, readable_);
      return;
    default:
      loop_.Arm(pause_, loop_.now_ns() + kPauseNs);
  }
}

void Acceptor::OnReadable(const ring::Result& result) {
  if (result.value >= 0) {
    Start();
  } else {
    loop_.Arm(pause_, loop_.now_ns() + kPauseNs);
  }
}

void Acceptor::OnPauseOver(ring::TimeNs) { Start(); }

}  // namespace pathwatch::query

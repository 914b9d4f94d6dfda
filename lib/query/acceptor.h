// Takes the clients of a listening socket, one after the other.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_ACCEPTOR_H_
#define PATHWATCH_LIB_QUERY_ACCEPTOR_H_

#include "lib/ring/loop.h"

namespace pathwatch::query {

class ClientTaker {
 public:
  // Owns the descriptor from now on.
  virtual void OnClient(int fd) = 0;

 protected:
  ~ClientTaker() = default;
};

class Acceptor final {
 public:
  // Where there is no descriptor or no memory for a client, it waits as long before the next try.
  static constexpr ring::TimeNs kPauseNs = 100'000'000;

  // Owns `listener`, blocking or not. Must outlive `loop`; `taker` must outlive the acceptor.
  Acceptor(ring::Loop& loop, int listener, ClientTaker& taker);
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

 private:
  void Start();
  void OnAccepted(const ring::Result& result);
  void OnReadable(const ring::Result& result);
  void OnPauseOver(ring::TimeNs now_ns);

  ring::Loop& loop_;
  const int listener_;
  ClientTaker& taker_;
  ring::Bound<Acceptor, &Acceptor::OnAccepted> accepted_{*this};
  ring::Bound<Acceptor, &Acceptor::OnReadable> readable_{*this};
  ring::BoundTimer<Acceptor, &Acceptor::OnPauseOver> pause_{*this};
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_ACCEPTOR_H_

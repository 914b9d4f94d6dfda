// One client: what it sends becomes calls, which are answered one after the other.
//
// While an answer is in progress further calls wait in the input buffer, and when that is full, in
// the socket. A client that says nothing more (a half close) still gets its answers. One that is
// gone loses the answer in progress at once; of its calls that wait, those are carried out that
// want no reply.
//
// A connection ends by itself, whenever there is nothing left to do for the client, or when it is
// too slow; its owner is told when nothing of it is in the ring any more.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_CONNECTION_H_
#define PATHWATCH_LIB_QUERY_CONNECTION_H_

#include <memory>
#include <string>

#include "lib/query/answer.h"
#include "lib/query/dispatcher.h"
#include "lib/query/frames.h"
#include "lib/query/limits.h"
#include "lib/query/output.h"
#include "lib/query/reply_writer.h"
#include "lib/query/statistics.h"
#include "lib/query/turns.h"
#include "lib/ring/loop.h"

namespace pathwatch::query {

class Connection;

class ConnectionOwner {
 public:
  // The connection begins to answer a call, for which the returned number stands from now on.
  virtual CallId OnCallBegins(Connection& connection) = 0;
  virtual void OnCallEnds(CallId call) = 0;
  // The connection is to be destroyed: at once, the caller doesn't touch it any more.
  virtual void OnEnded(Connection& connection) = 0;

 protected:
  ~ConnectionOwner() = default;
};

class Connection final : private Turns::Taker {
 public:
  // What all connections of a server share; must outlive them.
  struct Environment {
    ring::Loop& loop;
    const Limits& limits;
    Dispatcher& dispatcher;
    Turns& turns;
    Statistics& statistics;
    ConnectionOwner& owner;
  };

  // How often it is looked whether a client that has closed its half is gone: no event says so.
  static constexpr ring::TimeNs kGoneCheckNs = 1'000'000'000;

  // Owns `fd`, a blocking stream socket. Must outlive the loop, unless OnEnded() is called.
  Connection(const Environment& environment, int fd, const Caller& caller);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // The answer may go on. To be called between OnCallBegins() and OnCallEnds().
  void Wake();

  // The call in progress, if there is one, is over without its last reply.
  void DropAnswer() {
    if (answer_) EndCall();
  }

  const Caller& caller() const { return caller_; }

 private:
  void TakeTurn(ring::TimeNs end_ns) override;
  bool StartCall();
  void ContinueAnswer(ring::TimeNs end_ns);
  void EndCall();
  void SayBadCall(const std::string& problem);

  // Does whatever is to be done next; last in every callback, as it may destroy the connection.
  void Advance();
  bool IsFinished() const;
  bool HasWork() const;
  void StartRead();
  void StartWrite();
  void WatchCallTime();
  void Gone();
  void Drop();
  void Close();
  void EndIfUnused();

  int UnreadInSocket() const;
  void ArmStall();

  void OnRead(const ring::Result& result);
  void OnWritten(const ring::Result& result);
  void OnHungUp(const ring::Result& result);
  void OnGoneCheck(ring::TimeNs now_ns);
  void OnCallTime(ring::TimeNs now_ns);
  void OnStall(ring::TimeNs now_ns);

  const Environment& environment_;
  const int fd_;
  const Caller caller_;
  Frames frames_;
  Output output_;
  ReplyWriter replies_;
  std::unique_ptr<Answer> answer_;
  CallId call_ = 0;
  int unread_in_socket_ = 0;   // when it was last looked
  bool oneway_ = false;        // the call in progress
  bool ready_ = false;         // the answer may go on
  bool has_called_ = false;    // a whole frame was received
  bool input_ended_ = false;   // nothing more comes
  bool last_written_ = false;  // nothing more is read: what waits is written, then comes the end
  bool gone_ = false;          // nobody reads any more
  bool closing_ = false;
  ring::Bound<Connection, &Connection::OnRead> read_{*this};
  ring::Bound<Connection, &Connection::OnWritten> write_{*this};
  ring::Bound<Connection, &Connection::OnHungUp> hang_up_{*this};
  ring::BoundTimer<Connection, &Connection::OnGoneCheck> gone_check_{*this};
  ring::BoundTimer<Connection, &Connection::OnCallTime> call_time_{*this};
  ring::BoundTimer<Connection, &Connection::OnStall> stall_{*this};
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_CONNECTION_H_

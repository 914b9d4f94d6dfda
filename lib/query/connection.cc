#include "lib/query/connection.h"

#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/query/message.h"
#include "lib/ring/bug.h"

namespace pathwatch::query {

Connection::Connection(const Environment& environment, int fd, const Caller& caller)
    : environment_(environment),
      fd_(fd),
      caller_(caller),
      frames_(environment.limits.call_bytes_max),
      replies_(environment.loop, output_, environment.limits.unread_bytes_max) {
  environment_.loop.Poll(fd_, 0, hang_up_);
  Advance();
}

Connection::~Connection() { ::close(fd_); }

void Connection::Wake() {
  ready_ = true;
  if (HasWork()) environment_.turns.Add(*this);
}

void Connection::TakeTurn(ring::TimeNs end_ns) {
  if (HasWork() && (answer_ || StartCall())) ContinueAnswer(end_ns);
  Advance();
}

bool Connection::StartCall() {
  const auto frame = frames_.First();
  if (!frame) {
    SayBadCall(absl::StrCat("it is longer than ", environment_.limits.call_bytes_max, " bytes"));
    return false;
  }
  const absl::StatusOr<CallMessage> call = ParseCall(*frame);
  frames_.DropFirst();
  if (!call.ok()) {
    SayBadCall(std::string(call.status().message()));
    return false;
  }
  if (gone_ && !call->oneway) return false;
  oneway_ = call->oneway;
  replies_.BeginCall(call->more, call->oneway);
  call_ = environment_.owner.OnCallBegins(*this);
  ++environment_.statistics.calls;
  answer_ = environment_.dispatcher.Start(*call, call_, caller_);
  return true;
}

void Connection::ContinueAnswer(ring::TimeNs end_ns) {
  // Before the answer runs: whoever wakes it meanwhile is not forgotten.
  ready_ = false;
  replies_.set_end_ns(end_ns);
  switch (answer_->Continue(replies_)) {
    case Progress::kMore:
      ready_ = true;
      return;
    case Progress::kWaiting:
      return;
    case Progress::kDone:
      if (!replies_.finished()) ring::Bug("an answer was done without a last reply");
      ++environment_.statistics.calls_answered;
      EndCall();
  }
}

void Connection::EndCall() {
  const std::unique_ptr<Answer> answer = std::move(answer_);
  --environment_.statistics.calls;
  environment_.owner.OnCallEnds(std::exchange(call_, 0));
}

void Connection::SayBadCall(const std::string& problem) {
  ++environment_.statistics.bad_calls;
  output_.Append(ErrorFrame(environment_.dispatcher.interface() + ".BadCall",
                            TextParameter("problem", "what was received is no call: " + problem)));
  last_written_ = true;
}

void Connection::Advance() {
  if (closing_) {
    EndIfUnused();
  } else if (IsFinished()) {
    Close();
  } else {
    StartRead();
    StartWrite();
    WatchCallTime();
    if (HasWork()) environment_.turns.Add(*this);
  }
}

bool Connection::IsFinished() const {
  if (output_.unread() > 0 && !gone_) return false;
  if (last_written_) return true;
  return input_ended_ && !answer_ && !frames_.has_frame();
}

bool Connection::HasWork() const {
  if (closing_ || last_written_) return false;
  if (output_.unread() > environment_.limits.unread_bytes_max && !gone_) return false;
  return answer_ ? ready_ : frames_.has_frame() || frames_.too_long();
}

void Connection::WatchCallTime() {
  const bool call_is_due = !has_called_ || frames_.size() > 0;
  if (!call_is_due || input_ended_ || last_written_ || answer_ || frames_.has_frame()) {
    environment_.loop.Disarm(call_time_);
  } else if (!call_time_.armed()) {
    environment_.loop.Arm(call_time_,
                          environment_.loop.now_ns() + environment_.limits.call_time_ns);
  }
}

void Connection::OnCallTime(ring::TimeNs) { Drop(); }

void Connection::OnStall(ring::TimeNs) {
  const bool was_read = UnreadInSocket() < unread_in_socket_;
  if (was_read) {
    ArmStall();
  } else {
    Drop();
  }
}

void Connection::Gone() {
  if (gone_ || closing_) return;
  gone_ = true;
  environment_.loop.Disarm(stall_);
  if (answer_ && !oneway_) EndCall();
}

void Connection::Drop() {
  ++environment_.statistics.dropped;
  Close();
}

}  // namespace pathwatch::query

#include "lib/query/reply_writer.h"

#include "lib/query/message.h"
#include "lib/ring/bug.h"

namespace pathwatch::query {

void ReplyWriter::BeginCall(bool more, bool oneway) {
  state_ = State::kBetween;
  more_ = more;
  oneway_ = oneway;
}

void ReplyWriter::Begin() {
  if (state_ != State::kBetween) ring::Bug("an answer began a reply within or after another one");
  state_ = State::kInReply;
  if (!oneway_) output_.Append(kReplyBegin);
}

void ReplyWriter::Append(std::string_view json) {
  if (state_ != State::kInReply) ring::Bug("an answer wrote outside of a reply");
  if (!oneway_) output_.Append(json);
}

void ReplyWriter::End(bool continues) {
  if (state_ != State::kInReply) ring::Bug("an answer ended a reply that it had not begun");
  if (continues && !more_) ring::Bug("an answer has several replies, but the caller wants one");
  state_ = continues ? State::kBetween : State::kFinished;
  if (!oneway_) output_.Append(continues ? kReplyContinues : kReplyEnd);
}

void ReplyWriter::Fail(std::string_view error, std::string_view parameters) {
  if (state_ != State::kBetween) ring::Bug("an answer failed within or after a reply");
  state_ = State::kFinished;
  if (!oneway_) output_.Append(ErrorFrame(error, parameters));
}

bool ReplyWriter::Enough() { return output_.unread() > unread_max_ || loop_.clock_ns() >= end_ns_; }

}  // namespace pathwatch::query

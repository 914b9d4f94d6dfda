// The replies of one call after the other, as frames in an Output. An answer that breaks the rules
// of Replies is a bug of the service, which ends the program.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_REPLY_WRITER_H_
#define PATHWATCH_LIB_QUERY_REPLY_WRITER_H_

#include <cstddef>
#include <string_view>

#include "lib/query/answer.h"
#include "lib/query/output.h"
#include "lib/ring/loop.h"

namespace pathwatch::query {

class ReplyWriter final : public Replies {
 public:
  // Enough() once more than `unread_max` bytes are unread. Both must outlive the writer.
  ReplyWriter(const ring::Loop& loop, Output& output, std::size_t unread_max)
      : loop_(loop), output_(output), unread_max_(unread_max) {}

  // Another call. With `oneway` nothing is written.
  void BeginCall(bool more, bool oneway);
  // Enough() from this time on.
  void set_end_ns(ring::TimeNs end_ns) { end_ns_ = end_ns; }
  // The last reply of the call is written.
  bool finished() const { return state_ == State::kFinished; }

  void Begin() override;
  void Append(std::string_view json) override;
  void End(bool continues) override;
  void Fail(std::string_view error, std::string_view parameters) override;
  bool Enough() override;

 private:
  enum class State { kBetween, kInReply, kFinished };

  const ring::Loop& loop_;
  Output& output_;
  const std::size_t unread_max_;
  ring::TimeNs end_ns_ = 0;
  State state_ = State::kFinished;
  bool more_ = false;
  bool oneway_ = false;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_REPLY_WRITER_H_

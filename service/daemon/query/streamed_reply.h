// One reply whose JSON goes out as it is written, so that its length costs no memory.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_STREAMED_REPLY_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_STREAMED_REPLY_H_

#include <memory>

#include "lib/query/answer.h"
#include "service/present/json.h"

namespace pathwatch::service {

class StreamedReply {
 public:
  bool begun() const { return json_ != nullptr; }

  // Begins the reply if that has not happened; its parameters are one object, which the caller
  // begins and ends.
  present::Json& Json(query::Replies& replies) {
    if (!begun()) {
      json_ = std::make_unique<present::Json>();
      replies.Begin();
    }
    return *json_;
  }

  // Hands on what has been written since.
  void Pass(query::Replies& replies) {
    replies.Append(json_->Piece());
    json_->DropPiece();
  }

  void End(query::Replies& replies, bool continues) {
    Pass(replies);
    replies.End(continues);
    json_.reset();
  }

 private:
  std::unique_ptr<present::Json> json_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_STREAMED_REPLY_H_

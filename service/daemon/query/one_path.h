// An answer about one path, which is looked for first.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_ONE_PATH_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_ONE_PATH_H_

#include <cstdint>
#include <string>

#include "lib/query/answer.h"
#include "service/daemon/query/path_search.h"
#include "service/daemon/query/published.h"
#include "service/daemon/query/streamed_reply.h"
#include "service/present/path_json.h"

namespace pathwatch::service {

class OnePathAnswer : public query::Answer {
 public:
  OnePathAnswer(const Published& published, const std::string& name)
      : published_(published), search_(name) {}

  query::Progress Continue(query::Replies& replies) final {
    if (!searched_) {
      if (!search_.Continue(file(), replies)) return query::Progress::kMore;
      searched_ = true;
    }
    // It may have gone since.
    if (!search_.slot() || file().path(*search_.slot()) == nullptr) {
      search_.Fail(replies);
      return query::Progress::kDone;
    }
    return GoOn(*search_.slot(), replies);
  }

 protected:
  const publish::StateFile& file() const { return published_.file; }
  present::Clocks clocks() const { return published_.clocks(); }

  // {"path":{...}}, the last reply.
  void ReplyWithPath(std::uint32_t slot, const present::PathFields& fields,
                     query::Replies& replies) const {
    StreamedReply reply;
    present::Json& json = reply.Json(replies);
    json.BeginObject();
    json.Key("path");
    WritePath(FactsOf(file(), slot), fields, clocks(), json);
    json.EndObject();
    reply.End(replies, /*continues=*/false);
  }

 private:
  // As Continue. There is a path in that slot.
  virtual query::Progress GoOn(std::uint32_t slot, query::Replies& replies) = 0;

  const Published& published_;
  PathSearch search_;
  bool searched_ = false;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_ONE_PATH_H_

#include "service/daemon/query/status_answer.h"

#include "service/daemon/query/streamed_reply.h"
#include "service/present/status_json.h"

namespace pathwatch::service {
namespace {

class StatusAnswer final : public query::Answer {
 public:
  explicit StatusAnswer(const Published& published)
      : file_(published.file), clocks_(published.clocks()), summarizer_(clocks_.boot_now_ns) {}

  query::Progress Continue(query::Replies& replies) override {
    const bool all = walk_.Continue(file_.end_of(PW_SECTION_PATHS), Walk::kLook, replies,
                                    [this](std::uint32_t slot) {
                                      const pw_path_record* path = file_.path(slot);
                                      if (path != nullptr) summarizer_.Add(*path);
                                    });
    if (!all) return query::Progress::kMore;
    const bool all_luns = lun_walk_.Continue(file_.end_of(PW_SECTION_LUNS), Walk::kLook, replies,
                                             [this](std::uint32_t slot) {
                                               const pw_lun_record* lun = file_.lun(slot);
                                               if (lun != nullptr) summarizer_.Add(slot, *lun);
                                             });
    if (!all_luns) return query::Progress::kMore;
    const pw_header& header = file_.published_header();
    const present::StatusFacts facts = {header, clocks_.boot_now_ns - header.heartbeat_boottime_ns,
                                        /*stale=*/false, file_.counters(), summarizer_.summary()};
    StreamedReply reply;
    WriteStatus(facts, clocks_, reply.Json(replies));
    reply.End(replies, /*continues=*/false);
    return query::Progress::kDone;
  }

 private:
  const publish::StateFile& file_;
  const present::Clocks clocks_;
  present::Summarizer summarizer_;
  Walk walk_;
  Walk lun_walk_;
};

}  // namespace

std::unique_ptr<query::Answer> GetStatus(const Published& published) {
  return std::make_unique<StatusAnswer>(published);
}

}  // namespace pathwatch::service

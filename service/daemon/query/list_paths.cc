#include <utility>

#include "service/daemon/query/parameters.h"
#include "service/daemon/query/path_answers.h"
#include "service/daemon/query/path_filter.h"
#include "service/daemon/query/streamed_reply.h"

namespace pathwatch::service {
namespace {

constexpr std::int64_t kPageDefault = 500;
constexpr std::int64_t kPageMax = 10'000;

class ListPathsAnswer final : public query::Answer {
 public:
  // `page`: paths per reply; 0: all in one.
  ListPathsAnswer(const Published& published, PathFilter filter, const present::PathFields& fields,
                  std::int64_t page)
      : file_(published.file),
        clocks_(published.clocks()),
        filter_(std::move(filter)),
        fields_(fields),
        page_(page) {}

  query::Progress Continue(query::Replies& replies) override {
    const bool all = walk_.Continue(file_.end_of(PW_SECTION_PATHS), Walk::kWrite, replies,
                                    [&](std::uint32_t slot) { Take(slot, replies); });
    if (!all) return query::Progress::kMore;
    Close(replies, /*continues=*/false);
    return query::Progress::kDone;
  }

 private:
  void Take(std::uint32_t slot, query::Replies& replies) {
    const pw_path_record* path = file_.path(slot);
    if (path == nullptr || !filter_.Fits(*path)) return;
    // Only now it is known that the page before was not the last one.
    if (page_ != 0 && in_reply_ == page_) Close(replies, /*continues=*/true);
    present::Json& json = Open(replies);
    WritePath(FactsOf(file_, slot), fields_, clocks_, json);
    reply_.Pass(replies);
    ++in_reply_;
  }

  present::Json& Open(query::Replies& replies) {
    const bool begins = !reply_.begun();
    present::Json& json = reply_.Json(replies);
    if (begins) {
      json.BeginObject();
      json.BeginArray("paths");
    }
    return json;
  }

  void Close(query::Replies& replies, bool continues) {
    present::Json& json = Open(replies);
    json.EndArray();
    json.EndObject();
    reply_.End(replies, continues);
    in_reply_ = 0;
  }

  const publish::StateFile& file_;
  const present::Clocks clocks_;
  const PathFilter filter_;
  const present::PathFields fields_;
  const std::int64_t page_;
  Walk walk_;
  StreamedReply reply_;
  std::int64_t in_reply_ = 0;
};

}  // namespace

std::unique_ptr<query::Answer> ListPaths(const query::Call& call, const Published& published) {
  auto filter = PathFilter::Of(call.parameters);
  if (const auto* bad = std::get_if<BadParameter>(&filter)) {
    return query::InvalidParameter(bad->name);
  }
  const auto fields = FieldsOf(call.parameters);
  if (!fields) return query::InvalidParameter("fields");
  const std::int64_t page = NumberOf(call.parameters, "page").value_or(kPageDefault);
  if (page < 1 || page > kPageMax) return query::InvalidParameter("page");
  return std::make_unique<ListPathsAnswer>(published, std::get<PathFilter>(std::move(filter)),
                                           *fields, call.more ? page : 0);
}

}  // namespace pathwatch::service

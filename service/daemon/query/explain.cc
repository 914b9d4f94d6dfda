#include <optional>

#include "service/daemon/query/one_path.h"
#include "service/daemon/query/parameters.h"
#include "service/daemon/query/path_answers.h"
#include "service/daemon/query/streamed_reply.h"
#include "service/present/change_text.h"
#include "service/present/story.h"

namespace pathwatch::service {
namespace {

class ExplainAnswer final : public OnePathAnswer {
 public:
  using OnePathAnswer::OnePathAnswer;

 private:
  query::Progress GoOn(std::uint32_t slot, query::Replies& replies) override {
    if (!neighbours_) neighbours_.emplace(*file().path(slot));
    const bool all = walk_.Continue(file().end_of(PW_SECTION_PATHS), Walk::kLook, replies,
                                    [this](std::uint32_t other) {
                                      const pw_path_record* path = file().path(other);
                                      if (path != nullptr) neighbours_->Add(*path);
                                    });
    if (!all) return query::Progress::kMore;
    StreamedReply reply;
    Write(slot, reply.Json(replies));
    reply.End(replies, /*continues=*/false);
    return query::Progress::kDone;
  }

  void Write(std::uint32_t slot, present::Json& json) const {
    const present::Clocks now = clocks();
    const present::PathFacts facts = FactsOf(file(), slot);
    json.BeginObject();
    json.Key("path");
    WritePath(facts, present::PathFields::All(), now, json);
    json.BeginArray("sentences");
    const auto tell = [&json](const std::vector<std::string>& lines) {
      for (const std::string& line : lines) json.TextElement(line);
    };
    tell(DescribePath(facts, now));
    tell(DescribeState(facts, now));
    tell(neighbours_->Describe(facts.nexus, now));
    json.EndArray();
    WriteHistory(file().history(slot), facts.path, now, json);
    json.Text("remedy", Advice(facts, now.boot_now_ns));
    json.EndObject();
  }

  Walk walk_;
  std::optional<present::Neighbours> neighbours_;
};

}  // namespace

std::unique_ptr<query::Answer> Explain(const query::Call& call, const Published& published) {
  return std::make_unique<ExplainAnswer>(published, TextOf(call.parameters, "path"));
}

}  // namespace pathwatch::service

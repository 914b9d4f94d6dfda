#include "service/daemon/query/one_path.h"
#include "service/daemon/query/parameters.h"
#include "service/daemon/query/path_answers.h"

namespace pathwatch::service {
namespace {

class GetPathAnswer final : public OnePathAnswer {
 public:
  GetPathAnswer(const Published& published, const std::string& name,
                const present::PathFields& fields)
      : OnePathAnswer(published, name), fields_(fields) {}

 private:
  query::Progress GoOn(std::uint32_t slot, query::Replies& replies) override {
    ReplyWithPath(slot, fields_, replies);
    return query::Progress::kDone;
  }

  const present::PathFields fields_;
};

}  // namespace

std::unique_ptr<query::Answer> GetPath(const query::Call& call, const Published& published) {
  const auto fields = FieldsOf(call.parameters);
  if (!fields) return query::InvalidParameter("fields");
  return std::make_unique<GetPathAnswer>(published, TextOf(call.parameters, "path"), *fields);
}

}  // namespace pathwatch::service

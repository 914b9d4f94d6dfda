#include "lib/query/answer.h"

#include <utility>

#include "lib/query/json_text.h"

namespace pathwatch::query {
namespace {

class OneReply final : public Answer {
 public:
  explicit OneReply(std::string parameters) : parameters_(std::move(parameters)) {}

  Progress Continue(Replies& replies) override {
    replies.Begin();
    replies.Append(parameters_);
    replies.End(/*continues=*/false);
    return Progress::kDone;
  }

 private:
  const std::string parameters_;
};

class OneError final : public Answer {
 public:
  OneError(std::string error, std::string parameters)
      : error_(std::move(error)), parameters_(std::move(parameters)) {}

  Progress Continue(Replies& replies) override {
    replies.Fail(error_, parameters_);
    return Progress::kDone;
  }

 private:
  const std::string error_;
  const std::string parameters_;
};

}  // namespace

std::unique_ptr<Answer> Success(std::string parameters) {
  return std::make_unique<OneReply>(std::move(parameters));
}

std::unique_ptr<Answer> Failure(std::string error, std::string parameters) {
  return std::make_unique<OneError>(std::move(error), std::move(parameters));
}

std::unique_ptr<Answer> InvalidParameter(std::string_view parameter) {
  return Failure("org.varlink.service.InvalidParameter", TextParameter("parameter", parameter));
}

std::unique_ptr<Answer> ExpectedMore() { return Failure("org.varlink.service.ExpectedMore"); }

std::unique_ptr<Answer> PermissionDenied() {
  return Failure("org.varlink.service.PermissionDenied");
}

std::string TextParameter(std::string_view name, std::string_view value) {
  std::string parameters = "{";
  AppendJsonString(name, parameters);
  parameters += ':';
  AppendJsonString(value, parameters);
  parameters += '}';
  return parameters;
}

}  // namespace pathwatch::query

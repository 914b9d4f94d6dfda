// A service for tests of the server: answers that are long, that wait, and that keep count.
#ifndef PATHWATCH_TESTS_QUERY_TEST_SERVICE_H_
#define PATHWATCH_TESTS_QUERY_TEST_SERVICE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/query/answer.h"

namespace pathwatch::query {

inline constexpr std::string_view kTestDescription = R"(interface org.example.test
type Inner (number: int, words: ?[]string)
method Echo(text: string, inner: ?Inner) -> (text: string)
# Replies with the numbers from 1, each with so many bytes more.
method Count(to: int, bytes: ?int) -> (number: int, filler: string)
# Replies when it is let go.
method Hold(name: string) -> (name: string)
method WhoAmI() -> (pid: int, uid: int, privileged: bool)
error BadCall (problem: string)
error TooMany (what: string, limit: int, option: string)
)";

class TestService final : public Service {
 public:
  std::unique_ptr<Answer> Start(const Call& call) override {
    started.emplace_back(call.method);
    if (on_start) on_start(call.id);
    const auto& parameters = call.parameters;
    if (call.method == "WhoAmI") {
      return Success(absl::StrCat("{\"pid\":", call.caller.pid, ",\"uid\":", call.caller.uid,
                                  ",\"privileged\":", call.caller.privileged ? "true" : "false",
                                  "}"));
    }
    if (call.method == "Echo") {
      const auto& text = parameters["text"];
      return Success(TextParameter("text", {text.GetString(), text.GetStringLength()}));
    }
    if (call.method == "Count") {
      const std::int64_t to = parameters["to"].GetInt64();
      if (to > 1 && !call.more) return ExpectedMore();
      const auto bytes = parameters.FindMember("bytes");
      return std::make_unique<Counting>(
          *this, to, bytes != parameters.MemberEnd() ? bytes->value.GetInt64() : 0);
    }
    const std::string name = parameters["name"].GetString();
    held[name] = {.call = call.id};
    return std::make_unique<Holding>(*this, name);
  }

  // What became of a call of Hold.
  struct Held {
    CallId call = 0;
    bool let_go = false;  // set before it is woken
    int asked = 0;        // how often it could have replied
    bool over = false;
  };

  std::vector<std::string> started;
  std::map<std::string, Held> held;
  int counting = 0;          // calls of Count in progress
  std::int64_t counted = 0;  // replies of Count
  std::function<void(CallId)> on_start;
  std::function<void(CallId)> on_hold;  // while the answer runs
  std::function<void()> on_end;         // while the answer is destroyed

 private:
  class Counting final : public Answer {
   public:
    Counting(TestService& service, std::int64_t to, std::int64_t bytes)
        : service_(service), to_(to), filler_(static_cast<std::size_t>(bytes), 'x') {
      ++service_.counting;
    }
    ~Counting() override { --service_.counting; }

    Progress Continue(Replies& replies) override {
      while (!replies.Enough()) {
        ++number_;
        ++service_.counted;
        replies.Begin();
        replies.Append(absl::StrCat("{\"number\":", number_));
        replies.Append(",\"filler\":\"");
        replies.Append(filler_);
        replies.Append("\"}");
        replies.End(/*continues=*/number_ < to_);
        if (number_ >= to_) return Progress::kDone;
      }
      return Progress::kMore;
    }

   private:
    TestService& service_;
    const std::int64_t to_;
    const std::string filler_;
    std::int64_t number_ = 0;
  };

  class Holding final : public Answer {
   public:
    Holding(TestService& service, std::string name) : service_(service), name_(std::move(name)) {}
    ~Holding() override {
      Mine().over = true;
      if (service_.on_end) service_.on_end();
    }

    Progress Continue(Replies& replies) override {
      ++Mine().asked;
      if (service_.on_hold) service_.on_hold(Mine().call);
      if (!Mine().let_go) return Progress::kWaiting;
      replies.Begin();
      replies.Append(TextParameter("name", name_));
      replies.End(/*continues=*/false);
      return Progress::kDone;
    }

   private:
    Held& Mine() { return service_.held[name_]; }

    TestService& service_;
    const std::string name_;
  };
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_TESTS_QUERY_TEST_SERVICE_H_

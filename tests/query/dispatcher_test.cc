#include "lib/query/dispatcher.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/query/test_service.h"

namespace pathwatch::query {
namespace {

// Remembers what an answer says at once.
class Said final : public Replies {
 public:
  void Begin() override {}
  void Append(std::string_view json) override { text += json; }
  void End(bool) override {}
  void Fail(std::string_view error, std::string_view parameters) override {
    text = std::string(error) + ' ' + std::string(parameters);
  }
  bool Enough() override { return false; }

  std::string text;
};

class DispatcherTest : public testing::Test {
 protected:
  void SetUp() override {
    auto dispatcher = Dispatcher::Create(kTestDescription, service_, {});
    ASSERT_TRUE(dispatcher.ok()) << dispatcher.status();
    dispatcher_ = *std::move(dispatcher);
  }
  std::string Reply(std::string_view frame) {
    const auto call = ParseCall(frame);
    EXPECT_TRUE(call.ok()) << call.status();
    Said said;
    const auto answer = dispatcher_->Start(*call, 1, {});
    EXPECT_EQ(answer->Continue(said), Progress::kDone);
    return said.text;
  }

  TestService service_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

TEST_F(DispatcherTest, CallsReachTheInterfaceThatTheyName) {
  EXPECT_EQ(Reply(R"({"method":"org.example.test.Echo","parameters":{"text":"x"}})"),
            R"({"text":"x"})");
  EXPECT_EQ(Reply(R"({"method":"org.varlink.service.GetInfo"})"),
            R"({"vendor":"","product":"","version":"","url":"",)"
            R"("interfaces":["org.example.test","org.varlink.service"]})");
  EXPECT_EQ(Reply(R"({"method":"org.example.Echo","parameters":{"text":"x"}})"),
            R"(org.varlink.service.InterfaceNotFound {"interface":"org.example"})");
}

TEST_F(DispatcherTest, StandardInterfaceKeepsItsOwnDescription) {
  const auto standard = InterfaceDescription::Parse(kStandardDescription);
  ASSERT_TRUE(standard.ok()) << standard.status();
  EXPECT_EQ(standard->name(), "org.varlink.service");
  for (const char* error : {"PermissionDenied", "ExpectedMore"}) {
    rapidjson::Value none(rapidjson::kObjectType);
    EXPECT_FALSE(standard->CheckError(error, none)) << error;
  }
  EXPECT_FALSE(Dispatcher::Create(kStandardDescription, service_, {}).ok());
}

}  // namespace
}  // namespace pathwatch::query

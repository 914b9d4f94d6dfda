// The description of our own interface, as programs have it.
#include "proto/io_pathwatch_varlink.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "lib/query/interface_description.h"
#include "tests/query/json.h"

namespace pathwatch::query {
namespace {

TEST(IoPathwatchVarlinkTest, ItIsTheFileToTheByte) {
  std::ifstream file("proto/io.pathwatch.varlink");
  ASSERT_TRUE(file);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(proto::kInterfaceDescription, text);
}

TEST(IoPathwatchVarlinkTest, ItIsAnInterfaceDescription) {
  const auto description = InterfaceDescription::Parse(proto::kInterfaceDescription);
  ASSERT_TRUE(description.ok()) << description.status();
  EXPECT_EQ(description->name(), "io.pathwatch");
  for (const char* method : {"GetStatus", "ListPaths", "GetPath", "Explain", "ListLuns",
                             "ListNexuses", "Probe", "AcceptIdentity", "Reload", "Watch"}) {
    EXPECT_TRUE(description->HasMethod(method)) << method;
  }
}

TEST(IoPathwatchVarlinkTest, ErrorsOfTheServerAreDeclared) {
  const auto description = InterfaceDescription::Parse(proto::kInterfaceDescription);
  ASSERT_TRUE(description.ok());
  EXPECT_FALSE(description->CheckError("BadCall", Parsed(R"({"problem":"x"})")));
  EXPECT_FALSE(description->CheckError(
      "TooMany", Parsed(R"({"what":"connections","limit":1,"option":"query.connections_max"})")));
}

TEST(IoPathwatchVarlinkTest, FilterIsCheckedToTheElement) {
  const auto description = InterfaceDescription::Parse(proto::kInterfaceDescription);
  ASSERT_TRUE(description.ok());
  const auto misfit =
      description->CheckCall("ListPaths", Parsed(R"({"filter":{"states":["up",7]}})"));
  ASSERT_TRUE(misfit);
  EXPECT_EQ(misfit->field, "filter.states");
}

}  // namespace
}  // namespace pathwatch::query

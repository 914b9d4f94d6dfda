#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "service/cli/multipath_conf.h"

namespace pathwatch::cli {
namespace {

std::string Example() {
  std::ifstream file("deploy/multipath/pathwatch.conf");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

MultipathConf Read(const std::string& text) {
  MultipathConf conf;
  AddMultipathText(text, "example", conf);
  EXPECT_TRUE(conf.remarks.empty());
  return conf;
}

TEST(MultipathExampleTest, SectionTakesThePluginForOneArray) {
  const MultipathConf conf = Read(Example());
  ASSERT_EQ(conf.sections.size(), 1U);
  EXPECT_TRUE(Matches(conf.sections[0], "NETAPP", "LUN C-Mode"));
  EXPECT_FALSE(Matches(conf.sections[0], "NETAPP", "INF-01-00"));
  EXPECT_EQ(Setting(conf.sections[0], "path_checker"), "pathwatch");
  EXPECT_EQ(Setting(conf.sections[0], "detect_checker"), "no");
}

TEST(MultipathExampleTest, OverridesWorkOnceTheirCommentSignsAreGone) {
  std::string text = Example().substr(Example().find("#overrides"));
  for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#')) {
    text.erase(at, 1);
  }
  const MultipathConf conf = Read(text);
  EXPECT_EQ(Setting(conf, "overrides", "path_checker"), "pathwatch");
  EXPECT_EQ(Setting(conf, "overrides", "detect_checker"), "no");
}

}  // namespace
}  // namespace pathwatch::cli

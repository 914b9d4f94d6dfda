#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/defaults_text.h"
#include "lib/config/problem.h"
#include "lib/config/source_files.h"

namespace pathwatch::config {
namespace {

TEST(InstalledFileTest, SaysWhatTheTableOfOptionsSays) {
  std::ifstream file("deploy/pathwatch.toml");
  ASSERT_TRUE(file.is_open());
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(text, DefaultsText())
      << "make it again: bazel run //service:pathwatch -- config defaults > deploy/pathwatch.toml";
}

// Options, and the tables of arrays, are the comments without a blank after the "#".
std::string Uncommented(const std::string& text) {
  std::string said;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const char first = line.size() > 1 && line[0] == '#' ? line[1] : ' ';
    const bool option = first == '[' || (first >= 'a' && first <= 'z');
    said += line.substr(option ? 1 : 0) + "\n";
  }
  return said;
}

TEST(InstalledFileTest, IsGoodWhenEverythingInItIsSaid) {
  const std::string text = Uncommented(DefaultsText());
  const std::vector<SourceFile> files = {{"pathwatch.toml", text}};
  const Loaded loaded = Load(files, {});
  for (const Problem& problem : loaded.problems) ADD_FAILURE() << TextOf(problem);
  ASSERT_EQ(loaded.configuration.arrays().size(), 1U);
  EXPECT_EQ(loaded.configuration.settings(), kOptionCount + 2);
  for (const Option& option : Options()) {
    EXPECT_EQ(loaded.configuration.Find(option.id).value, DefaultOf(option.id)) << option.name;
    EXPECT_EQ(loaded.configuration.Find(option.id).origin.place, Place::kGlobal) << option.name;
  }
}

}  // namespace
}  // namespace pathwatch::config

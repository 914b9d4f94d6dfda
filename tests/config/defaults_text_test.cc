#include "lib/config/defaults_text.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "lib/config/option.h"

namespace pathwatch::config {
namespace {

std::vector<std::string> Lines() {
  std::istringstream text(DefaultsText());
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

TEST(DefaultsTextTest, OnlyTableHeadersAreNoComments) {
  std::set<std::string> headers;
  for (const std::string_view table : Tables()) headers.insert("[" + std::string(table) + "]");
  headers.erase("[array]");
  for (const std::string& line : Lines()) {
    if (line.empty() || line.front() == '#') continue;
    EXPECT_EQ(headers.erase(line), 1U) << "unknown, or there twice: " << line;
  }
  EXPECT_TRUE(headers.empty()) << "missing: " << *headers.begin();
}

TEST(DefaultsTextTest, EveryOptionStandsOnceInItsTableAtItsDefault) {
  std::multiset<std::string> found;
  std::string table;
  for (const std::string& line : Lines()) {
    if (line.starts_with("[")) table = line;
    found.insert(table + line);
  }
  for (const Option& option : Options()) {
    const std::string expected = "[" + std::string(option.table) + "]#" + std::string(option.name) +
                                 " = " + std::string(option.fallback);
    EXPECT_EQ(found.count(expected), 1U) << expected;
  }
}

TEST(DefaultsTextTest, RangeAndMomentOfEffectAreSaid) {
  const std::string text = DefaultsText();
  for (const char* expected :
       {"# A duration between 100ms and 1h, as \"5s\". A reload is enough. Also per transport and "
        "array.\n#interval = \"5s\"\n",
        "# A whole number between 1 and 256. A reload is enough.\n#nexus_commands_max = 8\n",
        "# Permissions as octal digits in quotes, as \"0660\". Takes effect at the next "
        "start.\n",
        "Takes effect at the next start of pathwatch-exporter.\n#per_path = \"auto\"\n"}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected;
  }
}

TEST(DefaultsTextTest, LinesFitAScreen) {
  for (const std::string& line : Lines()) {
    EXPECT_LE(line.size(), 100U) << line;
    EXPECT_FALSE(line.ends_with(" ")) << line;
  }
}

}  // namespace
}  // namespace pathwatch::config

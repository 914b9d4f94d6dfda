// deploy/README.md tells of every metric what the catalogue says.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "lib/metrics/catalogue_text.h"

namespace pathwatch::metrics {
namespace {

TEST(DocumentationTest, ReadmeHasTheCatalogueBetweenItsMarks) {
  std::ifstream file("deploy/README.md");
  const std::string readme((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
  const std::string begin = "<!-- metrics: begin -->\n\n";
  const std::string end = "\n<!-- metrics: end -->\n";
  const std::size_t from = readme.find(begin);
  const std::size_t to = readme.find(end);
  ASSERT_NE(from, std::string::npos) << "deploy/README.md lacks the mark " << begin;
  ASSERT_NE(to, std::string::npos) << "deploy/README.md lacks the mark " << end;
  EXPECT_TRUE(readme.substr(from + begin.size(), to - from - begin.size()) == CatalogueText())
      << "deploy/README.md needs this between its marks:\n"
      << CatalogueText();
}

}  // namespace
}  // namespace pathwatch::metrics

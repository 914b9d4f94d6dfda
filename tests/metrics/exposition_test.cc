// The whole text that a scraper gets. After a change that is meant, write the file anew:
// PATHWATCH_GOLDEN=$PWD/tests/metrics/exposition.golden bazel run //tests/metrics:exposition_test
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/metrics/collected.h"
#include "tests/metrics/sample_fabric.h"

namespace pathwatch::metrics {
namespace {

constexpr char kGolden[] = "tests/metrics/exposition.golden";

std::string Exposition() {
  publish::TempRunDirectory directory;
  const auto file = publish::CreateState(directory, SampleCapacities());
  WriteSampleFabric(*file);
  return Collected(OptionsFor(directory.state())).text();
}

std::string Golden() {
  std::ifstream file(kGolden);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// The lines of the one that the other lacks.
std::string Lacking(const std::string& mark, const std::string& one, const std::string& other) {
  const std::vector<std::string> lines = LinesOf(other);
  const std::multiset<std::string> there(lines.begin(), lines.end());
  std::string lacking;
  for (const std::string& line : LinesOf(one)) {
    if (there.count(line) == 0) lacking += mark + line + "\n";
  }
  return lacking;
}

TEST(ExpositionTest, SampleFabricGivesTheTextOfTheFile) {
  const std::string text = Exposition();
  if (const char* const path = std::getenv("PATHWATCH_GOLDEN"); path != nullptr) {
    std::ofstream(path) << text;
    GTEST_SKIP() << "written to " << path;
  }
  const std::string golden = Golden();
  EXPECT_TRUE(text == golden) << kGolden << " (-) and the exposition (+) differ, if not in lines "
                              << "then in their order:\n"
                              << Lacking("-", golden, text) << Lacking("+", text, golden);
}

TEST(ExpositionTest, EveryMetricOfTheCatalogueOccursUnlessItTellsOfAProblem) {
  const std::string golden = Golden();
  for (const MetricDescription& metric : Catalogue()) {
    const bool occurs =
        golden.find("# HELP " + std::string(metric.name) + " ") != std::string::npos;
    EXPECT_EQ(occurs, metric.id != MetricId::kStateProblem) << metric.name;
  }
}

}  // namespace
}  // namespace pathwatch::metrics

// The fuzz targets' entry functions with every prefix of the samples, and with damaged samples
// from a seed. Repeat a run with PATHWATCH_SEED=<the number that it printed>.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

#include "lib/config/source_files.h"
#include "tests/fuzz/config_entries.h"
#include "tests/fuzz/seed.h"

namespace pathwatch::config {
namespace {

constexpr int kMutations = 20'000;
// What TOML is made of: single bytes rarely hit one of them.
constexpr std::string_view kTokens[] = {
    "\"",   "'",  "\"\"\"", "'''",       "[",           "]",       "[[",      "]]",      "{",
    "}",    "=",  ".",      ",",         "#",           "\n",      "\r\n",    "\\",      "\\u0000",
    "true", "5s", "1e9",    "0x1f",      "1979-05-27",  "check",   "[array.", "\"A/B\"", "interval",
    "\xc3", "\t", "-",      "[check]\n", "include = [", "07:32:00"};

using Entry = std::string (*)(std::span<const std::uint8_t>);

std::string BrokenPromise(Entry entry, const std::string& bytes) {
  return entry({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

void ReplayPrefixes(Entry entry, std::string_view bytes) {
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    EXPECT_EQ(BrokenPromise(entry, std::string(bytes.substr(0, size))), "")
        << bytes << " cut to " << size;
  }
}

std::string PackedSamples() {
  SourceFiles files;
  for (const std::string_view text : kConfigSamples) {
    files.files.push_back({"name", std::string(text)});
  }
  files.problems.push_back({"name", 7, "what"});
  return Pack(files);
}

class ConfigMutationTest : public testing::Test {
 protected:
  ConfigMutationTest() { random_.seed(Seed()); }

  std::size_t Below(std::size_t bound) { return random_() % bound; }
  std::string_view Sample() { return kConfigSamples[Below(kConfigSamples.size())]; }

  // A byte, a token, a cut, something left out, something of another sample.
  void Damage(std::string& text) {
    const std::size_t at = Below(text.size() + 1);
    switch (Below(5)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random_());
        break;
      case 1:
        text.insert(at, kTokens[Below(std::size(kTokens))]);
        break;
      case 2:
        text.erase(at, Below(8));
        break;
      case 3:
        text.resize(at);
        break;
      default: {
        const std::string_view other = Sample();
        const std::size_t from = Below(other.size());
        text.insert(at, other.substr(from, Below(60)));
        break;
      }
    }
  }

  void RunAll(Entry entry, std::string_view only = {}) {
    for (int i = 0; i < kMutations; ++i) {
      std::string text(only.empty() ? Sample() : only);
      for (std::size_t damages = 1 + Below(4); damages > 0; --damages) Damage(text);
      ASSERT_EQ(BrokenPromise(entry, text), "")
          << "mutation " << i << ": " << testing::PrintToString(text);
    }
  }

  std::mt19937_64 random_;
};

TEST(ConfigReplayTest, LoadKeepsItsPromisesForEveryPrefix) {
  for (const std::string_view text : kConfigSamples) ReplayPrefixes(CheckLoad, text);
}

TEST(ConfigReplayTest, UnpackKeepsItsPromisesForEveryPrefix) {
  ReplayPrefixes(CheckUnpack, PackedSamples());
}

TEST_F(ConfigMutationTest, LoadKeepsItsPromises) { RunAll(CheckLoad); }

TEST_F(ConfigMutationTest, UnpackKeepsItsPromises) { RunAll(CheckUnpack, PackedSamples()); }

}  // namespace
}  // namespace pathwatch::config

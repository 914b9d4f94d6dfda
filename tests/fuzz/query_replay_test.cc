// The fuzz targets' entry functions with every prefix of the samples, and with damaged samples
// from a seed. Repeat a run with PATHWATCH_SEED=<the number that it printed>.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "proto/io_pathwatch_varlink.h"
#include "tests/fuzz/query_entries.h"
#include "tests/fuzz/seed.h"

namespace pathwatch::query {
namespace {

constexpr int kMutations = 20'000;

// As clients send them; frames are joined by NULs, and each sample begins with the size of pieces.
constexpr std::string_view kCalls[] = {
    R"({"method":"org.varlink.service.GetInfo","parameters":{}})",
    R"({"method":"io.pathwatch.GetStatus"})",
    R"({"method":"io.pathwatch.ListPaths","parameters":{"filter":{"states":["down","no_answer"],)"
    R"("luns":[],"nexuses":null,"hosts":["host3"]},"fields":["path","state"],"page":500},)"
    R"("more":true})",
    R"({"method":"io.pathwatch.GetPath","parameters":{"path":"sdc","fields":null}})",
    R"({"method":"io.pathwatch.Probe","parameters":{"paths":["3:0:0:1"]},"oneway":true})",
    R"({"method":"io.pathwatch.Watch","parameters":{"epoch":"12345","sequence":17,)"
    R"("filter":{"devices":["sg3"]}},"more":true,"oneway":false,"upgrade":false})",
    "{ \"method\" : \"io.pathwatch.Explain\" "
    ",\n\"parameters\":{\"path\":\"\\u00e4\\ud83d\\udc27\xc3\xa4\"}}",
    R"({"method":"io.pathwatch.AcceptIdentity","parameters":{"path":"x","y":[[{"z":-1.5e3}]]}})",
};
constexpr std::string_view kCallTokens[] = {"{",
                                            "}",
                                            "[",
                                            "]",
                                            ",",
                                            ":",
                                            "\"",
                                            "\\",
                                            "\\u0000",
                                            "\\ud800",
                                            "null",
                                            "true",
                                            "1e999",
                                            "-0",
                                            "9223372036854775808",
                                            "\"method\":",
                                            "\"parameters\":{",
                                            "\"filter\":{",
                                            "\"states\":[",
                                            "\xff",
                                            "\xc3",
                                            "\xed\xa0\x80",
                                            "\xef\xbb\xbf",
                                            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                                            "io.pathwatch.",
                                            std::string_view("\0", 1)};
constexpr std::string_view kDescriptions[] = {
    "interface a.b\ntype T (a: int, b: ?[]T, c: [string](x, y))\nmethod Get(t: T) -> (t: ?T)\n",
    "# c\ninterface org.example-x.c3\nmethod M()->()\nerror E (o: object, f: float, b: ?bool)",
};
constexpr std::string_view kDescriptionTokens[] = {
    "interface ", "type ", "method ", "error ", "(", ")",    "[]",
    "[string]",   "?",     "->",      ":",      ",", "#",    "\n",
    "int",        "T",     "a.b",     "-",      "_", "\xff", std::string_view("\0", 1)};

using Entry = std::string (*)(std::span<const std::uint8_t>);

std::string BrokenPromise(Entry entry, const std::string& bytes) {
  return entry({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string Pieces(std::size_t size) { return {static_cast<char>(size - 1)}; }

class QueryMutationTest : public testing::Test {
 protected:
  QueryMutationTest() { random_.seed(Seed()); }

  std::size_t Below(std::size_t bound) { return random_() % bound; }
  template <std::size_t size>
  std::string Any(const std::string_view (&texts)[size]) {
    return std::string(texts[Below(size)]);
  }

  // A byte, a token, a cut, something left out, something repeated.
  void Damage(std::string& text, const std::string& token) {
    const std::size_t at = Below(text.size() + 1);
    switch (Below(5)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random_());
        break;
      case 1:
        text.insert(at, token);
        break;
      case 2:
        text.erase(at, Below(8));
        break;
      case 3:
        text.resize(at);
        break;
      default:
        text.insert(at, text.substr(Below(text.size() + 1), Below(60)));
        break;
    }
  }

  void Try(Entry entry, const std::string& text) {
    ASSERT_EQ(BrokenPromise(entry, text), "") << testing::PrintToString(text);
  }

  std::mt19937_64 random_;
};

TEST(QueryReplayTest, CallsKeepTheirPromisesForEveryPrefixInPiecesOfAnySize) {
  for (const std::string_view call : kCalls) {
    for (const std::size_t piece : {1, 7, 256}) {
      for (std::size_t size = 0; size <= call.size(); ++size) {
        const std::string bytes = Pieces(piece) + std::string(call.substr(0, size)) + '\0';
        EXPECT_EQ(BrokenPromise(CheckCalls, bytes), "") << bytes;
      }
    }
  }
}

TEST(QueryReplayTest, DescriptionsKeepTheirPromisesForEveryPrefix) {
  for (const std::string_view text : kDescriptions) {
    for (std::size_t size = 0; size <= text.size(); ++size) {
      EXPECT_EQ(BrokenPromise(CheckDescription, std::string(text.substr(0, size))), "");
    }
  }
  EXPECT_EQ(BrokenPromise(CheckDescription, std::string(proto::kInterfaceDescription)), "");
}

TEST_F(QueryMutationTest, CallsKeepTheirPromises) {
  for (int i = 0; i < kMutations; ++i) {
    std::string text = Pieces(1 + Below(256));
    for (std::size_t calls = 1 + Below(4); calls > 0; --calls) {
      std::string call = Any(kCalls);
      for (std::size_t damages = Below(4); damages > 0; --damages) Damage(call, Any(kCallTokens));
      text += call + '\0';
    }
    ASSERT_NO_FATAL_FAILURE(Try(CheckCalls, text));
  }
}

TEST_F(QueryMutationTest, DescriptionsKeepTheirPromises) {
  for (int i = 0; i < kMutations; ++i) {
    std::string text = Any(kDescriptions);
    for (std::size_t damages = 1 + Below(4); damages > 0; --damages) {
      Damage(text, Any(kDescriptionTokens));
    }
    ASSERT_NO_FATAL_FAILURE(Try(CheckDescription, text));
  }
}

}  // namespace
}  // namespace pathwatch::query

#include "lib/query/json_text.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/query/json.h"

namespace pathwatch::query {
namespace {

std::string Json(std::string_view text) {
  std::string json;
  AppendJsonString(text, json);
  return json;
}

TEST(JsonTextTest, WhatIsUtf8KeepsItsMeaning) {
  for (const std::string& text :
       {std::string(), std::string("mpatha"), std::string("a\"b\\c/d"),
        std::string("\0\t\n\x1f", 4), std::string("\x7f"),
        std::string("Gr\xc3\xb6\xc3\x9f\x65 \xe2\x82\xac \xf0\x9f\x90\xa7"),
        std::string("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf")}) {
    const rapidjson::Document read = Parsed(Json(text));
    ASSERT_TRUE(read.IsString());
    EXPECT_EQ(std::string(read.GetString(), read.GetStringLength()), text);
  }
}

TEST(JsonTextTest, OtherBytesBecomeFourCharactersEach) {
  EXPECT_EQ(Json("a\xff\x62"), R"("a\\xffb")");
  EXPECT_EQ(Json("\x80"), R"("\\x80")");
  // cut short, longer than needed, a surrogate, above U+10FFFF
  EXPECT_EQ(Json("\xe2\x82"), R"("\\xe2\\x82")");
  EXPECT_EQ(Json("\xc0\xaf"), R"("\\xc0\\xaf")");
  EXPECT_EQ(Json("\xe0\x80\xaf"), R"("\\xe0\\x80\\xaf")");
  EXPECT_EQ(Json("\xed\xa0\x80"), R"("\\xed\\xa0\\x80")");
  EXPECT_EQ(Json("\xf4\x90\x80\x80"), R"("\\xf4\\x90\\x80\\x80")");
  EXPECT_EQ(Json("\xc3\"x"), R"("\\xc3\"x")");
}

TEST(JsonTextTest, TextIsAppendedToWhatIsThere) {
  std::string json = "[";
  AppendJsonString("a", json);
  EXPECT_EQ(json, "[\"a\"");
}

}  // namespace
}  // namespace pathwatch::query

#include "lib/query/message.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "tests/query/json.h"

namespace pathwatch::query {
namespace {

std::string Problem(std::string_view frame) {
  const auto call = ParseCall(frame);
  EXPECT_FALSE(call.ok()) << frame;
  return std::string(call.status().message());
}

TEST(ParseCallTest, CallHasItsMethodParametersAndFlags) {
  const auto call = ParseCall(
      R"({"method":"io.pathwatch.GetPath","parameters":{"path":"sdc"},"more":true,"oneway":false,
          "upgrade":true})");
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->interface, "io.pathwatch");
  EXPECT_EQ(call->method, "GetPath");
  EXPECT_EQ(call->full_method(), "io.pathwatch.GetPath");
  EXPECT_EQ(TextOf(call->parameters), R"({"path":"sdc"})");
  EXPECT_TRUE(call->more);
  EXPECT_FALSE(call->oneway);
  EXPECT_TRUE(call->upgrade);
}

TEST(ParseCallTest, WhatIsAbsentOrNullIsNone) {
  for (const std::string_view frame :
       {R"({"method":"a.b.C"})",
        R"({"method":"a.b.C","parameters":null,"more":null,"oneway":null,"upgrade":null})"}) {
    const auto call = ParseCall(frame);
    ASSERT_TRUE(call.ok()) << call.status();
    EXPECT_EQ(TextOf(call->parameters), "{}");
    EXPECT_FALSE(call->more || call->oneway || call->upgrade);
  }
}

TEST(ParseCallTest, ParametersOutliveTheMoveOfTheCall) {
  auto call = ParseCall(R"({"method":"a.b.C","parameters":{"text":"longer than a short string"}})");
  ASSERT_TRUE(call.ok());
  const CallMessage moved = *std::move(call);
  EXPECT_EQ(TextOf(moved.parameters), R"({"text":"longer than a short string"})");
}

TEST(ParseCallTest, MethodWithoutAnInterface) {
  const auto call = ParseCall(R"({"method":"GetInfo"})");
  ASSERT_TRUE(call.ok());
  EXPECT_EQ(call->interface, "");
  EXPECT_EQ(call->full_method(), "GetInfo");
}

TEST(ParseCallTest, WhatIsNoJsonIsRefusedWithThePlace) {
  EXPECT_EQ(Problem(R"({"method":)"), "it is no JSON in UTF-8, at byte 10: Invalid value.");
  EXPECT_EQ(Problem(""), "it is no JSON in UTF-8, at byte 0: The document is empty.");
  EXPECT_EQ(Problem(R"({"method":"a.b.C"} {})"),
            "it is no JSON in UTF-8, at byte 19: The document root must not be followed by other "
            "values.");
  EXPECT_EQ(Problem("{\"method\":\"a.b.\xff\"}"),
            "it is no JSON in UTF-8, at byte 15: Invalid encoding in string.");
  EXPECT_EQ(Problem("{\"method\":\"a.b.C\",\"parameters\":{\"a\":NaN}}").substr(0, 22),
            "it is no JSON in UTF-8");
  EXPECT_EQ(Problem("GET / HTTP/1.1\r\n\r\n").substr(0, 22), "it is no JSON in UTF-8");
}

TEST(ParseCallTest, MembersOfWrongTypesAreRefusedByName) {
  EXPECT_EQ(Problem("[]"), "it is no JSON object");
  EXPECT_EQ(Problem("{}"), "it names no \"method\"");
  EXPECT_EQ(Problem(R"({"method":""})"), "it names no \"method\"");
  EXPECT_EQ(Problem(R"({"method":null})"), "\"method\" is no string");
  EXPECT_EQ(Problem(R"({"method":["a.b.C"]})"), "\"method\" is no string");
  EXPECT_EQ(Problem(R"({"method":"a.b.C","parameters":[]})"), "\"parameters\" is no object");
  EXPECT_EQ(Problem(R"({"method":"a.b.C","more":1})"), "\"more\" is neither true nor false");
  EXPECT_EQ(Problem(R"({"method":"a.b.C","oneway":"true"})"),
            "\"oneway\" is neither true nor false");
}

TEST(ParseCallTest, UnknownAndRepeatedMembersAreRefused) {
  EXPECT_EQ(Problem(R"({"method":"a.b.C","params":{}})"), "a call has no member \"params\"");
  EXPECT_EQ(Problem(R"({"method":"a.b.C","method":"a.b.D"})"),
            "the member \"method\" is there twice");
  EXPECT_EQ(Problem(R"({"method":"a.b.C","parameters":{"x":[{"y":1,"z":2,"y":1}]}})"),
            "the member \"y\" is there twice");
  EXPECT_EQ(Problem(absl::StrCat("{\"", std::string(1000, 'x'), "\":1}")),
            absl::StrCat("a call has no member \"", std::string(60, 'x'), "\""));
}

TEST(ParseCallTest, TextThatNoUtf8CanSayIsRefused) {
  EXPECT_TRUE(ParseCall(R"({"method":"a.b.\ud83d\udc27"})").ok());
  EXPECT_EQ(Problem(R"({"method":"a.b.\udc27"})"),
            R"(the text "a.b.\\xed\\xb0\\xa7" has half of a surrogate pair)");
  EXPECT_EQ(Problem(R"({"method":"a.b.C","parameters":{"x":[{"\udc27":1}]}})"),
            R"(the text "\\xed\\xb0\\xa7" has half of a surrogate pair)");
  EXPECT_EQ(Problem(R"({"method":"a.b.\ud83d"})").substr(0, 22), "it is no JSON in UTF-8");
}

TEST(ParseCallTest, NestingIsBounded) {
  const auto nested = [](int depth) {
    return absl::StrCat(R"({"method":"a.b.C","parameters":{"x":)", std::string(depth, '['),
                        std::string(depth, ']'), "}}");
  };
  EXPECT_TRUE(ParseCall(nested(kNestingMax - 2)).ok());
  EXPECT_EQ(Problem(nested(kNestingMax - 1)),
            "it has more than 32 objects and arrays within each other");
  EXPECT_EQ(Problem(std::string(100'000, '[')),
            "it has more than 32 objects and arrays within each other");
  EXPECT_EQ(Problem(nested(100'000)), "it has more than 32 objects and arrays within each other");
}

TEST(ParseCallTest, BracketsInStringsAreNoNesting) {
  const std::string brackets = absl::StrCat("\\\"", std::string(100, '['), "\\\\");
  EXPECT_TRUE(
      ParseCall(absl::StrCat(R"({"method":"a.b.C","parameters":{"x":")", brackets, "\"}}")).ok());
}

TEST(ParseCallTest, ManyMembersAreLookedAtInTime) {
  std::string frame = R"({"method":"a.b.C","parameters":{)";
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&frame, "\"", i, "\":0,");
  frame += R"("x":0}})";
  EXPECT_TRUE(ParseCall(frame).ok());
}

TEST(ReplyTextTest, RepliesAreFramesOfJson) {
  const std::string reply = std::string(kReplyBegin).append(R"({"a":1})").append(kReplyEnd);
  EXPECT_EQ(reply, std::string("{\"parameters\":{\"a\":1}}\0", 23));
  const std::string first = std::string(kReplyBegin).append("{}").append(kReplyContinues);
  EXPECT_EQ(first, std::string("{\"parameters\":{},\"continues\":true}\0", 35));
  const std::string error = ErrorFrame("io.pathwatch.NoSuchPath", R"({"path":"x"})");
  EXPECT_EQ(error,
            std::string(R"({"error":"io.pathwatch.NoSuchPath","parameters":{"path":"x"}})") + '\0');
}

}  // namespace
}  // namespace pathwatch::query

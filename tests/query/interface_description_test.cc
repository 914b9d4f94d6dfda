#include "lib/query/interface_description.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "tests/query/json.h"

namespace pathwatch::query {
namespace {

constexpr std::string_view kText = R"(# An interface with everything that the language has.
interface org.example.test-2
type Colour (red, dark_green) # of a thing
type Thing (
  name: string,
  colour: ?Colour,
  weight: float,
  parts: ?[]Thing
)
type Nothing ()
method Do(
  count: int,
  on: ?bool,
  thing: ?Thing,
  names: ?[]string,
  numbers: ?[string]int,
  any: ?object,
  point: ?(x: int, kind: (a, b)),
  matrix: ?[][]?int
) -> (things: []Thing)
method Stop()->()
error NotDone (why: string)
)";

InterfaceDescription Read(std::string_view text) {
  auto description = InterfaceDescription::Parse(text);
  EXPECT_TRUE(description.ok()) << description.status();
  return *std::move(description);
}

std::string Told(const std::optional<Misfit>& misfit) {
  return misfit ? absl::StrCat("'", misfit->field, "' ", misfit->problem) : "";
}

class ApplyTest : public testing::Test {
 protected:
  std::string Call(std::string_view parameters) const {
    return Told(description_.CheckCall("Do", Parsed(parameters)));
  }

  const InterfaceDescription description_ = Read(kText);
};

TEST_F(ApplyTest, MethodsAreFoundByName) {
  EXPECT_EQ(description_.name(), "org.example.test-2");
  EXPECT_TRUE(description_.HasMethod("Do"));
  EXPECT_TRUE(description_.HasMethod("Stop"));
  EXPECT_FALSE(description_.HasMethod("NotDone"));
  EXPECT_FALSE(description_.HasMethod("do"));
}

TEST_F(ApplyTest, WhatFitsHasNoMisfit) {
  EXPECT_EQ(Call(R"({"count":1})"), "");
  EXPECT_EQ(Call(R"({"count":-9223372036854775808,"on":null,"names":[],"numbers":{},"any":{}})"),
            "");
  EXPECT_EQ(Call(R"({"count":9223372036854775807,"on":true,"names":["a","b"],
                     "numbers":{"x":1,"":2},"any":{"deep":[{"er":null}]},
                     "point":{"x":1,"kind":"b"},"matrix":[[],[1,null]],
                     "thing":{"name":"n","colour":"dark_green","weight":1,
                              "parts":[{"name":"m","weight":0.5}]}})"),
            "");
  EXPECT_EQ(Told(description_.CheckCall("Stop", Parsed("{}"))), "");
}

TEST_F(ApplyTest, MissingFieldIsNamed) {
  EXPECT_EQ(Call("{}"), "'count' is missing");
  EXPECT_EQ(Call(R"({"count":null})"), "'count' is no whole number of 64 bits");
  EXPECT_EQ(Call(R"({"count":1,"thing":{"name":"n"}})"), "'thing.weight' is missing");
}

TEST_F(ApplyTest, UnknownFieldIsNamed) {
  EXPECT_EQ(Call(R"({"count":1,"cuont":2})"), "'cuont' is not known here");
  EXPECT_EQ(Call(R"({"count":1,"point":{"x":1,"kind":"a","z":2}})"), "'point.z' is not known here");
  EXPECT_EQ(Call(R"({"count":1,"unknown":null})"), "'unknown' is not known here");
}

TEST_F(ApplyTest, WrongTypeIsNamed) {
  EXPECT_EQ(Call(R"({"count":"1"})"), "'count' is no whole number of 64 bits");
  EXPECT_EQ(Call(R"({"count":1.0})"), "'count' is no whole number of 64 bits");
  EXPECT_EQ(Call(R"({"count":9223372036854775808})"), "'count' is no whole number of 64 bits");
  EXPECT_EQ(Call(R"({"count":1e300})"), "'count' is no whole number of 64 bits");
  EXPECT_EQ(Call(R"({"count":1,"on":0})"), "'on' is neither true nor false");
  EXPECT_EQ(Call(R"({"count":1,"names":"a"})"), "'names' is no array");
  EXPECT_EQ(Call(R"({"count":1,"names":["a",1]})"), "'names' is no string");
  EXPECT_EQ(Call(R"({"count":1,"numbers":[]})"), "'numbers' is no object");
  EXPECT_EQ(Call(R"({"count":1,"numbers":{"a":"b"}})"), "'numbers' is no whole number of 64 bits");
  EXPECT_EQ(Call(R"({"count":1,"any":[]})"), "'any' is no object");
  EXPECT_EQ(Call(R"({"count":1,"matrix":[[true]]})"), "'matrix' is no whole number of 64 bits");
  EXPECT_EQ(Call(R"({"count":1,"thing":[]})"), "'thing' is no object");
  EXPECT_EQ(Call("[]"), "'' is no object");
}

TEST_F(ApplyTest, NestedFieldIsNamedWithWhatItIsIn) {
  EXPECT_EQ(Call(R"({"count":1,"thing":{"name":"n","weight":"1"}})"),
            "'thing.weight' is no number");
  EXPECT_EQ(Call(R"({"count":1,"thing":{"name":"n","weight":1,"colour":"blue"}})"),
            "'thing.colour' is none of the words that it may be");
  EXPECT_EQ(Call(R"({"count":1,"thing":{"name":"n","weight":1,"parts":[{"name":1,"weight":1}]}})"),
            "'thing.parts.name' is no string");
  EXPECT_EQ(Call(R"({"count":1,"point":{"x":1,"kind":"c"}})"),
            "'point.kind' is none of the words that it may be");
}

TEST_F(ApplyTest, RepliesAndErrorsAreCheckedToo) {
  EXPECT_EQ(Told(description_.CheckReply("Do", Parsed(R"({"things":[]})"))), "");
  EXPECT_EQ(Told(description_.CheckReply("Do", Parsed(R"({"things":[{"name":"n"}]})"))),
            "'things.weight' is missing");
  EXPECT_EQ(Told(description_.CheckError("NotDone", Parsed(R"({"why":"rain"})"))), "");
  EXPECT_EQ(Told(description_.CheckError("NotDone", Parsed("{}"))), "'why' is missing");
  EXPECT_EQ(Told(description_.CheckError("Undone", Parsed("{}"))),
            "'Undone' is no error of the interface");
}

std::string Refusal(std::string_view text) {
  const auto description = InterfaceDescription::Parse(text);
  EXPECT_FALSE(description.ok()) << text;
  return std::string(description.status().message());
}

TEST(ParseDescriptionTest, ErrorsAreNamedWithTheirLine) {
  EXPECT_EQ(Refusal(""), "interface description, line 1: 'interface' is expected, not the end");
  EXPECT_EQ(Refusal("interface a"),
            "interface description, line 1: the name of an interface is expected, not 'a'");
  EXPECT_EQ(Refusal("interface a.b\n\nmethod get() -> ()"),
            "interface description, line 3: a name that begins with a capital letter is expected, "
            "not 'get'");
  EXPECT_EQ(Refusal("interface a.b\nmethod Get()"),
            "interface description, line 2: '->' is expected, not the end");
  EXPECT_EQ(Refusal("interface a.b\nmethod Get(a: int b: int) -> ()"),
            "interface description, line 2: ',' or ')' is expected, not 'b'");
  EXPECT_EQ(Refusal("interface a.b\nmethod Get(a, b) -> ()"),
            "interface description, line 2: fields with their types are expected, not the words of "
            "an enum");
  EXPECT_EQ(Refusal("interface a.b\nerror E (a: ??int)"),
            "interface description, line 2: a type is expected, not '?'");
  EXPECT_EQ(Refusal("interface a.b\nerror E (a: int, a: int)"),
            "interface description, line 2: 'a' is there twice");
  EXPECT_EQ(Refusal("interface a.b\nerror E ()\ntype E ()"),
            "interface description, line 3: 'E' is declared twice");
  EXPECT_EQ(Refusal("interface a.b\ntype E (a: Other)"),
            "interface description: the type 'Other' is not declared");
  EXPECT_EQ(Refusal("interface a.b\n\x01"),
            "interface description, line 2: 'type', 'method' or 'error' is expected, not '\\001'");
}

TEST(ParseDescriptionTest, NamesFollowTheRulesOfTheLanguage) {
  for (const char* name : {"a.b.", "a..b", "a-.b", "a.-b", "a_b.c"}) {
    EXPECT_NE(Refusal(absl::StrCat("interface ", name)), "");
  }
  EXPECT_EQ(Read("interface a--b.c3.4").name(), "a--b.c3.4");
  for (const char* name : {"a__b", "a_", "a.b", "a-b"}) {
    EXPECT_NE(Refusal(absl::StrCat("interface a.b type T (", name, ": int)")), "");
  }
}

TEST(ParseDescriptionTest, NestingIsBounded) {
  std::string types = "interface a.b\ntype T (a: ";
  for (int i = 0; i < 100'000; ++i) types += "[]";
  EXPECT_EQ(Refusal(types), "interface description, line 2: a type is nested too deeply");
  std::string structs = "interface a.b\ntype T ";
  for (int i = 0; i < 100'000; ++i) structs += "(a: ";
  EXPECT_EQ(Refusal(structs), "interface description, line 2: a type is nested too deeply");
}

}  // namespace
}  // namespace pathwatch::query

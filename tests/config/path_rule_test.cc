#include "lib/config/path_rule.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace pathwatch::config {
namespace {

constexpr Target kIscsiPath = {.wwid = "3600a0b80000f1b2c",
                               .vendor = "LSI",
                               .product = "INF-01-00",
                               .path = "3:0:0:12",
                               .transport = Transport::kIscsi};

Target Lun(std::string_view wwid) {
  Target target;
  target.wwid = wwid;
  return target;
}

Target Array(std::string_view vendor, std::string_view product) {
  Target target;
  target.vendor = vendor;
  target.product = product;
  return target;
}

Target Through(Transport transport) {
  Target target;
  target.transport = transport;
  return target;
}

std::string Complaint(std::string_view rule) { return std::string(CheckPathRule(rule).message()); }

bool Matched(std::string_view rule, const Target& target = kIscsiPath) {
  EXPECT_TRUE(CheckPathRule(rule).ok()) << CheckPathRule(rule);
  return MatchesRule(rule, target);
}

TEST(PatternTest, StarIsAnyTextAndQuestionMarkAnyCharacter) {
  EXPECT_TRUE(Matches("", ""));
  EXPECT_TRUE(Matches("*", ""));
  EXPECT_TRUE(Matches("**", "abc"));
  EXPECT_TRUE(Matches("a*c", "ac"));
  EXPECT_TRUE(Matches("a*b*c", "a-bb-b-c"));
  EXPECT_TRUE(Matches("?b?", "abc"));
  EXPECT_TRUE(Matches("*bc", "abcbc"));
  EXPECT_FALSE(Matches("", "a"));
  EXPECT_FALSE(Matches("?", ""));
  EXPECT_FALSE(Matches("abc", "ab"));
  EXPECT_FALSE(Matches("ab", "abc"));
  EXPECT_FALSE(Matches("a*c", "acb"));
  EXPECT_FALSE(Matches("ABC", "abc"));
  EXPECT_FALSE(Matches("[a-c]", "b"));
}

// With recursion or with every star taken back, this would not end.
TEST(PatternTest, StarsOnALongTextCostNoMoreThanPatternTimesText) {
  const std::string text(1 << 20, 'a');
  EXPECT_FALSE(Matches("a*a*a*a*b", text));
  EXPECT_TRUE(Matches("a*a*a*a*a", text));
  std::string stars;
  for (int i = 0; i < 1'000; i++) stars += "a*";
  EXPECT_FALSE(Matches(stars + "b", text));
  EXPECT_TRUE(Matches(std::string(1 << 20, '*'), text));
}

TEST(PathRuleTest, LogicalUnit) {
  EXPECT_TRUE(Matched("wwid=3600a0b80*"));
  EXPECT_TRUE(Matched("wwid=3600a0b80000f1b2c"));
  EXPECT_FALSE(Matched("wwid=3600a0b80"));
}

TEST(PathRuleTest, LogicalUnitWithoutAName) {
  EXPECT_TRUE(Matched("wwid=*", {}));
  EXPECT_FALSE(Matched("wwid=?*", {}));
}

TEST(PathRuleTest, PatternMayContainAnEqualsSign) {
  const Target target = Lun("t10.A=B");
  EXPECT_TRUE(Matched("wwid=t10.A=*", target));
  EXPECT_FALSE(Matched("wwid=t10.A=C", target));
}

TEST(PathRuleTest, Array) {
  EXPECT_TRUE(Matched("array=LSI/INF-01-00"));
  EXPECT_TRUE(Matched("array=LSI/*"));
  EXPECT_TRUE(Matched("array=*/INF-0?-00"));
  EXPECT_FALSE(Matched("array=LSI/INF-01"));
  EXPECT_FALSE(Matched("array=IBM/*"));
}

TEST(PathRuleTest, ProductMayContainASlash) {
  const Target target = Array("ACME", "RAID 5/6");
  EXPECT_TRUE(Matched("array=ACME/RAID 5/6", target));
  EXPECT_FALSE(Matched("array=ACME/RAID 5", target));
  EXPECT_TRUE(MatchesArray("ACME/*/6", target));
  EXPECT_FALSE(MatchesArray("ACME", target));
}

TEST(PathRuleTest, Address) {
  EXPECT_TRUE(Matched("path=3:0:0:12"));
  EXPECT_TRUE(Matched("path=3:*:*:*"));
  EXPECT_TRUE(Matched("path=*:*:*:12"));
  EXPECT_FALSE(Matched("path=3:0:0:1"));
  EXPECT_FALSE(Matched("path=*:1:*:*"));
  EXPECT_FALSE(Matched("path=*:*:*:*", {}));
}

TEST(PathRuleTest, TransportOfEachName) {
  EXPECT_TRUE(Matched("transport=iscsi"));
  EXPECT_FALSE(Matched("transport=fc"));
  for (const Transport transport :
       {Transport::kFc, Transport::kIscsi, Transport::kSas, Transport::kOther}) {
    EXPECT_TRUE(Matched("transport=" + std::string(Name(transport)), Through(transport)));
  }
}

TEST(PathRuleTest, RuleWithoutAKind) {
  EXPECT_EQ(Complaint("3600*"), "the rule \"3600*\": KIND=PATTERN is expected, as in wwid=3600*");
  EXPECT_EQ(Complaint(""), "the rule \"\": KIND=PATTERN is expected, as in wwid=3600*");
}

TEST(PathRuleTest, UnknownKindIsAnsweredWithTheNearest) {
  EXPECT_EQ(Complaint("arrays=LSI/*"),
            "the rule \"arrays=LSI/*\": there is no kind \"arrays\"; the kinds are wwid, array, "
            "path and transport; did you mean array?");
  EXPECT_EQ(Complaint("=3600*"),
            "the rule \"=3600*\": there is no kind \"\"; the kinds are wwid, array, path and "
            "transport");
  EXPECT_FALSE(CheckPathRule("wwid =3600*").ok());
}

TEST(PathRuleTest, EmptyPattern) {
  for (const std::string rule : {"wwid=", "array=", "path=", "transport="}) {
    EXPECT_EQ(Complaint(rule),
              "the rule \"" + rule + "\": nothing follows the \"=\"; for any text write *");
  }
}

TEST(PathRuleTest, ArrayWithoutVendorOrProduct) {
  for (const std::string rule : {"array=LSI", "array=LSI/", "array=/INF", "array=*"}) {
    EXPECT_EQ(Complaint(rule), "the rule \"" + rule +
                                   "\": a vendor, a \"/\" and a product are expected, as in "
                                   "array=LSI/INF-01-00");
  }
}

TEST(PathRuleTest, ArrayWithBlanksThatNoDeviceHas) {
  for (const std::string rule : {"array=LSI     /INF-01-00", "array=LSI/INF-01-00 "}) {
    EXPECT_EQ(Complaint(rule), "the rule \"" + rule +
                                   "\": vendor and product are compared without the blanks at "
                                   "their ends: leave them out");
  }
}

TEST(PathRuleTest, AddressThatIsNone) {
  for (const std::string rule :
       {"path=3:0:0", "path=3:0:0:1:0", "path=3:0:0:", "path=:::", "path=*", "path=3:0:0:x",
        "path=3:0:0:-1", "path=3:0:0:1*", "path=03:0:0:1", "path=3:0:0:18446744073709551616"}) {
    EXPECT_EQ(Complaint(rule), "the rule \"" + rule +
                                   "\": host, channel, target and LUN are expected, each a "
                                   "number or *, as in path=3:0:*:1");
  }
  EXPECT_TRUE(CheckPathRule("path=0:0:0:18446744073709551615").ok());
}

TEST(PathRuleTest, UnknownTransportIsAnsweredWithTheNearest) {
  EXPECT_EQ(Complaint("transport=isci"),
            "the rule \"transport=isci\": there is no transport \"isci\"; there are fc, iscsi, "
            "sas and other; did you mean iscsi?");
  EXPECT_FALSE(CheckPathRule("transport=*").ok());
  EXPECT_FALSE(CheckPathRule("transport=FC").ok());
}

TEST(PathRuleTest, ControlCharactersAreRefusedAndLongRulesCut) {
  EXPECT_EQ(Complaint("wwid=3\x1b[2J"),
            R"(the rule "wwid=3\x1b[2J": it contains a control character)");
  EXPECT_LT(Complaint("path=" + std::string(1 << 20, ':')).size(), 300U);
}

TEST(LeftOutTest, NothingIsLeftOutWithoutRules) { EXPECT_EQ(LeftOutBy({}, {}, kIscsiPath), ""); }

TEST(LeftOutTest, FirstExcludingRuleIsNamedEvenForIncludedDevices) {
  EXPECT_EQ(LeftOutBy({"transport=iscsi"}, {"transport=fc", "path=3:*:*:*", "wwid=*"}, kIscsiPath),
            "path=3:*:*:*");
  EXPECT_EQ(LeftOutBy({}, {"transport=fc"}, kIscsiPath), "");
}

TEST(LeftOutTest, OneIncludingRuleIsEnough) {
  EXPECT_EQ(LeftOutBy({"transport=fc", "array=LSI/*"}, {}, kIscsiPath), "");
  EXPECT_EQ(LeftOutBy({"transport=fc", "array=IBM/*"}, {}, kIscsiPath), "no rule of include");
}

}  // namespace
}  // namespace pathwatch::config

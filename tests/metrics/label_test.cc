// Names that hold every byte there is, through the serializer that serves them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "lib/metrics/label_text.h"
#include "lib/text/utf8.h"
#include "tests/metrics/published.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

class LabelTest : public PublishedTest {};

TEST(LabelTextTest, PrintableTextStays) {
  EXPECT_EQ(LabelText("3600a0b8 {\"a\\b\"}"), "3600a0b8 {\"a\\b\"}");
  EXPECT_EQ(LabelText("S\xc3\xbc\x64"), "S\xc3\xbc\x64");
  EXPECT_EQ(LabelText(""), "");
}

TEST(LabelTextTest, WhatCouldEndALineOrTheTextBecomesVisible) {
  EXPECT_EQ(LabelText(std::string_view("\0\n\r\x0b\x1c\x7f", 6)), "\\x00\\x0a\\x0d\\x0b\\x1c\\x7f");
  EXPECT_EQ(LabelText("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9"),
            "\\xc2\\x85\\xe2\\x80\\xa8\\xe2\\x80\\xa9");  // U+0085, U+2028, U+2029
  EXPECT_EQ(LabelText("\xff\xc3"), "\\xff\\xc3");
}

TEST(LabelTextTest, DoingItTwiceChangesNothing) {
  for (int byte = 0; byte < 0x100; ++byte) {
    const std::string once = LabelText(std::string("a") + static_cast<char>(byte));
    EXPECT_EQ(LabelText(once), once);
  }
}

// The text format of Prometheus, 0.0.4: a line of a series; as a POSIX regular expression.
constexpr char kSeries[] =
    R"re([a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-z_]+="([^"\]|\\["\n])*"(,[a-z_]+="([^"\]|\\["\n])*")*\})? [-+.0-9a-zA-Z]+)re";

TEST_F(LabelTest, EveryByteOfANameGivesLinesThatAreWellFormed) {
  for (int byte = 1; byte < 0x100; ++byte) {
    const std::string name = std::string("<") + static_cast<char>(byte) + "\"";
    pw_path_record path = PathAt(3, 0, 0);
    SetText(path.sd_name, name);
    SetText(path.wwid, name);
    SetText(path.vendor, name);
    SetText(path.product, name);
    Put(0, path);
    pw_nexus_record nexus{};
    nexus.transport = PW_TRANSPORT_FC;
    SetText(nexus.name, name);
    SetText(nexus.target_port, name);
    SetText(nexus.port_name, name);
    SetText(nexus.port_state, name);
    SetText(nexus.portal, name);
    Put(0, nexus);
    pw_lun_record lun{};
    SetText(lun.wwid, name);
    SetText(lun.dm_name, name);
    SetText(lun.vendor, name);
    SetText(lun.product, name);
    Put(0, lun);
    const Collected collected = Collect();
    const std::string text = collected.text();
    EXPECT_TRUE(text::IsUtf8(text)) << byte;
    EXPECT_EQ(collected.value(kLunPathsExpected, LabelText(name)), 0) << byte;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("# ")) continue;
      EXPECT_THAT(line, testing::MatchesRegex(kSeries)) << byte;
    }
  }
}

TEST_F(LabelTest, QuotesBackslashesAndNewlinesAreEscapedOnce) {
  pw_lun_record lun{};
  SetText(lun.wwid, "a\"b\\c\nd");
  Put(0, lun);
  EXPECT_NE(Collect().text().find("pathwatch_lun_paths_expected{wwid=\"a\\\"b\\\\c\\\\x0ad\"} 0\n"),
            std::string::npos);
}

}  // namespace
}  // namespace pathwatch::metrics

#include "service/daemon/log/journal_entry.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pathwatch::service {
namespace {

using std::string_view_literals::operator""sv;

TEST(JournalEntryTest, LineAboutNothingInParticularHasThreeFields) {
  EXPECT_EQ(JournalEntry({.level = LogLevel::kInfo, .fields = LogFields{}, .text = "begun"}),
            "PRIORITY=6\nSYSLOG_IDENTIFIER=pathwatchd\nMESSAGE=begun\n");
}

TEST(JournalEntryTest, WhatALineIsAboutIsInFieldsOfItsOwn) {
  const LogFields fields = {.path = "3:0:0:1",
                            .device = "sdc",
                            .lun = "3600a0b80000f5e7d",
                            .nexus = "3:0:0",
                            .cause = LogCause::kStateNoAnswer};
  EXPECT_EQ(
      JournalEntry({.level = LogLevel::kWarn, .fields = fields, .text = "path: a=b"}),
      "PRIORITY=4\nSYSLOG_IDENTIFIER=pathwatchd\nMESSAGE=path: a=b\nPATH=3:0:0:1\nDEVICE=sdc\n"
      "LUN=3600a0b80000f5e7d\nNEXUS=3:0:0\nCAUSE=state_no_answer\n");
}

TEST(JournalEntryTest, ValueWithControlBytesIsPrecededByItsLength) {
  LogFields fields;
  fields.lun = "3600\x01";
  EXPECT_EQ(JournalEntry({.level = LogLevel::kError, .fields = fields, .text = "two\nlines"}),
            "PRIORITY=3\nSYSLOG_IDENTIFIER=pathwatchd\n"
            "MESSAGE\n\x09\0\0\0\0\0\0\0two\nlines\n"
            "LUN\n\x05\0\0\0\0\0\0\0"
            "3600\x01\n"sv);
  const std::string text = std::string(299, 'x') + "\n";
  const std::string entry =
      JournalEntry({.level = LogLevel::kInfo, .fields = LogFields{}, .text = text});
  EXPECT_NE(entry.find("MESSAGE\n\x2c\x01\0\0\0\0\0\0xxx"sv), std::string::npos);
}

TEST(JournalEntryTest, BytesBeyondAsciiAreText) {
  EXPECT_EQ(
      JournalEntry({.level = LogLevel::kDebug, .fields = LogFields{}, .text = "Pfad gr\u00fcn"}),
      "PRIORITY=7\nSYSLOG_IDENTIFIER=pathwatchd\nMESSAGE=Pfad gr\u00fcn\n");
}

TEST(LogCauseTest, StatesAreCausesByTheirOwnNames) {
  for (std::size_t i = 0; i < health::kStates; ++i) {
    const auto state = static_cast<health::State>(i);
    EXPECT_EQ(Name(CauseOf(state)), "state_" + std::string(health::Name(state)));
  }
  EXPECT_EQ(Name(LogCause::kNone), "");
  EXPECT_EQ(Name(LogCause::kOpenFailed), "open_failed");
  EXPECT_EQ(Name(LogCause::kIdentityAccepted), "identity_accepted");
}

TEST(LogOptionsTest, NamesAreReadAsTheyAreWritten) {
  for (const auto level : {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarn, LogLevel::kError}) {
    EXPECT_EQ(LogLevelOf(Name(level)), level);
  }
  for (const auto target : {LogTarget::kAuto, LogTarget::kStderr, LogTarget::kJournal}) {
    EXPECT_EQ(LogTargetOf(Name(target)), target);
  }
  EXPECT_EQ(LogLevelOf("loud"), std::nullopt);
  EXPECT_EQ(LogTargetOf(""), std::nullopt);
}

}  // namespace
}  // namespace pathwatch::service

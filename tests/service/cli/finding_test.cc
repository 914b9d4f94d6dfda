#include "service/cli/finding.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "lib/ring/kernel_version.h"
#include "lib/ring/setup_error.h"
#include "tests/query/json.h"

namespace pathwatch::cli {
namespace {

TEST(FindingTest, ColumnsAreAlignedAndTheRemedyIsBelowTheText) {
  EXPECT_EQ(
      FindingsAsText({Ok("kernel", "Linux 6.12"), Warning("open files", "few", "Raise the limit."),
                      Problem("sg", "not loaded", "Run 'modprobe sg'.")}),
      "ok       kernel      Linux 6.12\n"
      "warning  open files  few\n"
      "                     What to do: Raise the limit.\n"
      "problem  sg          not loaded\n"
      "                     What to do: Run 'modprobe sg'.\n");
}

TEST(FindingTest, JsonHasTheSameAndTheWorstLevel) {
  const auto document = query::Parsed(
      FindingsAsJson({Ok("kernel", "Linux 6.12"), Warning("open files", "few", "Raise it.")}));
  ASSERT_EQ(document["findings"].Size(), 2U);
  EXPECT_STREQ(document["findings"][0]["level"].GetString(), "ok");
  EXPECT_STREQ(document["findings"][0]["name"].GetString(), "kernel");
  EXPECT_STREQ(document["findings"][0]["text"].GetString(), "Linux 6.12");
  EXPECT_STREQ(document["findings"][0]["remedy"].GetString(), "");
  EXPECT_STREQ(document["findings"][1]["remedy"].GetString(), "Raise it.");
  EXPECT_STREQ(document["worst"].GetString(), "warning");
}

TEST(FindingTest, WorstIsTheGravestWhereverItStands) {
  EXPECT_EQ(Worst({}), Level::kOk);
  EXPECT_EQ(Worst({Ok("a", ""), Ok("b", "")}), Level::kOk);
  EXPECT_EQ(Worst({Problem("a", "", ""), Warning("b", "", ""), Ok("c", "")}), Level::kProblem);
}

TEST(FindingTest, WhatADeviceSaysDoesNotSteerTheTerminal) {
  const std::string text = FindingsAsText({Warning("handler", "array \x1b[31m", "Ask \x07 it.")});
  EXPECT_EQ(text,
            "warning  handler  array \\x1b[31m\n"
            "                  What to do: Ask \\x07 it.\n");
  EXPECT_STREQ(
      query::Parsed(FindingsAsJson({Ok("handler", "\xff")}))["findings"][0]["text"].GetString(),
      "\\xff");
}

TEST(FindingTest, SentenceIsCutIntoCauseAndRemedy) {
  const Finding finding =
      FromSentence(Level::kProblem, "sg", "it is not loaded: run modprobe", "Wait.");
  EXPECT_EQ(finding.text, "it is not loaded");
  EXPECT_EQ(finding.remedy, "Run modprobe.");
  EXPECT_EQ(finding.level, Level::kProblem);
}

TEST(FindingTest, SentenceWithoutARemedyGetsTheOther) {
  const Finding finding = FromSentence(Level::kWarning, "sg", "it is broken", "wait");
  EXPECT_EQ(finding.text, "it is broken");
  EXPECT_EQ(finding.remedy, "Wait.");
}

TEST(FindingTest, EveryRefusalOfARingHasItsOwnRemedy) {
  for (const int error : {EPERM, EACCES, ENOSYS, ENOMEM, EMFILE, ENFILE}) {
    for (const std::int64_t disabled : {0, 1, 2}) {
      const absl::Status status =
          ring::SetupError({.error = error, .entries = 64, .sysctls = {disabled, 7}});
      const Finding finding =
          FromSentence(Level::kProblem, "io_uring", std::string(status.message()), "otherwise");
      EXPECT_NE(finding.remedy, "Otherwise.") << status;
      EXPECT_EQ(finding.text.find(": "), std::string::npos) << finding.text;
    }
  }
}

TEST(FindingTest, OneIsNoPlural) {
  EXPECT_EQ(Counted(0, "device"), "0 devices");
  EXPECT_EQ(Counted(1, "device"), "1 device");
  EXPECT_EQ(Counted(2, "device"), "2 devices");
}

}  // namespace
}  // namespace pathwatch::cli

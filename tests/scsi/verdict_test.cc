// The verdict table, row by row: each expectation is written out in verdict_cases_*.cc.
#include "lib/scsi/verdict.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "lib/scsi/verdict_table.h"
#include "tests/scsi/verdict_cases.h"

namespace pathwatch::scsi {
namespace {

std::vector<VerdictCase> AllCases() {
  std::vector<VerdictCase> all;
  for (const auto& part :
       {TransportCases(), OtherKeyCases(), NotReadyCases(), UnitAttentionCases()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

// In words, so that a difference is readable.
std::string Show(const Verdict& verdict);

std::string Show(const Lasting& lasting) {
  static constexpr const char* kNames[] = {"up",          "ghost", "transitioning",
                                           "unavailable", "down",  "unmapped"};
  return std::string(kNames[static_cast<int>(lasting.condition)]) +
         (lasting.reach == Reach::kLogicalUnit ? " lun" : "");
}

std::string Show(const Verdict& verdict) {
  if (const auto* lasting = std::get_if<Lasting>(&verdict)) return Show(*lasting);
  if (const auto* now = std::get_if<RetryNow>(&verdict)) {
    const auto* end = std::get_if<Lasting>(&now->exhausted);
    return std::string("retry ") + (now->at_once ? "at once" : "now") + ", then " +
           (end != nullptr ? Show(*end) : "no opinion");
  }
  if (const auto* later = std::get_if<RetryLater>(&verdict)) {
    return std::string("retry later") + (later->may_end_down ? ", then down" : "") +
           (later->reach == Reach::kLogicalUnit ? " lun" : "");
  }
  return "no opinion";
}

class VerdictTest : public testing::TestWithParam<VerdictCase> {};

TEST_P(VerdictTest, IsJudgedAsExpected) {
  const Judgement judgement = Judge(GetParam().MakeReply());
  EXPECT_EQ(Show(judgement.verdict), Show(GetParam().verdict));
  EXPECT_EQ(judgement.follow_ups, GetParam().follow_ups);
  EXPECT_EQ(judgement.code, CodeOf(GetParam().MakeReply()));
}

INSTANTIATE_TEST_SUITE_P(VerdictTable, VerdictTest, testing::ValuesIn(AllCases()),
                         [](const auto& row) { return row.param.name; });

TEST(VerdictTableTest, EveryRowIsReachedByACase) {
  std::set<const Row*> reached;
  for (const VerdictCase& row : AllCases()) reached.insert(&FindRow(CodeOf(row.MakeReply())));
  for (const auto rows : AllRows()) {
    for (const Row& row : rows) EXPECT_TRUE(reached.contains(&row)) << row.meaning;
  }
}

TEST(VerdictTableTest, BothEndsOfEveryRangeAreReachedByACase) {
  std::set<std::pair<const Row*, std::uint8_t>> reached;
  for (const VerdictCase& row : AllCases()) {
    const Code code = CodeOf(row.MakeReply());
    reached.insert({&FindRow(code), code.ascq});
  }
  for (const auto rows : AllRows()) {
    for (const Row& row : rows) {
      if (row.ascq == kAny) continue;
      for (const std::uint16_t end : {row.ascq.first, row.ascq.last}) {
        EXPECT_TRUE(reached.contains({&row, static_cast<std::uint8_t>(end)}))
            << row.meaning << ", qualifier " << end;
      }
    }
  }
}

TEST(VerdictTableTest, MeaningsAreClausesAndRemediesAreSentences) {
  for (const auto rows : AllRows()) {
    for (const Row& row : rows) {
      ASSERT_FALSE(row.meaning.empty());
      EXPECT_FALSE(row.meaning.ends_with('.')) << row.meaning;
      EXPECT_FALSE(std::isupper(static_cast<unsigned char>(row.meaning.front()))) << row.meaning;
      if (row.remedy.empty()) continue;
      EXPECT_TRUE(row.remedy.ends_with('.')) << row.remedy;
      EXPECT_TRUE(std::isupper(static_cast<unsigned char>(row.remedy.front()))) << row.remedy;
    }
  }
}

// No code that exists may be without a row: 16 keys, all codes, with and without them.
TEST(VerdictTableTest, EverySenseFindsARowOfItsOwnKey) {
  Code code;
  code.status = 0x02;
  code.has_sense = true;
  for (int key = 0; key <= 0xF; ++key) {
    code.sense_key = static_cast<std::uint8_t>(key);
    int strays = 0;
    for (int codes = 0; codes <= 0xFFFF; ++codes) {
      code.has_asc = true;
      code.asc = static_cast<std::uint8_t>(codes >> 8);
      code.ascq = static_cast<std::uint8_t>(codes);
      const Row& row = FindRow(code);
      code.has_asc = false;
      const Row& without_codes = FindRow(code);
      const bool own = row.source == Source::kSense && row.value == Range(key);
      strays += !own || without_codes.value != Range(key) || without_codes.asc != kAny;
    }
    EXPECT_EQ(strays, 0) << "key " << key;
  }
}

}  // namespace
}  // namespace pathwatch::scsi

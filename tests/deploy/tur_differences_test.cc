// The table "Answers beside tur's" of deploy/README.md against the verdict table: each difference
// has its row there, and each row is a difference.
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "lib/scsi/code.h"
#include "lib/scsi/status.h"
#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi {
namespace {

constexpr std::uint8_t kUnknownCode = 0x7f;
constexpr const char* kOnce = ", once";

// What a checker answers in the end about a path that was up.
struct Answers {
  std::string always;  // if it goes on answering so
  std::string once;    // if it answers so once, and GOOD then
};

std::string AnswerOf(const Lasting& lasting) {
  switch (lasting.condition) {
    case Condition::kUp:
      return "up";
    case Condition::kGhost:
      return "ghost";
    case Condition::kTransitioning:
      return "pending, down";
    case Condition::kUnmapped:
      return "disconnected";
    default:
      return "down";
  }
}

Answers OfPathwatch(const Verdict& verdict) {
  if (const auto* lasting = std::get_if<Lasting>(&verdict)) {
    return {AnswerOf(*lasting), AnswerOf(*lasting)};
  }
  if (const auto* now = std::get_if<RetryNow>(&verdict)) {
    const auto* exhausted = std::get_if<Lasting>(&now->exhausted);
    return {exhausted != nullptr ? AnswerOf(*exhausted) : "pending, as tur", "up"};
  }
  if (const auto* later = std::get_if<RetryLater>(&verdict)) {
    return {later->may_end_down ? "pending, down" : "pending, as tur", "pending, up"};
  }
  return {"pending, as tur", "pending, up"};
}

// multipathd's checker, in all its versions.
Answers OfTur(const Code& code) {
  if (code.status == kStatusReservationConflict) return {"up", "up"};
  if (code.host_status != 0) {
    const bool final = code.host_status == kDidNoConnect || code.host_status == kDidBadTarget ||
                       code.host_status == kDidAbort || code.host_status == kDidTransportFailfast;
    // When the kernel's time is over, so is that of tur, whatever a repetition says.
    const bool late = code.host_status == kDidTimeOut;
    return {"down", final || late ? "down" : "up"};
  }
  if (code.status == kStatusGood) return {"up", "up"};
  if (!code.has_sense) return {"down", "down"};
  if (code.sense_key == 0x6) return {"down", "up"};
  const std::uint32_t sense = code.sense_key << 16U | code.asc << 8U | code.ascq;
  if (sense == 0x02040b) return {"ghost", "ghost"};
  if (sense == 0x02040a) return {"pending", "pending"};
  if (sense == 0x052500) return {"disconnected", "disconnected"};
  return {"down", "down"};
}

// An outcome that only this row is for; nothing if a more specific row has taken it.
std::optional<Code> ExampleOf(const Row& row) {
  Code code;
  const std::uint16_t value = row.value == kAny ? kUnknownCode : row.value.first;
  switch (row.source) {
    case Source::kErrno:
      return std::nullopt;  // of pathwatch's own node, which tur has no part in
    case Source::kHostStatus:
      code.host_status = value;
      break;
    case Source::kStatus:
      code.status = static_cast<std::uint8_t>(value);
      break;
    case Source::kNoUsableSense:
      code.status = kStatusCheckCondition;
      break;
    case Source::kDeferredSense:
    case Source::kSense:
      code.status = kStatusCheckCondition;
      code.has_sense = code.has_asc = true;
      code.deferred = row.source == Source::kDeferredSense;
      code.sense_key = code.deferred ? 0x3 : static_cast<std::uint8_t>(value);
      code.asc = row.asc == kAny ? kUnknownCode : static_cast<std::uint8_t>(row.asc.first);
      code.ascq = row.ascq == kAny ? kUnknownCode : static_cast<std::uint8_t>(row.ascq.first);
      break;
  }
  if (&FindRow(code) != &row) return std::nullopt;
  return code;
}

// How the table calls an outcome: "host 0e", "status 30", "sense 02/04/01", "no sense".
std::string NameOf(const Code& code) {
  if (code.deferred) return "deferred sense";
  if (code.host_status != 0) return absl::StrFormat("host %02x", code.host_status);
  if (code.status != kStatusCheckCondition) return absl::StrFormat("status %02x", code.status);
  if (!code.has_sense) return "no sense";
  return absl::StrFormat("sense %02x/%02x/%02x", code.sense_key, code.asc, code.ascq);
}

struct DocumentedRow {
  std::string what;  // "xx" stands for any byte that means nothing more specific
  std::string tur;
  std::string pathwatch;
  std::string why;
};

// The rows about outcomes of commands; those about what GOOD means begin with "good".
std::vector<DocumentedRow> Documented() {
  std::ifstream file("deploy/README.md");
  std::vector<DocumentedRow> rows;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (absl::StartsWith(line, "<!-- answers: ")) inside = absl::StrContains(line, "begin");
    const bool heading = absl::StartsWith(line, "| sense/status") || !absl::StartsWith(line, "| ");
    if (!inside || heading) continue;
    std::vector<std::string> cells = absl::StrSplit(line, '|');
    EXPECT_EQ(cells.size(), 6U) << line;
    if (cells.size() != 6) continue;
    for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
    if (!absl::StartsWith(cells[1], "good")) {
      rows.push_back({cells[1], cells[2], cells[3], cells[4]});
    }
  }
  return rows;
}

// How many bytes of the pattern are any, if the name is one of those that it stands for.
std::optional<int> Fits(const std::string& pattern, const std::string& name) {
  if (pattern.size() != name.size()) return std::nullopt;
  int any = 0;
  for (std::size_t i = 0; i < name.size(); i++) {
    if (pattern[i] == 'x') {
      any++;
    } else if (pattern[i] != name[i]) {
      return std::nullopt;
    }
  }
  return any;
}

// The most specific row for that name; null if there is none.
const DocumentedRow* FindDocumented(const std::vector<DocumentedRow>& rows,
                                    const std::string& name) {
  const DocumentedRow* best = nullptr;
  int fewest = INT32_MAX;
  for (const DocumentedRow& row : rows) {
    const auto any = Fits(row.what, name);
    if (!any || *any >= fewest) continue;
    fewest = *any;
    best = &row;
  }
  return best;
}

struct Difference {
  std::string what;
  std::string tur;
  std::string pathwatch;
};

std::optional<Difference> DifferenceOf(const Code& code, const Verdict& verdict) {
  const Answers tur = OfTur(code);
  const Answers pathwatch = OfPathwatch(verdict);
  if (tur.always != pathwatch.always) return Difference{NameOf(code), tur.always, pathwatch.always};
  if (tur.once != pathwatch.once) return Difference{NameOf(code) + kOnce, tur.once, pathwatch.once};
  return std::nullopt;
}

TEST(TurDifferencesTest, EveryDifferenceOfTheVerdictTableIsDocumented) {
  const auto documented = Documented();
  int differences = 0;
  for (const auto& rows : AllRows()) {
    for (const Row& row : rows) {
      const auto code = ExampleOf(row);
      if (!code) continue;
      const auto difference = DifferenceOf(*code, row.verdict);
      const std::string name = difference ? difference->what : NameOf(*code);
      const DocumentedRow* found = FindDocumented(documented, name);
      if (!difference) {
        EXPECT_TRUE(found == nullptr || found->what != name) << name << " is no difference";
        continue;
      }
      differences++;
      if (found == nullptr) {
        ADD_FAILURE() << "| " << name << " | " << difference->tur << " | " << difference->pathwatch
                      << " | " << row.meaning << " |";
        continue;
      }
      EXPECT_EQ(found->tur, difference->tur) << name;
      EXPECT_EQ(found->pathwatch, difference->pathwatch) << name;
    }
  }
  EXPECT_GT(differences, 40);
}

// The outcome that a documented row is about, with any byte chosen so that nothing special is
// meant.
std::optional<Code> CodeOfName(std::string name) {
  if (absl::EndsWith(name, kOnce)) name.resize(name.size() - std::string(kOnce).size());
  Code code;
  std::vector<std::string> words = absl::StrSplit(name, ' ');
  if (words.size() != 2) return std::nullopt;
  std::vector<std::uint32_t> bytes;
  const std::vector<std::string> texts = absl::StrSplit(words[1], '/');
  for (const std::string& text : texts) {
    std::uint32_t byte = kUnknownCode;
    if (text != "xx" && !absl::SimpleHexAtoi(text, &byte)) byte = 0;
    bytes.push_back(byte);
  }
  code.status = kStatusCheckCondition;
  if (words[0] == "host") {
    code.status = 0;
    code.host_status = static_cast<std::uint16_t>(bytes[0]);
  } else if (words[0] == "status") {
    code.status = static_cast<std::uint8_t>(bytes[0]);
  } else if (words[0] == "deferred" || (words[0] == "sense" && bytes.size() == 3)) {
    code.deferred = words[0] == "deferred";
    code.has_sense = code.has_asc = true;
    code.sense_key = code.deferred ? 0x3 : static_cast<std::uint8_t>(bytes[0]);
    code.asc = code.deferred ? 0 : static_cast<std::uint8_t>(bytes[1]);
    code.ascq = code.deferred ? 0 : static_cast<std::uint8_t>(bytes[2]);
  } else if (words[0] != "no") {
    return std::nullopt;
  }
  return code;
}

TEST(TurDifferencesTest, EveryDocumentedRowIsADifference) {
  const auto documented = Documented();
  EXPECT_FALSE(documented.empty());
  for (const DocumentedRow& row : documented) {
    SCOPED_TRACE(row.what);
    const auto code = CodeOfName(row.what);
    ASSERT_TRUE(code) << "it is not understood";
    const auto difference = DifferenceOf(*code, FindRow(*code).verdict);
    ASSERT_TRUE(difference);
    EXPECT_EQ(row.tur, difference->tur);
    EXPECT_EQ(row.pathwatch, difference->pathwatch);
    EXPECT_EQ(absl::EndsWith(row.what, kOnce), absl::EndsWith(difference->what, kOnce));
    EXPECT_FALSE(row.why.empty());
  }
}

}  // namespace
}  // namespace pathwatch::scsi

#include "lib/config/toml_problem.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace pathwatch::config {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kBytesMax = 160;

struct Description {
  std::string_view part;      // "table header", "key-value pair", "string", "decimal integer", ...
  std::string_view sentence;  // "expected digit, saw 's'"
};

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != kNone; }

Description Split(std::string_view description) {
  constexpr std::string_view kStart = "Error while parsing ";
  constexpr std::string_view kMiddle = ": ";
  const std::size_t middle = description.find(kMiddle);
  if (!description.starts_with(kStart) || middle == kNone) return {"", description};
  return {description.substr(kStart.size(), middle - kStart.size()),
          description.substr(middle + kMiddle.size())};
}

// It may quote the file: any length, any character.
std::string Printable(std::string_view sentence) {
  std::string printable;
  for (const char c : sentence.substr(0, kBytesMax)) {
    if (c >= 0x20 && c < 0x7f) {
      printable += c;
    } else {
      absl::StrAppendFormat(&printable, "\\x%02x", static_cast<unsigned char>(c));
    }
  }
  if (sentence.size() > kBytesMax) printable += "...";
  return printable;
}

// What the library says in parentheses is for those who compile it.
std::string_view WithoutAside(std::string_view sentence) {
  constexpr std::string_view kAside = " (TOML_";
  return sentence.substr(0, sentence.find(kAside));
}

std::string_view BetweenQuotes(std::string_view sentence) {
  const std::size_t first = sentence.find('\'');
  const std::size_t last = sentence.rfind('\'');
  if (first == last) return "";
  return sentence.substr(first + 1, last - first - 1);
}

bool IsValue(std::string_view part) {
  return part == "value" || part == "boolean" || part.ends_with("integer") ||
         part.ends_with("floating-point") || part == "date" || part == "time" ||
         part == "date-time";
}

std::string_view Remedy(const Description& description) {
  if (IsValue(description.part) && !Contains(description.sentence, "nested")) {
    return "; everything but a whole number stands in quotes, as \"5s\"";
  }
  if (description.part.ends_with("string") && Contains(description.sentence, "control character")) {
    return "; is the quote at the end missing?";
  }
  if (description.part.ends_with("string") && Contains(description.sentence, "end-of-file")) {
    return "; a quote is missing";
  }
  return "";
}

}  // namespace

std::string TomlProblem(std::string_view description, std::uint32_t column) {
  const Description parts = Split(description);
  const std::string_view name = BetweenQuotes(parts.sentence);
  if (parts.sentence.starts_with("cannot redefine existing") && !name.empty()) {
    if (parts.part != "table header") {
      return absl::StrCat(Printable(name), ": is given twice in this file: keep one of them");
    }
    if (parts.sentence.starts_with("cannot redefine existing table '")) {
      return absl::StrCat("[", Printable(name),
                          "]: stands twice in this file: put all its options below one of them");
    }
  }
  return absl::StrCat("not valid TOML at column ", column, ": ",
                      Printable(WithoutAside(parts.sentence)), std::string(Remedy(parts)));
}

}  // namespace pathwatch::config

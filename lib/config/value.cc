#include "lib/config/value.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "lib/config/listen_address.h"
#include "lib/config/nearest_name.h"
#include "lib/config/path_rule.h"
#include "lib/config/quoted.h"

namespace pathwatch::config {
namespace {

// Longer ones name neither a directory nor a group.
constexpr std::size_t kTextBytesMax = 4'095;

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return absl::ascii_isdigit(c); });
}

std::vector<std::string> Words(const Option& option) {
  return absl::StrSplit(std::string(option.choices), ' ');
}

// "<found> <what is wrong>; expected is <what is possible>"
absl::Status Refusal(const Option& option, const std::string& found, const std::string& wrong) {
  return absl::InvalidArgumentError(
      absl::StrCat(found, " ", wrong, "; expected is ", Expected(option)));
}

absl::StatusOr<Value> Duration(const Option& option, const std::string& text) {
  const std::string found = Quoted(text);
  if (AllDigits(text)) {
    return Refusal(option, found, "has no unit: write ms, s, m or h after the number");
  }
  absl::Duration duration;
  if (!absl::ParseDuration(text, &duration)) return Refusal(option, found, "is not a duration");
  if (duration < absl::Nanoseconds(option.least)) return Refusal(option, found, "is too short");
  if (duration > absl::Nanoseconds(option.most)) return Refusal(option, found, "is too long");
  return absl::ToInt64Nanoseconds(duration);
}

absl::StatusOr<Value> NumberInRange(const Option& option, const std::string& found,
                                    std::int64_t number) {
  if (number < option.least) return Refusal(option, found, "is too small");
  if (number > option.most) return Refusal(option, found, "is too large");
  return number;
}

absl::StatusOr<Value> Count(const Option& option, const std::string& text) {
  const std::string found = Quoted(text);
  const bool negative = text.starts_with('-');
  if (!AllDigits(std::string_view(text).substr(negative ? 1 : 0))) {
    return Refusal(option, found, "is not a whole number");
  }
  std::int64_t number = 0;
  if (!absl::SimpleAtoi(text, &number)) {
    return Refusal(option, found, negative ? "is too small" : "is too large");
  }
  return NumberInRange(option, found, number);
}

absl::StatusOr<Value> Choice(const Option& option, const std::string& text) {
  NearestName nearest(text);
  for (const std::string& word : Words(option)) {
    if (word == text) return text;
    nearest.Offer(word);
  }
  return absl::InvalidArgumentError(
      absl::StrCat(Quoted(text), " is not ", Expected(option), nearest.Question()));
}

absl::StatusOr<Value> Text(const Option& option, const std::string& text) {
  if (text.size() > kTextBytesMax) return Refusal(option, Quoted(text), "is too long");
  if (std::any_of(text.begin(), text.end(),
                  [](unsigned char c) { return absl::ascii_iscntrl(c); })) {
    return Refusal(option, Quoted(text), "contains a control character");
  }
  return text;
}

absl::StatusOr<Value> Address(const Option& option, const std::string& text) {
  const auto address = ParseListenAddress(text);
  if (!address.ok()) return Refusal(option, Quoted(text), std::string(address.status().message()));
  return text;
}

absl::StatusOr<Value> Mode(const Option& option, const std::string& text) {
  const bool octal = text.find_first_not_of("01234567") == std::string_view::npos;
  const bool has_length = text.size() == 3 || (text.size() == 4 && text.front() == '0');
  if (!octal || !has_length) return Refusal(option, Quoted(text), "does not name permissions");
  std::int64_t mode = 0;
  for (const char digit : text) mode = mode * 8 + (digit - '0');
  return mode;
}

// REQUIRES: a fallback of the table, which ValueFromText or ValueFromList take.
Value FromFallback(const Option& option) {
  if (option.type == Type::kPathRules) return std::vector<std::string>{};
  std::string_view text = option.fallback;
  if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
  return *ValueFromText(option, text);
}

std::array<Value, kOptionCount> AllDefaults() {
  std::array<Value, kOptionCount> values;
  std::transform(Options().begin(), Options().end(), values.begin(), FromFallback);
  return values;
}

}  // namespace

absl::StatusOr<Value> ValueFromText(const Option& option, std::string_view view) {
  const std::string text(view);
  switch (option.type) {
    case Type::kDuration:
      return Duration(option, text);
    case Type::kCount:
      return Count(option, text);
    case Type::kChoice:
      return Choice(option, text);
    case Type::kText:
      return Text(option, text);
    case Type::kMode:
      return Mode(option, text);
    case Type::kAddress:
      return Address(option, text);
    case Type::kPathRules:
      break;
  }
  return Refusal(option, Quoted(text), "is not a list");
}

absl::StatusOr<Value> ValueFromNumber(const Option& option, std::int64_t number) {
  const std::string found = absl::StrCat(number);
  if (option.type == Type::kCount) return NumberInRange(option, found, number);
  if (option.type == Type::kDuration) {
    return Refusal(option, found,
                   absl::StrCat("has no unit: write \"", number, "s\" if seconds are meant"));
  }
  return Refusal(option, found, "is a number");
}

absl::StatusOr<Value> ValueFromList(const Option& option, std::vector<std::string> list) {
  if (option.type != Type::kPathRules) return Refusal(option, "a list", "was found");
  for (const std::string& rule : list) {
    const absl::Status status = CheckPathRule(rule);
    if (!status.ok()) return status;
  }
  return Value(std::move(list));
}

const Value& DefaultOf(OptionId id) {
  static const auto& defaults = *new const std::array<Value, kOptionCount>(AllDefaults());
  return defaults[static_cast<std::size_t>(id)];
}

}  // namespace pathwatch::config

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "lib/config/value.h"

namespace pathwatch::config {
namespace {

// Text without control characters as a string of TOML.
std::string InQuotes(const std::string& text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

// "90s", "2m", "1h30m", "500ms": without the parts that are 0, and minutes only from two on.
std::string DurationText(std::int64_t duration_ns) {
  absl::Duration rest = absl::Nanoseconds(duration_ns);
  if (rest < absl::Minutes(2) && rest % absl::Seconds(1) == absl::ZeroDuration()) {
    return absl::StrCat(absl::ToInt64Seconds(rest), "s");
  }
  std::string text;
  const std::int64_t hours = absl::IDivDuration(rest, absl::Hours(1), &rest);
  const std::int64_t minutes = absl::IDivDuration(rest, absl::Minutes(1), &rest);
  if (hours > 0) absl::StrAppend(&text, hours, "h");
  if (minutes > 0) absl::StrAppend(&text, minutes, "m");
  if (rest > absl::ZeroDuration()) absl::StrAppend(&text, absl::FormatDuration(rest));
  return text;
}

std::string Words(const std::string& choices) {
  return absl::StrCat("\"", absl::StrReplaceAll(choices, {{" ", "\", \""}}), "\"");
}

}  // namespace

std::string TextOf(const Option& option, const Value& value) {
  switch (option.type) {
    case Type::kDuration:
      return InQuotes(DurationText(std::get<std::int64_t>(value)));
    case Type::kCount:
      return absl::StrCat(std::get<std::int64_t>(value));
    case Type::kMode:
      return InQuotes(absl::StrFormat("%04o", std::get<std::int64_t>(value)));
    case Type::kChoice:
    case Type::kText:
    case Type::kAddress:
      return InQuotes(std::get<std::string>(value));
    case Type::kPathRules:
      break;
  }
  const auto& rules = std::get<std::vector<std::string>>(value);
  return absl::StrCat("[",
                      absl::StrJoin(rules, ", ",
                                    [](std::string* out, const std::string& rule) {
                                      absl::StrAppend(out, InQuotes(rule));
                                    }),
                      "]");
}

std::string Expected(const Option& option) {
  switch (option.type) {
    case Type::kDuration:
      return absl::StrCat("a duration between ", DurationText(option.least), " and ",
                          DurationText(option.most), ", as ", std::string(option.fallback));
    case Type::kCount:
      return absl::StrCat("a whole number between ", option.least, " and ", option.most);
    case Type::kChoice:
      return absl::StrCat("one of ", Words(std::string(option.choices)));
    case Type::kText:
      return "a text without control characters, of 4095 bytes at most";
    case Type::kMode:
      return absl::StrCat("permissions as octal digits in quotes, as ",
                          std::string(option.fallback));
    case Type::kAddress:
      return R"(an IPv4 address and a port, as "127.0.0.1:9837" (port 0: any that is free))";
    case Type::kPathRules:
      break;
  }
  return R"(a list of rules, as ["wwid=3600*", "array=LSI/*", "transport=iscsi"])";
}

}  // namespace pathwatch::config

#include "lib/config/path_rule.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "lib/config/nearest_name.h"
#include "lib/config/quoted.h"

namespace pathwatch::config {
namespace {

constexpr std::array<std::string_view, 4> kKinds = {"wwid", "array", "path", "transport"};
constexpr std::array<std::string_view, 4> kTransports = {"fc", "iscsi", "sas", "other"};

constexpr int kColons = 3;  // in host:channel:target:LUN

struct Rule {
  std::string_view kind;
  std::string_view pattern;
};

std::optional<Rule> Split(std::string_view rule) {
  const std::size_t equals = rule.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  return Rule{rule.substr(0, equals), rule.substr(equals + 1)};
}

struct ArrayName {
  std::string_view vendor;
  std::string_view product;
};

std::optional<ArrayName> SplitArray(std::string_view pattern) {
  const std::size_t slash = pattern.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return ArrayName{pattern.substr(0, slash), pattern.substr(slash + 1)};
}

template <class Names>
bool Contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Names>
std::string NearestOf(const Names& names, std::string_view wanted) {
  NearestName nearest(wanted);
  for (const std::string_view name : names) nearest.Offer(name);
  return nearest.Question();
}

// As sysfs writes it: without a sign or zeros in front.
bool IsNumber(std::string_view text) {
  std::uint64_t number = 0;
  return absl::SimpleAtoi(std::string(text), &number) && text == absl::StrCat(number);
}

// Takes one part of "3:0:0:1" and the colon behind it, if there is one, from the front.
std::string_view TakePart(std::string_view& address) {
  const std::string_view part = address.substr(0, address.find(':'));
  address.remove_prefix(std::min(part.size() + 1, address.size()));
  return part;
}

std::string ComplaintAboutKind(std::string_view kind) {
  return absl::StrCat("there is no kind ", Quoted(kind),
                      "; the kinds are wwid, array, path and transport", NearestOf(kKinds, kind));
}

std::string ComplaintAboutArray(std::string_view pattern) {
  const auto name = SplitArray(pattern);
  if (!name || name->vendor.empty() || name->product.empty()) {
    return "a vendor, a \"/\" and a product are expected, as in array=LSI/INF-01-00";
  }
  if (name->vendor.ends_with(' ') || name->product.ends_with(' ')) {
    return "vendor and product are compared without the blanks at their ends: leave them out";
  }
  return "";
}

bool IsAddressPattern(std::string_view pattern) {
  if (std::count(pattern.begin(), pattern.end(), ':') != kColons) return false;
  for (int i = 0; i <= kColons; i++) {
    const std::string_view part = TakePart(pattern);
    if (part != "*" && !IsNumber(part)) return false;
  }
  return true;
}

std::string ComplaintAboutAddress(std::string_view pattern) {
  if (IsAddressPattern(pattern)) return "";
  return "host, channel, target and LUN are expected, each a number or *, as in path=3:0:*:1";
}

std::string ComplaintAboutTransport(std::string_view pattern) {
  if (Contains(kTransports, pattern)) return "";
  return absl::StrCat("there is no transport ", Quoted(pattern),
                      "; there are fc, iscsi, sas and other", NearestOf(kTransports, pattern));
}

// Empty: the rule is good.
std::string ComplaintAbout(std::string_view text) {
  const auto rule = Split(text);
  if (!rule) return "KIND=PATTERN is expected, as in wwid=3600*";
  if (!Contains(kKinds, rule->kind)) return ComplaintAboutKind(rule->kind);
  if (std::any_of(rule->pattern.begin(), rule->pattern.end(),
                  [](unsigned char c) { return absl::ascii_iscntrl(c); })) {
    return "it contains a control character";
  }
  if (rule->pattern.empty()) return "nothing follows the \"=\"; for any text write *";
  if (rule->kind == "array") return ComplaintAboutArray(rule->pattern);
  if (rule->kind == "path") return ComplaintAboutAddress(rule->pattern);
  if (rule->kind == "transport") return ComplaintAboutTransport(rule->pattern);
  return "";
}

bool MatchesAddress(std::string_view pattern, std::string_view path) {
  if (std::count(path.begin(), path.end(), ':') != kColons) return false;
  for (int i = 0; i <= kColons; i++) {
    const std::string_view wanted = TakePart(pattern);
    if (TakePart(path) != wanted && wanted != "*") return false;
  }
  return true;
}

bool MatchesAny(const std::vector<std::string>& rules, const Target& target) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const std::string& rule) { return MatchesRule(rule, target); });
}

}  // namespace

std::string_view Name(Transport transport) {
  switch (transport) {
    case Transport::kFc:
      return "fc";
    case Transport::kIscsi:
      return "iscsi";
    case Transport::kSas:
      return "sas";
    case Transport::kOther:
      return "other";
  }
  return "other";
}

// Only the last "*" is ever taken back: whatever an earlier one could match besides, the last one
// matches too. So no pattern costs more than its length times that of the text.
bool Matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::optional<std::size_t> star;  // the last one in the pattern so far
  std::size_t star_end = 0;         // up to where in the text it reaches
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_end = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      p++;
      t++;
    } else if (star) {
      p = *star + 1;
      t = ++star_end;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool MatchesArray(std::string_view pattern, const Target& target) {
  const auto name = SplitArray(pattern);
  return name && Matches(name->vendor, target.vendor) && Matches(name->product, target.product);
}

absl::Status CheckPathRule(std::string_view rule) {
  const std::string complaint = ComplaintAbout(rule);
  if (complaint.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("the rule ", Quoted(rule), ": ", complaint));
}

bool MatchesRule(std::string_view rule, const Target& target) {
  const auto parts = Split(rule);
  if (!parts) return false;
  if (parts->kind == "wwid") return Matches(parts->pattern, target.wwid);
  if (parts->kind == "array") return MatchesArray(parts->pattern, target);
  if (parts->kind == "path") return MatchesAddress(parts->pattern, target.path);
  return parts->pattern == Name(target.transport);
}

std::string_view LeftOutBy(const std::vector<std::string>& include,
                           const std::vector<std::string>& exclude, const Target& target) {
  for (const std::string& rule : exclude) {
    if (MatchesRule(rule, target)) return rule;
  }
  if (!include.empty() && !MatchesAny(include, target)) return "no rule of include";
  return {};
}

}  // namespace pathwatch::config

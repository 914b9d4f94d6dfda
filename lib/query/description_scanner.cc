#include "lib/query/description_scanner.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::query {
namespace {

constexpr std::size_t kQuoteMax = 40;

bool IsNamePart(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.') return true;
  // Names of interfaces may have a dash, but "->" is none of theirs.
  return c == '-' && at + 1 < text.size() && text[at + 1] != '>';
}

}  // namespace

bool DescriptionScanner::IsName() const {
  return !token_.empty() && absl::ascii_isalpha(static_cast<unsigned char>(token_.front()));
}

bool DescriptionScanner::Take(std::string_view token) {
  if (token_ != token) return false;
  Advance();
  return true;
}

std::string_view DescriptionScanner::TakeAny() {
  const std::string_view token = token_;
  Advance();
  return token;
}

absl::Status DescriptionScanner::Expected(const std::string& what) const {
  if (token_.empty()) return Problem(absl::StrCat(what, " is expected, not the end"));
  return Problem(absl::StrCat(what, " is expected, not '",
                              absl::CEscape(std::string(token_.substr(0, kQuoteMax))), "'"));
}

absl::Status DescriptionScanner::Problem(const std::string& sentence) const {
  return absl::InvalidArgumentError(
      absl::StrCat("interface description, line ", line_, ": ", sentence));
}

void DescriptionScanner::SkipSpace() {
  while (!text_.empty()) {
    const char c = text_.front();
    if (c == '#') {
      text_.remove_prefix(std::min(text_.find('\n'), text_.size()));
      continue;
    }
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) return;
    if (c == '\n') ++line_;
    text_.remove_prefix(1);
  }
}

void DescriptionScanner::Advance() {
  SkipSpace();
  std::size_t length = std::min<std::size_t>(text_.size(), 1);
  if (length > 0 && absl::ascii_isalpha(static_cast<unsigned char>(text_.front()))) {
    while (length < text_.size() && IsNamePart(text_, length)) ++length;
  } else if (text_.starts_with("->")) {
    length = 2;
  }
  token_ = text_.substr(0, length);
  text_.remove_prefix(length);
}

}  // namespace pathwatch::query

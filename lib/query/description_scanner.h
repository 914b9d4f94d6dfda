// The words and signs of an interface description, one after the other.
//
// Pure; one thread.
#ifndef PATHWATCH_LIB_QUERY_DESCRIPTION_SCANNER_H_
#define PATHWATCH_LIB_QUERY_DESCRIPTION_SCANNER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace pathwatch::query {

class DescriptionScanner final {
 public:
  // `text` must outlive the scanner and what it returns.
  explicit DescriptionScanner(std::string_view text) : text_(text) { Advance(); }

  // A name, "->", or one of the characters ( ) [ ] , : ?; "" at the end of the text. A character
  // that stands for nothing is returned as it is, and fits nowhere.
  std::string_view token() const { return token_; }
  bool IsName() const;

  // Takes the token if it is this one.
  bool Take(std::string_view token);
  // REQUIRES: not at the end.
  std::string_view TakeAny();

  // "line 7: <what> is expected, not 'xyz'"
  absl::Status Expected(const std::string& what) const;
  absl::Status Problem(const std::string& sentence) const;

 private:
  void Advance();
  void SkipSpace();

  std::string_view text_;
  std::string_view token_;
  std::size_t line_ = 1;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_DESCRIPTION_SCANNER_H_

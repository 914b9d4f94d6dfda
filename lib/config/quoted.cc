#include "lib/config/quoted.h"

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace pathwatch::config {
namespace {

constexpr std::size_t kBytesMax = 60;

}  // namespace

std::string Quoted(std::string_view text) {
  return absl::StrCat("\"", absl::CHexEscape(std::string(text.substr(0, kBytesMax))),
                      text.size() > kBytesMax ? "...\"" : "\"");
}

}  // namespace pathwatch::config

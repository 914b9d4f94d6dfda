#include "absl/strings/str_cat.h"
#include "lib/config/quoted.h"
#include "lib/config/toml_reader.h"

namespace pathwatch::config {
namespace {

struct Describer {
  std::string operator()(const TomlTable&) const { return "a table"; }
  std::string operator()(const std::string& text) const { return Quoted(text); }
  std::string operator()(std::int64_t number) const { return absl::StrCat(number); }
  std::string operator()(const TomlList&) const { return "a list"; }
  std::string operator()(const TomlOther& other) const { return other.found; }
};

}  // namespace

std::string Describe(const TomlValue& value) { return std::visit(Describer{}, value); }

}  // namespace pathwatch::config

#include "absl/strings/str_cat.h"
#include "lib/config/quoted.h"
#include "lib/config/toml_reader.h"

namespace pathwatch::config {
namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

}  // namespace

std::string Describe(const TomlValue& value) {
  return std::visit(Overloaded{
                        [](const TomlTable&) -> std::string { return "a table"; },
                        [](const std::string& text) { return Quoted(text); },
                        [](std::int64_t number) { return absl::StrCat(number); },
                        [](const TomlList&) -> std::string { return "a list"; },
                        [](const TomlOther& other) { return other.found; },
                    },
                    value);
}

}  // namespace pathwatch::config

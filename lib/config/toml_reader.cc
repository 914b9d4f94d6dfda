#include "lib/config/toml_reader.h"

// Without exceptions and streams of its own: parse() returns what went wrong.
#define TOML_EXCEPTIONS 0
// Lists of texts are as deep as it needs to get, and each level costs stack.
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/config/quoted.h"
#include "lib/config/text_check.h"
#include "lib/config/toml_problem.h"

namespace pathwatch::config {
namespace {

// [array."VENDOR/PRODUCT"] interval
constexpr std::size_t kLevels = 3;

TomlTable TableOf(const toml::table& table, std::size_t levels);

template <class Printed>
std::string Print(const Printed& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

// What is neither table, list, text nor whole number.
std::string DescribeOther(const toml::node& node) {
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  if (const auto* real = node.as_floating_point()) return absl::StrCat(real->get());
  if (const auto* date = node.as_date()) return Print(date->get());
  if (const auto* time = node.as_time()) return Print(time->get());
  if (const auto* moment = node.as_date_time()) return Print(moment->get());
  return "something else";
}

TomlValue ListOf(const toml::array& array) {
  TomlList list;
  for (const toml::node& node : array) {
    const auto* text = node.as_string();
    if (text == nullptr) {
      const auto* number = node.as_integer();
      const std::string item = node.is_table()   ? "a table"
                               : node.is_array() ? "a list"
                               : number          ? absl::StrCat(number->get())
                                                 : DescribeOther(node);
      return TomlOther{absl::StrCat("a list with ", item, " in it")};
    }
    list.texts.push_back({text->get(), node.source().begin.line});
  }
  return list;
}

TomlValue ValueOf(const toml::node& node, std::size_t levels) {
  if (const auto* table = node.as_table()) return TableOf(*table, levels);
  if (const auto* array = node.as_array()) return ListOf(*array);
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  return TomlOther{DescribeOther(node)};
}

TomlTable TableOf(const toml::table& table, std::size_t levels) {
  TomlTable result;
  if (levels == 0) return result;
  for (const auto& [key, node] : table) {
    result.entries.push_back(
        {std::string(key.str()), key.source().begin.line, ValueOf(node, levels - 1)});
  }
  std::stable_sort(result.entries.begin(), result.entries.end(),
                   [](const TomlEntry& a, const TomlEntry& b) { return a.line < b.line; });
  return result;
}

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};

}  // namespace

TomlFile ReadToml(const SourceFile& file) {
  std::optional<Problem> problem = CheckText(file);
  if (problem) return {{}, std::move(problem)};
  const toml::parse_result result = toml::parse(file.text);
  if (!result) {
    const toml::parse_error& error = result.error();
    const toml::source_position& at = error.source().begin;
    return {{}, Problem{file.name, at.line, TomlProblem(error.description(), at.column)}};
  }
  return {TableOf(result.table(), kLevels), std::nullopt};
}

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

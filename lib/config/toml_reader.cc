#include "lib/config/toml_reader.h"

// What the library takes for granted (TOML_ASSERT) is not always so: "[[[" or a date that breaks
// off get past it. It is checked in every build, and stops the parser. No header that behaves
// otherwise without NDEBUG may be included here.
#undef NDEBUG
namespace pathwatch::config {
struct ParserStumbled {};
constexpr void StumbleUnless(bool holds) {
  if (!holds) throw ParserStumbled();
}
}  // namespace pathwatch::config
#define TOML_ASSERT(expression) pathwatch::config::StumbleUnless(static_cast<bool>(expression))
// Without exceptions of its own: parse() returns what is wrong with a text.
#define TOML_EXCEPTIONS 0
// Lists of texts are as deep as it needs to get, and each level costs stack.
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string_view>
#include <utility>

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
  if (const auto* real = node.as_floating_point()) return Print(real->get());
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
                               : number          ? std::to_string(number->get())
                                                 : DescribeOther(node);
      return TomlOther{"a list with " + item + " in it"};
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

// Nothing if the parser stumbled.
std::optional<toml::parse_result> Parse(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const ParserStumbled&) {
    return std::nullopt;
  }
}

// The first `count` lines.
std::string_view Lines(std::string_view text, std::uint32_t count) {
  std::size_t end = 0;
  for (; count > 0 && end < text.size(); --count) {
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  }
  return text.substr(0, end);
}

// 0: it would take too long. The parser does not know where it is when it stumbles, but any text
// that begins with the lines up to there makes it stumble.
std::uint32_t LineOfStumbling(std::string_view text) {
  constexpr std::size_t kBytesMax = 1 << 16;
  if (text.size() > kBytesMax) return 0;
  std::uint32_t well = 0;
  auto stumbles = static_cast<std::uint32_t>(1 + std::count(text.begin(), text.end(), '\n'));
  while (stumbles - well > 1) {
    const std::uint32_t middle = well + (stumbles - well) / 2;
    (Parse(Lines(text, middle)) ? well : stumbles) = middle;
  }
  return stumbles;
}

}  // namespace

TomlFile ReadToml(const SourceFile& file) {
  std::optional<Problem> problem = CheckText(file);
  if (problem) return {{}, std::move(problem)};
  const std::optional<toml::parse_result> result = Parse(file.text);
  if (!result) {
    return {{},
            Problem{file.name, LineOfStumbling(file.text),
                    "not valid TOML: this line is not understood; tables are written [TABLE], "
                    "options OPTION = VALUE"}};
  }
  if (!*result) {
    const toml::parse_error& error = result->error();
    const toml::source_position& at = error.source().begin;
    return {{}, Problem{file.name, at.line, TomlProblem(error.description(), at.column)}};
  }
  return {TableOf(result->table(), kLevels), std::nullopt};
}

}  // namespace pathwatch::config

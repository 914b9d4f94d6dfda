#include "tests/fuzz/config_entries.h"

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/source_files.h"

namespace pathwatch::config {
namespace {

using Bytes = std::span<const std::uint8_t>;

std::string Exact(Bytes input) { return {input.begin(), input.end()}; }

bool IsPrintable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

std::string CheckProblems(const Loaded& loaded, const SourceFile& file) {
  const auto lines =
      static_cast<std::uint32_t>(1 + std::count(file.text.begin(), file.text.end(), '\n'));
  std::uint32_t last = 0;
  for (const Problem& problem : loaded.problems) {
    if (problem.file != file.name) return "a problem of another file";
    if (problem.line > lines) return "a problem in a line that is not there";
    if (problem.line < last) return "problems that are not in the order of lines";
    if (problem.what.size() > 1'000) return "a problem as long as a file";
    if (!IsPrintable(problem.what)) return "an unprintable problem";
    last = problem.line;
  }
  return "";
}

// That the printed value is taken, and is the same then, says that it is in range.
std::string CheckValue(const Option& option, const Setting& setting) {
  absl::StatusOr<Value> again = setting.value;
  if (option.type == Type::kPathRules) {
    again = ValueFromList(option, std::get<std::vector<std::string>>(setting.value));
  } else if (const auto* number = std::get_if<std::int64_t>(&setting.value);
             number != nullptr && option.type != Type::kMode) {
    if (*number < option.least || *number > option.most) return "a number out of its range";
  } else if (option.type != Type::kMode) {
    again = ValueFromText(option, std::get<std::string>(setting.value));
  }
  if (!again.ok() || *again != setting.value) return "a value that is none of its option";
  return TextOf(option, setting.value).empty() ? "a value without a text" : "";
}

std::string CheckFor(const Configuration& configuration, const Target& target) {
  for (const Option& option : Options()) {
    std::string broken = CheckValue(option, configuration.Find(option.id, target));
    if (!broken.empty()) return broken;
  }
  const auto number = [&](OptionId id) { return configuration.Number(id, target); };
  if (number(OptionId::kCommandTimeoutMin) > number(OptionId::kCommandTimeoutMax) ||
      number(OptionId::kDeadline) >= number(OptionId::kCommandTimeoutMin) ||
      number(OptionId::kBackOffFirst) > number(OptionId::kBackOffMax)) {
    return "values that do not fit together";
  }
  return "";
}

std::string CheckConfiguration(const Configuration& configuration) {
  for (const Transport transport : {Transport::kOther, Transport::kFc, Transport::kIscsi}) {
    Target target;
    target.transport = transport;
    std::string broken = CheckFor(configuration, target);
    for (const ArraySettings& array : configuration.arrays()) {
      const std::size_t slash = array.pattern.find('/');
      if (slash == std::string::npos || slash == 0) return "an array without a vendor";
      target.vendor = std::string_view(array.pattern).substr(0, slash);
      target.product = std::string_view(array.pattern).substr(slash + 1);
      if (broken.empty()) broken = CheckFor(configuration, target);
    }
    if (!broken.empty()) return broken;
  }
  return "";
}

}  // namespace

std::string CheckLoad(Bytes input) {
  const std::vector<SourceFile> files = {{"file", Exact(input)}};
  const Loaded loaded = Load(files, {});
  std::string broken = CheckProblems(loaded, files.front());
  if (broken.empty() && loaded.problems.empty()) broken = CheckConfiguration(loaded.configuration);
  return broken;
}

std::string CheckUnpack(Bytes input) {
  const std::string bytes = Exact(input);
  const std::optional<SourceFiles> files = Unpack(bytes);
  if (files && Pack(*files) != bytes) return "bytes that Pack does not make";
  return "";
}

}  // namespace pathwatch::config

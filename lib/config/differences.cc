#include "lib/config/differences.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace pathwatch::config {
namespace {

// By table as it is written in a file, "[fc]".
using Said = std::map<std::string, std::map<OptionId, std::string>>;

void Collect(const std::string& table, const Settings& settings, Said& said) {
  for (const Option& option : Options()) {
    const std::optional<Setting>& setting = settings[static_cast<std::size_t>(option.id)];
    if (setting) said[table][option.id] = TextOf(option, setting->value);
  }
}

Said ForKinds(const Configuration& configuration) {
  Said said;
  Collect("[fc]", configuration.of_transport(Transport::kFc), said);
  Collect("[iscsi]", configuration.of_transport(Transport::kIscsi), said);
  for (const ArraySettings& array : configuration.arrays()) {
    Collect(absl::StrCat("[array.\"", array.pattern, "\"]"), array.settings, said);
  }
  return said;
}

std::string Line(const std::string& table, const Option& option, const std::string& before,
                 const std::string& after) {
  const auto word = [](const std::string& value) { return value.empty() ? "not set" : value; };
  return absl::StrCat(table, " ", std::string(option.name), ": ", word(before), " -> ",
                      word(after));
}

// Tables in the order in which they count.
std::vector<std::string> Order(const Configuration& configuration) {
  std::vector<std::string> order;
  for (const ArraySettings& array : configuration.arrays()) order.push_back(array.pattern);
  return order;
}

}  // namespace

std::vector<Difference> Differences(const Configuration& before, const Configuration& after) {
  std::vector<Difference> differences;
  for (const Option& option : Options()) {
    const std::string was = TextOf(option, before.Find(option.id).value);
    const std::string is = TextOf(option, after.Find(option.id).value);
    if (was == is) continue;
    differences.push_back(
        {option.id, Line(absl::StrCat("[", std::string(option.table), "]"), option, was, is)});
  }
  Said old_tables = ForKinds(before);
  Said new_tables = ForKinds(after);
  Said all = old_tables;
  all.insert(new_tables.begin(), new_tables.end());
  for (const auto& [table, unused] : all) {
    for (const Option& option : Options()) {
      const std::string& was = old_tables[table][option.id];
      const std::string& is = new_tables[table][option.id];
      if (was != is) differences.push_back({option.id, Line(table, option, was, is)});
    }
  }
  const auto was = Order(before);
  const auto is = Order(after);
  if (differences.empty() && was != is &&
      std::is_permutation(was.begin(), was.end(), is.begin(), is.end())) {
    differences.push_back({OptionId::kInterval, absl::StrCat("[array] tables count in the order ",
                                                             absl::StrJoin(is, ", "))});
  }
  return differences;
}

}  // namespace pathwatch::config

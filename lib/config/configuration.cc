#include "lib/config/configuration.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "lib/config/fit.h"
#include "lib/config/loader.h"

namespace pathwatch::config {
namespace {

const Setting& DefaultSetting(OptionId id) {
  static const auto& defaults = *new const std::array<Setting, kOptionCount>([] {
    std::array<Setting, kOptionCount> settings;
    for (const Option& option : Options()) {
      settings[static_cast<std::size_t>(option.id)].value = DefaultOf(option.id);
    }
    return settings;
  }());
  return defaults[static_cast<std::size_t>(id)];
}

// Of the files in their order, and by line within each; then those of the command line.
void Sort(std::vector<Problem>& problems, std::span<const SourceFile> files) {
  std::map<std::string_view, std::size_t> order;
  for (const SourceFile& file : files) order.emplace(file.name, order.size());
  const auto place = [&](const Problem& problem) {
    const auto found = order.find(problem.file);
    return std::pair(found == order.end() ? order.size() : found->second, problem.line);
  };
  std::stable_sort(problems.begin(), problems.end(),
                   [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
}

}  // namespace

Configuration::Configuration() = default;

const Setting& Configuration::Find(OptionId id, const Target& target) const {
  const auto index = static_cast<std::size_t>(id);
  if (command_line_[index]) return *command_line_[index];

  // Without vendor and product it is no device that an array's table could be for.
  const bool may_have_array = !target.vendor.empty() || !target.product.empty();
  for (auto array = arrays_.rbegin(); may_have_array && array != arrays_.rend(); ++array) {
    const std::optional<Setting>& setting = array->settings[index];
    if (setting && MatchesArray(array->pattern, target)) return *setting;
  }

  if (target.transport == Transport::kFc && fc_[index]) return *fc_[index];
  if (target.transport == Transport::kIscsi && iscsi_[index]) return *iscsi_[index];
  if (global_[index]) return *global_[index];
  return DefaultSetting(id);
}

std::int64_t Configuration::Number(OptionId id, const Target& target) const {
  return std::get<std::int64_t>(Find(id, target).value);
}

const std::string& Configuration::Text(OptionId id) const {
  return std::get<std::string>(Find(id).value);
}

const std::vector<std::string>& Configuration::List(OptionId id) const {
  return std::get<std::vector<std::string>>(Find(id).value);
}

const Settings& Configuration::of_transport(Transport transport) const {
  return transport == Transport::kFc ? fc_ : iscsi_;
}

Loaded Load(std::span<const SourceFile> files, const CommandLine& command_line) {
  Loader loader;
  for (const SourceFile& file : files) loader.LoadFile(file);
  loader.LoadCommandLine(command_line);
  Loaded loaded = loader.TakeResult();
  // Of what was not understood only the default is known, which nobody wants compared.
  if (loaded.problems.empty()) {
    loaded.problems = FindMisfits(loaded.configuration);
    Sort(loaded.problems, files);
  }
  return loaded;
}

}  // namespace pathwatch::config

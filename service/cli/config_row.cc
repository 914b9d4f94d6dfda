#include "service/cli/config_row.h"

#include <algorithm>
#include <cstddef>

#include "lib/config/nearest_name.h"
#include "lib/config/path_rule.h"

namespace pathwatch::cli {
namespace {

using config::Configuration;
using config::OptionId;
using config::Place;
using config::Setting;
using config::Settings;
using config::Target;
using config::Transport;

std::string FullName(const config::Option& option) {
  return std::string(option.table) + "." + std::string(option.name);
}

std::string UnknownSentence(const std::string& name) {
  config::NearestName nearest(name);
  for (const config::Option& option : config::Options()) {
    nearest.Offer(FullName(option));
    nearest.Offer(option.name);
  }
  return "there is no option " + name + nearest.Question();
}

std::string PlaceWord(Place place, Transport transport) {
  switch (place) {
    case Place::kDefault:
      return "default";
    case Place::kGlobal:
      return "global";
    case Place::kTransport:
      return std::string(Name(transport));
    case Place::kArray:
      return "array";
    case Place::kCommandLine:
      return "command line";
  }
  return "default";
}

// Whose table this is a setting of; "" if of none.
std::string PatternOf(const Configuration& configuration, OptionId id, const Setting& setting) {
  for (const config::ArraySettings& array : configuration.arrays()) {
    const auto& candidate = array.settings[static_cast<std::size_t>(id)];
    if (candidate && &*candidate == &setting) return array.pattern;
  }
  return "";
}

Transport TransportNamed(std::string_view name) {
  for (const Transport transport : {Transport::kFc, Transport::kIscsi, Transport::kSas}) {
    if (Name(transport) == name) return transport;
  }
  return Transport::kOther;
}

void AddRows(const Settings& settings, const std::vector<OptionId>& wanted,
             const std::string& place, const std::string& array, ConfigRows& rows) {
  for (const OptionId id : wanted) {
    const auto& setting = settings[static_cast<std::size_t>(id)];
    if (setting) rows.push_back({.id = id, .setting = &*setting, .place = place, .array = array});
  }
}

}  // namespace

std::vector<OptionId> FindOptions(const std::vector<std::string>& names,
                                  std::vector<std::string>& complaints) {
  const auto is = [](const config::Option& option, const std::string& name) {
    return name == option.name || name == FullName(option);
  };
  const auto options = config::Options();
  for (const std::string& name : names) {
    const bool known = std::any_of(options.begin(), options.end(),
                                   [&](const auto& option) { return is(option, name); });
    if (!known) complaints.push_back(UnknownSentence(name));
  }
  std::vector<OptionId> found;
  for (const config::Option& option : options) {
    const bool named =
        std::any_of(names.begin(), names.end(), [&](const auto& name) { return is(option, name); });
    if (named || names.empty()) found.push_back(option.id);
  }
  return found;
}

ConfigRows RowsForAll(const Configuration& configuration, const std::vector<OptionId>& wanted) {
  ConfigRows rows = RowsForDevice(configuration, wanted, "", "");
  for (const Transport transport : {Transport::kFc, Transport::kIscsi}) {
    AddRows(configuration.of_transport(transport), wanted, std::string(Name(transport)), "", rows);
  }
  for (const config::ArraySettings& array : configuration.arrays()) {
    AddRows(array.settings, wanted, "array", array.pattern, rows);
  }
  return rows;
}

ConfigRows RowsForDevice(const Configuration& configuration, const std::vector<OptionId>& wanted,
                         std::string_view array, std::string_view transport) {
  Target target;
  target.transport = TransportNamed(transport);
  target.vendor = array.substr(0, array.find('/'));
  target.product = array.substr(std::min(target.vendor.size() + 1, array.size()));
  ConfigRows rows;
  for (const OptionId id : wanted) {
    const Setting& setting = configuration.Find(id, target);
    rows.push_back({.id = id,
                    .setting = &setting,
                    .place = PlaceWord(setting.origin.place, target.transport),
                    .array = PatternOf(configuration, id, setting)});
  }
  return rows;
}

}  // namespace pathwatch::cli

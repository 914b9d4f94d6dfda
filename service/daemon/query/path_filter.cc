#include "service/daemon/query/path_filter.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "service/daemon/query/parameters.h"
#include "service/present/path_facts.h"
#include "service/present/words.h"

namespace pathwatch::service {
namespace {

std::optional<std::uint32_t> HostNumber(std::string_view name) {
  std::uint32_t number = 0;
  if (!name.starts_with("host")) return std::nullopt;
  if (!absl::SimpleAtoi(std::string(name.substr(4)), &number)) return std::nullopt;
  return number;
}

}  // namespace

std::variant<PathFilter, BadParameter> PathFilter::Of(const rapidjson::Value& parameters) {
  PathFilter filter;
  const rapidjson::Value* given = FindParameter(parameters, "filter");
  if (given == nullptr) return filter;
  for (const std::string& word : ListOf(*given, "states")) {
    const auto state = present::ParseState(word);
    if (!state) return BadParameter{"filter.states"};
    filter.states_.set(*state);
  }
  for (std::string& wwid : ListOf(*given, "luns")) filter.luns_.insert(std::move(wwid));
  for (const std::string& name : ListOf(*given, "nexuses")) {
    const auto address = discovery::ParseHctl(name + ":0");
    if (!address) return BadParameter{"filter.nexuses"};
    filter.nexuses_.insert(*address);
  }
  for (const std::string& name : ListOf(*given, "hosts")) {
    const auto number = HostNumber(name);
    if (!number) return BadParameter{"filter.hosts"};
    filter.hosts_.insert(*number);
  }
  for (const std::string& name : ListOf(*given, "devices")) filter.devices_.emplace_back(name);
  filter.all_ = filter.states_.none() && filter.luns_.empty() && filter.nexuses_.empty() &&
                filter.hosts_.empty() && filter.devices_.empty();
  return filter;
}

bool PathFilter::FitsAddress(const discovery::Hctl& address, const char* wwid) const {
  if (!luns_.empty() && !luns_.contains(std::string_view(wwid))) return false;
  if (!hosts_.empty() && !hosts_.contains(address.host)) return false;
  return nexuses_.empty() || nexuses_.contains({address.host, address.channel, address.target, 0});
}

bool PathFilter::FitsDevice(const pw_path_record& path) const {
  return devices_.empty() ||
         std::any_of(devices_.begin(), devices_.end(),
                     [&path](const present::WantedPath& wanted) { return wanted.Is(path); });
}

bool PathFilter::Fits(const pw_path_record& path) const {
  if (all_) return true;
  if (states_.any() && (path.state >= PW_STATES || !states_.test(path.state))) return false;
  return FitsAddress(present::HctlOf(path), path.wwid) && FitsDevice(path);
}

bool PathFilter::Fits(const pw_change_record& change, const publish::StateFile& file) const {
  if (all_) return true;
  const auto has = [this](std::uint8_t state) { return state < PW_STATES && states_.test(state); };
  if (states_.any() && !has(change.change.from) && !has(change.change.to)) return false;
  const discovery::Hctl address = present::HctlOf(present::PathOf(change));
  if (!FitsAddress(address, change.wwid)) return false;
  // A change does not know the name of the sg device.
  const pw_path_record* const path = file.path(change.path_index);
  const bool same =
      path != nullptr && path->generation == change.generation && present::HctlOf(*path) == address;
  return FitsDevice(same ? *path : present::PathOf(change));
}

}  // namespace pathwatch::service

#include "service/cli/path_filter.h"

#include <algorithm>
#include <functional>
#include <string_view>

#include "lib/config/nearest_name.h"
#include "service/cli/path_argument.h"

namespace pathwatch::cli {
namespace {

using Paths = std::vector<const pw_path_record*>;
// The names by which a path fits a filter.
using Names = std::vector<std::string_view>;

// "3600..." and "3600*" are beginnings.
bool Fits(std::string_view name, std::string_view wanted) {
  if (name.empty()) return false;
  for (const std::string_view rest : {"...", "*"}) {
    if (wanted.ends_with(rest)) {
      return name.starts_with(wanted.substr(0, wanted.size() - rest.size()));
    }
  }
  return name == wanted;
}

bool FitsOne(std::string_view name, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [name](const std::string& one) { return Fits(name, one); });
}

// A sentence for each wanted name that none of `known` fits.
void ComplainOfUnknown(const char* thing, const std::vector<std::string>& wanted,
                       const std::vector<std::string>& known,
                       std::vector<std::string>& complaints) {
  for (const std::string& name : wanted) {
    config::NearestName nearest(name);
    bool found = false;
    for (const std::string& candidate : known) {
      found = found || Fits(candidate, name);
      nearest.Offer(candidate);
    }
    if (!found) complaints.push_back(std::string("no ") + thing + " " + name + nearest.Question());
  }
}

Names LunNames(const StateView& view, const pw_path_record& path) {
  Names names = {path.wwid};
  if (const pw_lun_record* lun = LunOf(view, path)) {
    names.emplace_back(lun->wwid);
    names.emplace_back(lun->dm_name);
  }
  return names;
}

std::vector<std::string> KnownLuns(const StateView& view) {
  std::vector<std::string> known;
  for (const pw_lun_record& lun : view.luns) {
    known.insert(known.end(), {lun.wwid, lun.dm_name});
  }
  for (const pw_path_record& path : view.paths) known.emplace_back(path.wwid);
  return known;
}

std::vector<std::string> KnownNexuses(const StateView& view) {
  std::vector<std::string> known;
  for (const pw_nexus_record& nexus : view.nexuses) known.emplace_back(nexus.name);
  for (const pw_path_record& path : view.paths) known.push_back(present::NexusName(path));
  return known;
}

// "host3", for what was asked for as "3" too.
std::vector<std::string> HostNames(const std::vector<std::string>& hosts) {
  std::vector<std::string> names;
  for (const std::string& host : hosts) {
    const bool number = !host.empty() && host.find_first_not_of("0123456789") == std::string::npos;
    names.push_back(number ? "host" + host : host);
  }
  return names;
}

std::vector<std::string> KnownHosts(const StateView& view) {
  std::vector<std::string> known;
  for (const pw_path_record& path : view.paths) known.push_back(present::HostName(path));
  return known;
}

void ComplainOfUnknown(const StateView& view, const PathFilterOptions& options,
                       std::vector<std::string>& complaints) {
  if (!options.luns.empty()) {
    ComplainOfUnknown("logical unit", options.luns, KnownLuns(view), complaints);
  }
  if (!options.nexuses.empty()) {
    ComplainOfUnknown("I_T nexus", options.nexuses, KnownNexuses(view), complaints);
  }
  if (!options.hosts.empty()) {
    ComplainOfUnknown("host", HostNames(options.hosts), KnownHosts(view), complaints);
  }
}

bool FitsPorts(const pw_path_record& path, const PathFilterOptions& options,
               const std::vector<std::string>& hosts) {
  return (options.nexuses.empty() || FitsOne(present::NexusName(path), options.nexuses)) &&
         (hosts.empty() || FitsOne(present::HostName(path), hosts));
}

bool FitsState(const pw_path_record& path, const PathFilterOptions& options) {
  const auto& states = options.states;
  return states.empty() || std::find(states.begin(), states.end(), path.state) != states.end();
}

bool FitsLun(const StateView& view, const pw_path_record& path, const PathFilterOptions& options) {
  if (options.luns.empty()) return true;
  const Names names = LunNames(view, path);
  return std::any_of(names.begin(), names.end(),
                     [&options](std::string_view name) { return FitsOne(name, options.luns); });
}

}  // namespace

bool MayFit(const pw_path_record& path, const PathFilterOptions& options) {
  return FitsState(path, options) && FitsPorts(path, options, HostNames(options.hosts)) &&
         (options.paths.empty() || HasOneOfTheNames(path, options.paths));
}

Paths SelectPaths(const StateView& view, const PathFilterOptions& options,
                  std::vector<std::string>& complaints) {
  Paths named = FindPaths(view, options.paths, complaints);
  std::sort(named.begin(), named.end(), std::less<>());
  ComplainOfUnknown(view, options, complaints);
  const std::vector<std::string> hosts = HostNames(options.hosts);
  Paths selected;
  for (const pw_path_record& path : view.paths) {
    const bool name_fits = options.paths.empty() ||
                           std::binary_search(named.begin(), named.end(), &path, std::less<>());
    if (name_fits && FitsState(path, options) && FitsPorts(path, options, hosts) &&
        FitsLun(view, path, options)) {
      selected.push_back(&path);
    }
  }
  return selected;
}

}  // namespace pathwatch::cli

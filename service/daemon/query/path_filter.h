// Which paths a caller wants: the type Filter of the interface.
//
// Thread rule: plain value.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_PATH_FILTER_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_PATH_FILTER_H_

#include <rapidjson/document.h>

#include <bitset>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lib/discovery/hctl.h"
#include "lib/publish/state_file.h"
#include "proto/state_table.h"
#include "service/present/path_names.h"

namespace pathwatch::service {

// A value of the call that means nothing: "filter.states".
struct BadParameter {
  std::string name;
};

class PathFilter {
 public:
  // All paths.
  PathFilter() = default;

  // The member "filter" of a call's parameters; absent: all paths.
  static std::variant<PathFilter, BadParameter> Of(const rapidjson::Value& parameters);

  bool Fits(const pw_path_record& path) const;
  // A change of a path that fits before it, or after it. `file` has the path, if it still exists.
  bool Fits(const pw_change_record& change, const publish::StateFile& file) const;
  bool all() const { return all_; }

 private:
  bool FitsAddress(const discovery::Hctl& address, const char* wwid) const;
  bool FitsDevice(const pw_path_record& path) const;

  bool all_ = true;
  // Each empty: any.
  std::bitset<PW_STATES> states_;
  std::set<std::string, std::less<>> luns_;
  std::set<discovery::Hctl> nexuses_;  // with LUN 0
  std::set<std::uint32_t> hosts_;
  std::vector<present::WantedPath> devices_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_PATH_FILTER_H_

// Looks for a path by a name, in pieces.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_PATH_SEARCH_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_PATH_SEARCH_H_

#include <cstdint>
#include <optional>
#include <string>

#include "lib/config/nearest_name.h"
#include "lib/query/answer.h"
#include "service/daemon/query/published.h"
#include "service/present/path_names.h"

namespace pathwatch::service {

// For a name that no path bears: looks at all names once more, for one that was perhaps meant.
class NearestPath {
 public:
  explicit NearestPath(std::string name) : name_(std::move(name)), wanted_(name_) {}
  NearestPath(const NearestPath&) = delete;
  NearestPath& operator=(const NearestPath&) = delete;

  // True when it is over.
  bool Continue(const publish::StateFile& file, query::Replies& replies);
  // When it is over: NoSuchPath.
  void Fail(query::Replies& replies) const;

 private:
  const std::string name_;
  const present::WantedPath wanted_;
  Walk walk_;
  config::NearestName nearest_{wanted_.name()};
};

class PathSearch {
 public:
  explicit PathSearch(const std::string& name) : wanted_(name), nearest_(name) {}
  PathSearch(const PathSearch&) = delete;
  PathSearch& operator=(const PathSearch&) = delete;

  // True when it is over.
  bool Continue(const publish::StateFile& file, query::Replies& replies);

  // When it is over. A removed path is found only if no other one has the name.
  std::optional<std::uint32_t> slot() const { return found_ ? found_ : removed_; }
  // If nothing was found: says what name was perhaps meant.
  void Fail(query::Replies& replies) const { nearest_.Fail(replies); }

 private:
  const present::WantedPath wanted_;
  Walk walk_;
  std::optional<std::uint32_t> found_;
  std::optional<std::uint32_t> removed_;
  NearestPath nearest_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_PATH_SEARCH_H_

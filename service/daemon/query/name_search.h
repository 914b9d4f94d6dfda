// Looks for several names at once, in pieces: of logical units, of nexuses, of paths.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_NAME_SEARCH_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_NAME_SEARCH_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pathwatch::service {

class NameSearch {
 public:
  // Names given twice count once.
  explicit NameSearch(std::vector<std::string> names) : names_(std::move(names)) {
    for (const std::string& name : names_) found_.try_emplace(name, false);
  }

  bool empty() const { return names_.empty(); }
  // Whether somebody looks for what bears that name; then it is found.
  bool Takes(std::string_view name) {
    const auto entry = found_.find(name);
    if (entry == found_.end()) return false;
    entry->second = true;
    return true;
  }
  // The first name that was not found; null: all were.
  const std::string* FirstMissing() const {
    for (const std::string& name : names_) {
      if (!found_.at(name)) return &name;
    }
    return nullptr;
  }

 private:
  const std::vector<std::string> names_;
  std::map<std::string, bool, std::less<>> found_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_NAME_SEARCH_H_

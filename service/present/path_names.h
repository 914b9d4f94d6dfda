// From a name that somebody gives to the path that bears it.
//
// Thread rule: plain value, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_PATH_NAMES_H_
#define PATHWATCH_SERVICE_PRESENT_PATH_NAMES_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "lib/discovery/hctl.h"
#include "proto/state_table.h"

namespace pathwatch::present {

// H:C:T:L, the name of a block device (sdc) or of an sg device (sg3), with or without the directory
// of its node.
class WantedPath {
 public:
  explicit WantedPath(std::string_view name);

  bool Is(const pw_path_record& path) const;
  // Without the directory.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::optional<discovery::Hctl> hctl_;
};

// What WantedPath knows it by; "": it has no such name.
std::array<std::string, 3> NamesOf(const pw_path_record& path);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_PATH_NAMES_H_

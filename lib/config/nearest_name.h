// "Did you mean ...?"
//
// Thread rule: plain value.
#ifndef PATHWATCH_LIB_CONFIG_NEAREST_NAME_H_
#define PATHWATCH_LIB_CONFIG_NEAREST_NAME_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace pathwatch::config {

// Remembers, of all names that it is offered, the first of those most like the wanted one.
class NearestName {
 public:
  // REQUIRES: `wanted` outlives this.
  explicit NearestName(std::string_view wanted);

  void Offer(std::string_view name);

  // "" if no name is near enough.
  const std::string& name() const { return nearest_; }
  // "; did you mean sda?", or "" if no name is near enough.
  std::string Question() const;

 private:
  std::string_view wanted_;
  std::size_t limit_;  // only a name with fewer wrong characters is better
  std::string nearest_;
};

}  // namespace pathwatch::config

#endif  // PATHWATCH_LIB_CONFIG_NEAREST_NAME_H_

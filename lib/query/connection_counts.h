// How many connections there are, in all and of each user, and whether there may be one more.
//
// Pure; one thread.
#ifndef PATHWATCH_LIB_QUERY_CONNECTION_COUNTS_H_
#define PATHWATCH_LIB_QUERY_CONNECTION_COUNTS_H_

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace pathwatch::query {

class ConnectionCounts final {
 public:
  // What is used up.
  struct Refusal {
    std::string what;  // "connections", "connections of uid 1000"
    std::size_t limit = 0;
    std::string option;  // where the limit is set
  };

  ConnectionCounts(std::size_t connections_max, std::size_t connections_per_uid)
      : max_(connections_max), per_uid_(connections_per_uid) {}

  // Counts one more connection of the user, unless there are too many.
  std::optional<Refusal> Admit(uid_t uid);
  // REQUIRES: one of the user was admitted and has not left.
  void Leave(uid_t uid);

  std::size_t total() const { return total_; }

 private:
  const std::size_t max_;
  const std::size_t per_uid_;
  std::size_t total_ = 0;
  absl::flat_hash_map<uid_t, std::size_t> by_uid_;  // users without a connection are not in it
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_CONNECTION_COUNTS_H_

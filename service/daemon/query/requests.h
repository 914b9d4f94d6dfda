// What a caller may ask the daemon to do.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_REQUESTS_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_REQUESTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "lib/discovery/hctl.h"
#include "lib/query/answer.h"

namespace pathwatch::service {

// How reloads of the configuration have gone.
struct Reloads {
  std::uint64_t done = 0;             // that have ended, one way or the other
  std::vector<std::string> problems;  // of the last one; none: it took effect
  std::size_t files = 0;              // of the configuration in force
  std::size_t settings = 0;
};

class Requests {
 public:
  // Harmless if there is no such path.
  virtual void CheckNow(const discovery::Hctl& path) = 0;
  // How long a check may take until its path has a verdict, in nanoseconds.
  virtual std::int64_t deadline_ns() const = 0;

  // On failure the path has no other identity, and nothing has changed. REQUIRES: there is such a
  // path.
  virtual absl::Status AcceptIdentity(const discovery::Hctl& path, const query::Caller& caller) = 0;

  // Reads the configuration again. It is done when reloads().done has reached the result.
  virtual std::uint64_t Reload(const query::Caller& caller) = 0;
  virtual Reloads reloads() const = 0;

 protected:
  ~Requests() = default;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_REQUESTS_H_

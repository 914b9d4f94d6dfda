// The Varlink server: clients on a Unix stream socket, every one of them untrusted.
//
// A client's calls are answered one after the other. What it may cost is bounded: connections in
// all and per user, the length of a call, the bytes that wait for it to read, the time in which a
// call has to arrive and in which a reply has to be read. Answers are made in slices: per turn of
// the loop all clients together get Limits::slice_ns, by turns.
//
// org.varlink.service is answered here; calls of the service's interface are checked against its
// description before the service sees them.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_LIB_QUERY_SERVER_H_
#define PATHWATCH_LIB_QUERY_SERVER_H_

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/query/answer.h"
#include "lib/query/limits.h"
#include "lib/query/standard_service.h"
#include "lib/query/statistics.h"
#include "lib/ring/loop.h"

namespace pathwatch::query {

class Server final {
 public:
  struct Options {
    Limits limits;
    Identity identity;
    // Members of this group are privileged, besides uid 0 and the daemon's own user.
    std::optional<gid_t> admin_group;
  };

  // Serves clients of `listener`, a listening Unix stream socket (lib/query/listener.h), which is
  // owned from now on, whatever is returned. `description` is the text of the service's interface;
  // an error in it is the only failure. It declares the errors BadCall (problem: string) and
  // TooMany (what: string, limit: int, option: string), which the server makes use of.
  // The result must outlive `loop`; `service` must outlive the result. SIGPIPE must be ignored by
  // the process.
  static absl::StatusOr<std::unique_ptr<Server>> Create(ring::Loop& loop, int listener,
                                                        std::string_view description,
                                                        Service& service, const Options& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The answer of the call may go on. Harmless if the call is over. May be called at any time, from
  // within Answer::Continue and Service::Start too.
  void Wake(CallId call);

  // Destroys all answers while `loop` still exists, for those that need it in their destructors.
  // REQUIRES: the loop has turned for the last time.
  void EndCalls();

  const Statistics& statistics() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_SERVER_H_

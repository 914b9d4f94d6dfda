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

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/query/answer.h"
#include "lib/ring/loop.h"

namespace pathwatch::query {

struct Limits {
  std::size_t connections_max = 4'096;
  std::size_t connections_per_uid = 256;
  std::size_t call_bytes_max = 64 << 10;        // one call, its NUL included
  std::size_t unread_bytes_max = 64 << 10;      // an answer waits while more than these are unread
  ring::TimeNs call_time_ns = 30'000'000'000;   // from the first byte (or connecting) to the NUL
  ring::TimeNs stall_time_ns = 30'000'000'000;  // without the client reading anything
  ring::TimeNs slice_ns = 500'000;
};

// What GetInfo says.
struct Identity {
  std::string vendor;
  std::string product;
  std::string version;
  std::string url;
};

// What has been counted since the start; `connections` and `calls` are as of now.
struct Statistics {
  std::uint64_t connections = 0;
  std::uint64_t calls = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;  // too many connections
  std::uint64_t calls_answered = 0;
  std::uint64_t bad_calls = 0;  // what was received was no call
  std::uint64_t dropped = 0;    // clients that were too slow to say or to read something
  ring::TimeNs longest_slice_ns = 0;
};

class Server final {
 public:
  struct Options {
    Limits limits;
    Identity identity;
    // Members of this group are privileged, besides uid 0 and the daemon's own user.
    std::optional<gid_t> admin_group;
  };

  // Serves clients of `listener`, a listening Unix stream socket (lib/query/listener.h), which is
  // owned from now on. `description` is the text of the service's interface; an error in it is the
  // only failure. The result must outlive `loop`; `service` must outlive the result.
  static absl::StatusOr<std::unique_ptr<Server>> Create(ring::Loop& loop, int listener,
                                                        std::string_view description,
                                                        Service& service, const Options& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The answer of the call may go on. Harmless if the call is over. May be called at any time, from
  // within Answer::Continue and Service::Start too.
  void Wake(CallId call);

  const Statistics& statistics() const;

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace pathwatch::query

#endif  // PATHWATCH_LIB_QUERY_SERVER_H_

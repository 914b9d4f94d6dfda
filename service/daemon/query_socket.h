// The socket io.pathwatch: who may connect, and what answers there.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_SOCKET_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_SOCKET_H_

#include <sys/types.h>

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "lib/config/configuration.h"
#include "lib/publish/state_file.h"
#include "lib/query/server.h"
#include "lib/ring/loop.h"
#include "service/daemon/log.h"
#include "service/daemon/query/query_service.h"
#include "service/daemon/query/requests.h"

namespace pathwatch::service {

class QuerySocket final {
 public:
  // Listens on <run_dir>/io.pathwatch as [query] says, for the group `readers`, or takes the socket
  // of that name that systemd has opened. Nothing is owned; all of it outlives this object, which
  // must outlive `loop`. On failure the sentence names the socket or the option, and the remedy.
  static absl::StatusOr<std::unique_ptr<QuerySocket>> Open(ring::Loop& loop,
                                                           const config::Configuration& options,
                                                           std::optional<gid_t> readers,
                                                           const publish::StateFile& file,
                                                           Requests& requests, Log& log);

  // To be called before the loop is destroyed, when it has turned for the last time.
  void Close();

  QueryService& service() { return service_; }
  const QueryService& service() const { return service_; }
  const query::Statistics& statistics() const { return server_->statistics(); }

 private:
  QuerySocket(ring::Loop& loop, const publish::StateFile& file, Requests& requests);

  QueryService service_;
  std::unique_ptr<query::Server> server_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_SOCKET_H_

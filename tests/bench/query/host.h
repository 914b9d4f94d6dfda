// The query interface of a daemon without any device: the real server and the real answers over a
// published state whose paths change when they are told to.
//
// Thread rule: the thread that creates it.
#ifndef PATHWATCH_TESTS_BENCH_QUERY_HOST_H_
#define PATHWATCH_TESTS_BENCH_QUERY_HOST_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "lib/publish/state_file.h"
#include "lib/query/server.h"
#include "lib/ring/loop.h"
#include "service/daemon/query/query_service.h"

namespace pathwatch::bench {

class Host final : private service::Requests {
 public:
  // Publishes `paths` paths, all up, in `folder`, and listens on socket(). Up to `clients` clients
  // may connect.
  static absl::StatusOr<std::unique_ptr<Host>> Create(const std::string& folder,
                                                      std::uint32_t paths, std::uint32_t clients);
  static std::string Socket(const std::string& folder) { return folder + "/io.pathwatch"; }
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  ring::Loop& loop() { return *loop_; }
  const publish::StateFile& file() const { return *file_; }
  const query::Statistics& statistics() const { return server_->statistics(); }

  // The next path goes down, or up again, as it does in the daemon: record, history, change log.
  void Change();

 private:
  Host(std::unique_ptr<publish::StateFile> file, std::unique_ptr<ring::Loop> loop);

  void CheckNow(const discovery::Hctl&) override {}
  std::int64_t deadline_ns() const override { return 1'000'000'000; }
  absl::Status AcceptIdentity(const discovery::Hctl&, const query::Caller&) override;
  std::uint64_t Reload(const query::Caller&) override { return 1; }
  service::Reloads reloads() const override { return {.done = 1, .problems = {}}; }

  const std::unique_ptr<publish::StateFile> file_;
  std::uint32_t next_ = 0;  // path that changes
  std::unique_ptr<ring::Loop> loop_;
  std::unique_ptr<query::Server> server_;
  service::QueryService service_;
};

}  // namespace pathwatch::bench

#endif  // PATHWATCH_TESTS_BENCH_QUERY_HOST_H_

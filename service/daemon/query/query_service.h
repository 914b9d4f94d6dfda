// The interface io.pathwatch: from a method to its answer, and from what happens in the daemon to
// the answers that wait for it.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_QUERY_SERVICE_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_QUERY_SERVICE_H_

#include <cstddef>
#include <functional>
#include <memory>

#include "lib/publish/state_file.h"
#include "lib/query/answer.h"
#include "lib/ring/loop.h"
#include "service/daemon/query/change_texts.h"
#include "service/daemon/query/published.h"
#include "service/daemon/query/request_answers.h"
#include "service/daemon/query/requests.h"
#include "service/daemon/query/watchers.h"

namespace pathwatch::service {

class QueryService final : public query::Service {
 public:
  // After a change watchers hear of it within this time; what comes meanwhile goes with it, so that
  // a storm of changes costs few system calls.
  static constexpr ring::TimeNs kGatherNs = 10'000'000;

  // Nothing is owned; all of it outlives this object, which outlives its answers; `loop`
  // need not after Close(). `wake` is the server's.
  QueryService(ring::Loop& loop, const publish::StateFile& file, Requests& requests,
               Watchers::Wake wake, std::function<present::Clocks()> clocks = present::ReadClocks);
  ~QueryService();

  std::unique_ptr<query::Answer> Start(const query::Call& call) override;

  // A change was added to the log.
  void OnChange();
  // Another status of a path was published.
  void OnPath() {
    if (probes_.count() != 0) Gather();
  }
  // To be called when there are no answers any more: no timer is armed then.
  void Close() { loop_.Disarm(gather_); }
  // A reload of the configuration has ended.
  void OnReloaded() { reloads_.WakeAll(); }

  std::size_t watchers() const { return watchers_.count(); }
  std::uint64_t watchers_lost() const { return watchers_.lost(); }

 private:
  void Gather();
  void OnGathered(ring::TimeNs now_ns);

  ring::Loop& loop_;
  const Published published_;
  const Watchers::Wake wake_;
  ChangeTexts texts_;
  Watchers watchers_{wake_};
  Watchers probes_{wake_};
  Watchers reloads_{wake_};
  const Asked asked_;
  ring::BoundTimer<QueryService, &QueryService::OnGathered> gather_{*this};
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_QUERY_SERVICE_H_

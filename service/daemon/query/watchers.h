// Calls that wait for something to happen.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_QUERY_WATCHERS_H_
#define PATHWATCH_SERVICE_DAEMON_QUERY_WATCHERS_H_

#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/container/flat_hash_set.h"
#include "lib/query/answer.h"

namespace pathwatch::service {

class Watchers {
 public:
  using Wake = std::function<void(query::CallId)>;
  explicit Watchers(const Wake& wake) : wake_(wake) {}

  // A call waits for as long as this lives.
  class Entry {
   public:
    Entry(Watchers& watchers, query::CallId call) : watchers_(watchers), call_(call) {
      watchers_.calls_.insert(call_);
    }
    ~Entry() { watchers_.calls_.erase(call_); }
    // What the call was to be told is gone: it was too slow.
    void NoteLost() const { ++watchers_.lost_; }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

   private:
    Watchers& watchers_;
    query::CallId call_;
  };

  std::size_t count() const { return calls_.size(); }
  // How often a call was too slow, those that are over included.
  std::uint64_t lost() const { return lost_; }

  void WakeAll() {
    // Waking only notes that the call may go on.
    for (const query::CallId call : calls_) wake_(call);
  }

 private:
  const Wake& wake_;
  std::uint64_t lost_ = 0;
  absl::flat_hash_set<query::CallId> calls_;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_QUERY_WATCHERS_H_

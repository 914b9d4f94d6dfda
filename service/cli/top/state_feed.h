// Keeps a snapshot of the published state up to date, at a bounded price: there may be 100,000
// paths.
//
// Thread rule: one thread at a time. Never waits.
#ifndef PATHWATCH_SERVICE_CLI_TOP_STATE_FEED_H_
#define PATHWATCH_SERVICE_CLI_TOP_STATE_FEED_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "service/cli/change_follower.h"
#include "service/cli/opened_state.h"
#include "service/cli/top/snapshot.h"
#include "service/present/time_text.h"

namespace pathwatch::top {

class StateFeed {
 public:
  // On failure the sentence names the file and the remedy.
  static absl::StatusOr<std::unique_ptr<StateFeed>> Open(const std::string& run_dir);

  // Reads what has changed, the paths in `shown`, and some of the others in turn: the state of each
  // path is always the latest, its latency some seconds old at most. What cannot be read stays as
  // it was; then snapshot().trouble says why.
  void Refresh(const present::Clocks& clocks, const std::vector<std::uint32_t>& shown);

  const Snapshot& snapshot() const { return snapshot_; }

 private:
  explicit StateFeed(std::string file) : file_(std::move(file)) {}

  // Whether there is something to read.
  bool LookAtFile(const present::Clocks& clocks);
  void TakeChanges(const present::Clocks& clocks);
  void TakePaths(const std::vector<std::uint32_t>& shown);
  void TakePath(std::uint32_t slot);
  void TakeOthers();
  void TakeCounters(const present::Clocks& clocks);
  void Summarize(const present::Clocks& clocks);
  void BeginAnew();

  std::string file_;
  cli::OpenedState state_;
  std::unique_ptr<cli::ChangeFollower> follower_;
  Snapshot snapshot_;
  bool all_ = true;                     // the next look takes every path
  std::uint32_t turn_ = 0;              // the next path whose turn it is
  std::uint32_t lun_turn_ = 0;          // the same of logical units
  std::vector<std::uint32_t> changed_;  // paths
  std::int64_t restarted_ns_ = 0;       // when another daemon was first seen; 0: never
  std::deque<std::pair<std::int64_t, std::uint64_t>> checks_;  // sent, at moments
};

}  // namespace pathwatch::top

#endif  // PATHWATCH_SERVICE_CLI_TOP_STATE_FEED_H_

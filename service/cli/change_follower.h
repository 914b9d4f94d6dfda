// Follows the change log of the published state, from file to file and from daemon to daemon.
//
// Thread rule: one thread at a time. Never waits: the caller decides when to ask again.
#ifndef PATHWATCH_SERVICE_CLI_CHANGE_FOLLOWER_H_
#define PATHWATCH_SERVICE_CLI_CHANGE_FOLLOWER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/state_table.h"
#include "service/cli/opened_state.h"

namespace pathwatch::cli {

// What one look at the log finds.
struct NothingNew {};
struct Missed {
  std::uint64_t changes = 0;  // they were overwritten, or are damaged; what comes next is newer
};
struct Restarted {};  // another daemon publishes now; what comes next is from its beginning on
struct Lost {
  std::string why;  // a sentence; told once, until the daemon is back or another one has come
};
struct Back {};  // the same daemon publishes again
using Step = std::variant<NothingNew, pw_change_record, Missed, Restarted, Lost, Back>;

class ChangeFollower {
 public:
  // Begins behind the `last` newest changes of the log, or with its oldest one if there are fewer.
  // On failure the sentence names the file and the remedy.
  static absl::StatusOr<std::unique_ptr<ChangeFollower>> Begin(const std::string& run_dir,
                                                               std::uint64_t last);

  // The next change or event. NothingNew: ask again later.
  Step Next(std::int64_t boot_now_ns);

  // Of the daemon whose changes are being read.
  std::uint64_t epoch() const { return epoch_; }

 private:
  explicit ChangeFollower(std::string file) : file_(std::move(file)) {}

  absl::Status Open();
  // Whether the daemon is there and the file is still its file. Nothing: no news.
  std::optional<Step> LookAtFile(std::int64_t boot_now_ns);
  std::optional<Step> LoseOnce(const std::string& why);
  pw_result Read(std::uint64_t sequence) const;
  // The first change from `sequence` on that was not overwritten; it may not exist yet.
  std::uint64_t FirstKept(std::uint64_t sequence) const;
  // The sequence that the next change will get. REQUIRES: `kept` was not overwritten.
  std::uint64_t End(std::uint64_t kept) const;

  std::string file_;
  OpenedState state_;
  std::uint64_t epoch_ = 0;
  std::uint64_t next_ = 1;
  bool lost_ = false;
};

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CHANGE_FOLLOWER_H_

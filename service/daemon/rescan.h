// Looks which devices exist, in slices between the loop's other work.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_RESCAN_H_
#define PATHWATCH_SERVICE_DAEMON_RESCAN_H_

#include <cstdint>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"
#include "lib/discovery/scanner.h"
#include "lib/ring/loop.h"
#include "lib/ring/timer.h"

namespace pathwatch::service {

class RescanListener {
 public:
  // A scan is done: what it found, or why nothing is known. REQUIRES: no Request() from inside.
  virtual void OnScanned(absl::StatusOr<discovery::Snapshot> snapshot) = 0;

 protected:
  ~RescanListener() = default;
};

class Rescan {
 public:
  // A scan never takes the loop for longer than this at a time (and one device).
  static constexpr std::int64_t kSliceNs = 5'000'000;
  // Requests that come in a row are answered by one scan that begins this much later.
  static constexpr std::int64_t kGatherNs = 100'000'000;

  // Nothing is owned; this object outlives `loop`.
  Rescan(ring::Loop& loop, const std::string& sysfs_root, RescanListener& listener)
      : loop_(loop), scanner_(sysfs_root), listener_(listener) {}

  // Asks for a scan. `known` is what the scan before has found; it stays alive and unchanged
  // until OnScanned. Of `doubtful` everything is read again.
  void Request(const discovery::Snapshot& known, const std::set<discovery::Hctl>& doubtful = {});

  std::uint64_t scans() const { return scans_; }

 private:
  void OnSlice(std::int64_t now_ns);
  void Begin();

  ring::Loop& loop_;
  discovery::Scanner scanner_;
  RescanListener& listener_;
  const discovery::Snapshot* known_ = nullptr;
  std::set<discovery::Hctl> doubtful_;
  bool wanted_ = false;
  bool running_ = false;
  std::uint64_t scans_ = 0;
  ring::BoundTimer<Rescan, &Rescan::OnSlice> slice_{*this};
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_RESCAN_H_

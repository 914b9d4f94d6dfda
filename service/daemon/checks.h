// Carries out the core's StartCommand: opens devices when they are first needed, sends, and keeps
// what a command needs alive until it is back, whatever has become of its path.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_CHECKS_H_
#define PATHWATCH_SERVICE_DAEMON_CHECKS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "lib/health/action.h"
#include "lib/health/event.h"
#include "lib/ring/loop.h"
#include "service/daemon/device_source.h"
#include "service/daemon/inventory.h"
#include "service/daemon/log.h"
#include "service/daemon/path_io.h"

namespace pathwatch::service {

class CheckListener {
 public:
  virtual void OnCheckDone(const health::CommandDone& done) = 0;
  // The path's device was opened.
  virtual void OnReached(health::PathId path, const Way& way) = 0;

 protected:
  ~CheckListener() = default;
};

class Checks final : private ReplySink {
 public:
  // A node that cannot be opened is not worth a line for this long: udev may not be done.
  static constexpr std::int64_t kQuietNs = 10'000'000'000;

  // Nothing is owned; all outlive this object, which outlives `loop`.
  Checks(ring::Loop& loop, DeviceSource& source, const Inventory& inventory,
         CheckListener& listener, Log& log, std::int64_t quiet_ns = kQuietNs)
      : loop_(loop),
        source_(source),
        inventory_(inventory),
        listener_(listener),
        log_(log),
        quiet_ns_(quiet_ns) {}

  struct Outcome {
    bool sent = false;
    int error = 0;  // if not sent: the errno of opening the node, 0 if the path has none
  };
  // Sends the command; the listener hears of it later. If it is not sent, nothing follows.
  Outcome Start(const health::StartCommand& start);

  // The path's device is gone or another one. A command that is out still comes back, and is
  // still reported.
  void Retire(health::PathId path);

  // Every path's device is opened anew for its next command: it may be reached in another way now.
  void ReopenAll();

  // Frees what has come back since it was retired. To be called now and then, not from a reply.
  void Sweep();

  // Commands that the host had no room for.
  std::uint64_t busy() const { return busy_; }
  // When the oldest command that is out was sent; 0: none is out.
  std::int64_t oldest_sent_ns() const { return sent_times_.empty() ? 0 : sent_times_.front(); }

 private:
  struct Slot {
    std::unique_ptr<PathIo> io;
    std::int64_t failing_since_ns = 0;  // 0: the node could be opened
    bool reported = false;
    pw_passthrough passthrough = PW_PASSTHROUGH_NONE;  // of the device
    bool distrust_bsg = false;                         // its replies made no sense
    bool reopen = false;                               // when the command that is out is back
  };

  void OnReply(health::PathId path, health::CommandId command, const scsi::Reply& reply,
               std::span<const std::uint8_t> data) override;
  void Reopen(health::PathId path, Slot& slot, int error);
  void ReportFailure(health::PathId path, Slot& slot, const Opened& opened);
  void ReportSuccess(health::PathId path, Slot& slot, const Opened& opened);

  ring::Loop& loop_;
  DeviceSource& source_;
  const Inventory& inventory_;
  CheckListener& listener_;
  Log& log_;
  const std::int64_t quiet_ns_;
  SentTimes sent_times_;     // outlives what is below
  std::vector<Slot> slots_;  // by PathId
  std::vector<std::unique_ptr<PathIo>> retired_;
  std::vector<std::unique_ptr<passthrough::Device>> closing_;
  std::uint64_t busy_ = 0;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_CHECKS_H_

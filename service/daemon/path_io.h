// The one command of a path, and the device that carries it.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_PATH_IO_H_
#define PATHWATCH_SERVICE_DAEMON_PATH_IO_H_

#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <utility>

#include "lib/health/action.h"
#include "lib/health/ids.h"
#include "lib/passthrough/passthrough.h"

namespace pathwatch::service {

class ReplySink {
 public:
  // A command is back; `reply` and `data`, what was transferred, are valid during the call.
  virtual void OnReply(health::PathId path, health::CommandId command, const scsi::Reply& reply,
                       std::span<const std::uint8_t> data) = 0;

 protected:
  ~ReplySink() = default;
};

// When the commands that are out were sent, the oldest first.
using SentTimes = std::list<std::int64_t>;

class PathIo final : public passthrough::Command {
 public:
  // `sink` and `sent_times`, where a command is while it is out, are not owned.
  PathIo(ReplySink& sink, SentTimes& sent_times, health::PathId path)
      : sink_(sink), sent_times_(sent_times), path_(path) {}

  bool has_device() const { return device_ != nullptr; }
  bool command_out() const { return out_; }
  // REQUIRES: !command_out()
  void SetDevice(std::unique_ptr<passthrough::Device> device) { device_ = std::move(device); }
  // Gives the device away. REQUIRES: !command_out()
  std::unique_ptr<passthrough::Device> TakeDevice() { return std::move(device_); }

  // REQUIRES: has_device() and !command_out()
  void Send(const health::StartCommand& start, std::int64_t now_ns);

 private:
  void OnReply(const scsi::Reply& reply) override;

  ReplySink& sink_;
  SentTimes& sent_times_;
  SentTimes sent_{0};  // our one, unless a command is out
  const SentTimes::iterator place_ = sent_.begin();
  const health::PathId path_;
  std::unique_ptr<passthrough::Device> device_;
  std::unique_ptr<std::uint8_t[]> data_;  // of the command that is out; few have any
  health::CommandId id_ = 0;
  bool out_ = false;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_PATH_IO_H_

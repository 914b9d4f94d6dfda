// The one command of a path, and the device that carries it.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_PATH_IO_H_
#define PATHWATCH_SERVICE_DAEMON_PATH_IO_H_

#include <cstdint>
#include <memory>
#include <utility>

#include "lib/health/ids.h"
#include "lib/passthrough/passthrough.h"

namespace pathwatch::service {

class ReplySink {
 public:
  // A command is back; `reply` is valid during the call.
  virtual void OnReply(health::PathId path, health::CommandId command,
                       const scsi::Reply& reply) = 0;

 protected:
  ~ReplySink() = default;
};

class PathIo final : public passthrough::Command {
 public:
  // `sink` is not owned.
  PathIo(ReplySink& sink, health::PathId path) : sink_(sink), path_(path) {}

  bool has_device() const { return device_ != nullptr; }
  bool command_out() const { return out_; }
  // REQUIRES: !command_out()
  void SetDevice(std::unique_ptr<passthrough::Device> device) { device_ = std::move(device); }
  // Gives the device away. REQUIRES: !command_out()
  std::unique_ptr<passthrough::Device> TakeDevice() { return std::move(device_); }

  // Sends TEST UNIT READY. REQUIRES: has_device() and !command_out()
  void SendTestUnitReady(health::CommandId command, std::uint32_t timeout);

 private:
  void OnReply(const scsi::Reply& reply) override;

  ReplySink& sink_;
  const health::PathId path_;
  std::unique_ptr<passthrough::Device> device_;
  health::CommandId id_ = 0;
  bool out_ = false;
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_PATH_IO_H_

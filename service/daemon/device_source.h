// Where the devices of paths come from: this machine's nodes, or the simulated fabric.
//
// Thread rule: loop thread only.
#ifndef PATHWATCH_SERVICE_DAEMON_DEVICE_SOURCE_H_
#define PATHWATCH_SERVICE_DAEMON_DEVICE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "lib/discovery/paths.h"
#include "lib/discovery/transport_state.h"
#include "lib/passthrough/passthrough.h"
#include "proto/state_table.h"

namespace pathwatch::service {

// How a path is reached, and why not in a better way.
struct Way {
  pw_passthrough passthrough = PW_PASSTHROUGH_NONE;
  pw_passthrough_choice choice = PW_CHOICE_NONE;
  int error = 0;  // errno that belongs to the choice; 0: none

  friend auto operator<=>(const Way&, const Way&) = default;
};

// A device, or why there is none.
struct Opened {
  std::unique_ptr<passthrough::Device> device;
  int error = 0;     // errno, if there is no device
  std::string node;  // that was tried last; empty if the path has none
  Way way;           // that was tried last
};

class DeviceSource {
 public:
  virtual ~DeviceSource() = default;

  // Never waits for the device. `distrust_bsg`: replies through its bsg node made no sense.
  virtual Opened Open(const discovery::DiscoveredPath& path, std::uint32_t can_queue,
                      bool distrust_bsg) = 0;
  // What the kernel says of the device and its port at this moment. Never waits.
  virtual discovery::DeviceLook Look(const discovery::DiscoveredPath& path,
                                     const discovery::DiscoveredNexus& nexus) const = 0;
  // Which passthrough alone is to be used for devices that are opened from now on; nothing: the
  // best for each. True if that is another order than before.
  virtual bool Order(std::optional<pw_passthrough>) { return false; }
  // How devices are reached, in words.
  virtual std::string Describe() const = 0;
  // True while a kernel worker may be asleep on our behalf: this process cannot end before that.
  virtual bool WorkerMaySleep() const { return false; }
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_DEVICE_SOURCE_H_

// Everything that the core can be told. lib/README.md lists the same page for readers.
#ifndef PATHWATCH_LIB_HEALTH_EVENT_H_
#define PATHWATCH_LIB_HEALTH_EVENT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <variant>

#include "lib/health/ids.h"
#include "lib/health/options.h"
#include "lib/health/state.h"
#include "lib/scsi/identity.h"
#include "lib/scsi/reply.h"

namespace pathwatch::health {

// A SCSI host exists, or its limits have changed.
struct HostFound {
  HostId host = kNone;
  std::uint32_t can_queue = 0;  // commands that its driver takes at once; 0 = not known
};

// A device to watch exists: for a new id, or for the id of a removed path that has come back.
// REQUIRES: HostFound came before for its host.
struct PathFound {
  PathId path = kNone;
  HostId host = kNone;
  NexusId nexus = kNone;
  LunId lun = kNone;
  std::uint64_t lun_number = 0;               // in the kernel's form, for REPORT LUNS
  std::uint32_t command_timeout_ms = 30'000;  // the device's own; see Policy
  PolicyId policy = kDefaultPolicy;           // REQUIRES: it was set
  // What the kernel knows of the logical unit since it added the device; the core reads all of it
  // again with its own commands.
  std::uint8_t tpgs = 0;  // asymmetric access: bit 0 implicit, bit 1 explicit; 0 = none
  std::optional<std::uint16_t> target_port_group;
  std::optional<std::uint16_t> relative_target_port;
  scsi::LogicalUnitIdentity identity;  // empty: the first one that is read counts
  // What the daemon before this one has published for the same device.
  std::optional<Standing> restored;
};

// The kernel has deleted the device, or it is not to be watched any more. A command of it may
// still be out.
struct PathGone {
  PathId path = kNone;
  ReasonKind reason = ReasonKind::kDeleted;
};

// A command that was started has come back, or could not be sent at all (reply.error).
// reply.sense and data are only read during the step.
struct CommandDone {
  PathId path = kNone;
  CommandId command = 0;
  scsi::Reply reply;
  bool sent = true;  // false: the device node could not be opened
  // The bytes that were really transferred, in a buffer that was zeroed before.
  std::span<const std::uint8_t> data;
};

// The command has done what was asked for.
inline bool IsGood(const CommandDone& done) {
  return done.sent && done.reply.error == 0 && done.reply.host_status == 0 &&
         done.reply.status == 0;
}

// What the kernel says of a device and of the port behind it.
enum class DeviceCondition : std::uint8_t {
  kReady,             // commands go through
  kBlocked,           // the kernel holds commands back while the transport recovers
  kTransportOffline,  // the transport has given the port up
  kOffline,           // the device was set offline, by hand or by error handling
  kGone,              // there is no such device
  kUnknown,           // the kernel does not say
};

// The answer to LookAtTransport.
struct TransportSeen {
  PathId path = kNone;
  DeviceCondition condition = DeviceCondition::kUnknown;
};

// The path is one of another number's logical unit: the same one under another name.
struct PathMoved {
  PathId path = kNone;
  LunId lun = kNone;
};

// Something else than the reply to a command says that another logical unit may answer.
struct IdentityDoubted {
  PathId path = kNone;
};

// Something else than a check says that the path may not work: device mapper has failed it, or has
// perhaps, since events were lost. Its state stays, unconfirmed until a check that is sent from now
// on has said something; it is sent without waiting for its turn. Ends the path's back-off.
struct PathDoubted {
  PathId path = kNone;
};

// Somebody wants this path checked without waiting for its turn. Ends its back-off.
struct CheckNow {
  PathId path = kNone;
};

// An operator takes the logical unit that answers now for the right one. Only for a path that is
// `wrong_lu`, see Core::found_identity; it is then a path of `lun`.
struct AcceptIdentity {
  PathId path = kNone;
  LunId lun = kNone;
};

// Other options than before. They count from now on: nobody waits for the end of an interval or of
// a deadline that is not in force any more, and no path loses its state.
struct OptionsSet {
  Options options;
};

// A new policy, or other values for one. Not kDefaultPolicy, which comes with the options.
struct PolicySet {
  PolicyId id = kNone;
  Policy policy;
};

// The path has another policy than before. REQUIRES: it was set.
struct PolicyAssigned {
  PathId path = kNone;
  PolicyId policy = kDefaultPolicy;
};

// Time has passed: at or after Actions::wake_ns.
struct Tick {};

using Event = std::variant<Tick, HostFound, PathFound, PathGone, CommandDone, TransportSeen,
                           PathMoved, IdentityDoubted, PathDoubted, CheckNow, AcceptIdentity,
                           OptionsSet, PolicySet, PolicyAssigned>;

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_EVENT_H_

// Dense numbers for the things the core knows. The caller gives them out and may use one again
// after the core has said Forget (paths) or when no path refers to it any more (the others).
#ifndef PATHWATCH_LIB_HEALTH_IDS_H_
#define PATHWATCH_LIB_HEALTH_IDS_H_

#include <cstdint>

namespace pathwatch::health {

using PathId = std::uint32_t;     // a SCSI device H:C:T:L
using NexusId = std::uint32_t;    // an I_T nexus
using HostId = std::uint32_t;     // a SCSI host (HBA port, iSCSI session, ...)
using LunId = std::uint32_t;      // a logical unit
using PolicyId = std::uint32_t;   // a health::Policy; kDefaultPolicy is always there
using CommandId = std::uint64_t;  // a command, in the order of their starts; never used again

inline constexpr std::uint32_t kNone = 0xffffffff;
inline constexpr PolicyId kDefaultPolicy = 0;

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_IDS_H_

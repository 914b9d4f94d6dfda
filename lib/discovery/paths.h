// What discovery finds: the paths, their hosts, and what was left out and why.
//
// Thread rule: plain comparable values, any thread.
#ifndef PATHWATCH_LIB_DISCOVERY_PATHS_H_
#define PATHWATCH_LIB_DISCOVERY_PATHS_H_

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lib/discovery/hctl.h"
#include "lib/scsi/identity.h"

namespace pathwatch::discovery {

// How the machine reaches a target port; kOther has no facts about ports.
enum class Transport : std::uint8_t { kOther, kFc, kIscsi, kSas };

// A pair of initiator port and target port. Each text is empty if the kernel doesn't say it.
struct DiscoveredNexus {
  std::string name;  // "H:C:T", that of its paths
  Transport transport = Transport::kOther;
  // FC: world wide port names as the kernel writes them ("0x2000020000000b").
  // iSCSI: the initiator's name; the SCSI name of the target port, which is the target's name and
  //   its portal group: "iqn.2026-01.org.example:t1,t,0x0001" (RFC 7143 4.2.7.8, SPC-4 7.6.4).
  // SAS: addresses as the kernel writes them ("0x5000c500a0b1c2d5").
  std::string initiator_port;
  std::string target_port;
  std::string portal;  // iSCSI: "address:port" of the connection, "[address]:port" with IPv6
  // The kernel's name of the remote port or session: "rport-1:0-0", "session3", "end_device-6:0".
  std::string port_name;
  // The kernel's word: port_state of the remote port (FC), state of the session (iSCSI).
  std::string port_state;

  friend bool operator==(const DiscoveredNexus&, const DiscoveredNexus&) = default;
};

// A SCSI disk device that may be checked. It is a path even without a block device: hidden behind
// native SCSI multipath, or without an sd driver.
struct DiscoveredPath {
  Hctl hctl;
  // Inode of the sysfs device directory: another one means that the device was deleted and added
  // again, and may be another logical unit under the same address.
  std::uint64_t generation = 0;
  std::string nexus;  // "H:C:T"

  // Standard INQUIRY data (SPC-4 6.6.2) as the kernel took it when it added the device. The
  // kernel never refreshes them.
  std::uint8_t pdt = 0;   // peripheral device type
  std::uint8_t pq = 0;    // peripheral qualifier, always 0 here
  std::uint8_t tpgs = 0;  // target port group support; 0 also if the INQUIRY data were unreadable
  std::string vendor;     // these three without the blanks at the end
  std::string product;
  std::string revision;

  // The logical unit's identifier in the form of dm and udev ("3600..."), from the kernel's copy
  // of VPD page 83h. Empty if there is none: then `warnings` says why, and the user keys the
  // logical unit by the path's own H:C:T:L.
  std::string lu_id;
  // All that the same page says about the logical unit; lu_id is its name.
  scsi::LogicalUnitIdentity identity;
  // The port of this path, from the same page.
  std::optional<std::uint16_t> target_port_group;
  std::optional<std::uint16_t> relative_target_port;

  // Device nodes, by the kernel's names. Empty and 0 if the driver isn't bound.
  std::string sd_name;  // "sda"
  dev_t sd_dev = 0;
  std::string sg_name;  // "sg0"
  dev_t sg_dev = 0;
  std::string bsg_name;  // "3:0:0:1"

  // The dm-multipath map that holds the disk, as device-mapper calls it: its name, and the WWID in
  // its UUID ("mpath-<wwid>"). Empty if none does.
  std::string dm_name;
  std::string dm_wwid;

  std::uint32_t timeout_s = 30;  // the device's command timeout
  std::string state;  // the kernel's word: "running", "offline", ...; empty if unreadable

  // Sentences about facts that were missing or unusable; the path is still good for checks.
  std::vector<std::string> warnings;

  friend bool operator==(const DiscoveredPath&, const DiscoveredPath&) = default;
};

// The node through which a passthrough reaches the path, in the directory of such nodes ("/dev",
// "/dev/bsg"). Empty if the path has no such node. Whether the node exists is found out by opening
// it.
std::string SgNode(const DiscoveredPath& path, const std::string& dev_dir);
std::string BsgNode(const DiscoveredPath& path, const std::string& bsg_dir);

struct DiscoveredHost {
  std::uint32_t number = 0;
  std::string proc_name;        // the driver: "lpfc", "iscsi_tcp", ...; empty if unreadable
  std::uint32_t can_queue = 0;  // commands that the host takes at once; 0 if unreadable

  friend bool operator==(const DiscoveredHost&, const DiscoveredHost&) = default;
};

enum class NotCheckedKind : std::uint8_t {
  kExcluded,    // left out on purpose
  kUnreadable,  // its sysfs entry could not be read
};

// A SCSI device that exists and isn't a path.
struct NotChecked {
  Hctl hctl;
  NotCheckedKind kind = NotCheckedKind::kExcluded;
  std::string reason;  // a sentence for a person

  friend bool operator==(const NotChecked&, const NotChecked&) = default;
};

// The result of one scan. Lists are sorted: by address (nexuses by host, channel and
// target), hosts by number.
struct Snapshot {
  std::vector<DiscoveredPath> paths;
  std::vector<DiscoveredNexus> nexuses;  // one for each nexus that has a path
  std::vector<DiscoveredHost> hosts;
  std::vector<NotChecked> not_checked;
  std::vector<std::string> warnings;  // sentences that concern no single path

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_PATHS_H_

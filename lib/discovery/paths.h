// What discovery finds: the paths, their hosts, and what was left out and why.
//
// Thread rule: plain comparable values, any thread.
#ifndef PATHWATCH_LIB_DISCOVERY_PATHS_H_
#define PATHWATCH_LIB_DISCOVERY_PATHS_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "lib/discovery/hctl.h"

namespace pathwatch::discovery {

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

  // Device nodes, by the kernel's names. Empty and 0 if the driver isn't bound.
  std::string sd_name;  // "sda"
  dev_t sd_dev = 0;
  std::string sg_name;  // "sg0"
  dev_t sg_dev = 0;
  std::string bsg_name;  // "3:0:0:1"

  std::uint32_t timeout_s = 30;  // the device's command timeout
  std::string state;  // the kernel's word: "running", "offline", ...; empty if unreadable

  // Sentences about facts that were missing or unusable; the path is still good for checks.
  std::vector<std::string> warnings;

  friend bool operator==(const DiscoveredPath&, const DiscoveredPath&) = default;
};

// The node through which a passthrough reaches the path, below the directory `dev_dir` ("/dev").
// Empty if the path has no such node. Whether the node exists is found out by opening it.
std::string SgNode(const DiscoveredPath& path, const std::string& dev_dir);
std::string BsgNode(const DiscoveredPath& path, const std::string& dev_dir);

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

// The result of one scan. Lists are sorted: by address, hosts by number.
struct Snapshot {
  std::vector<DiscoveredPath> paths;
  std::vector<DiscoveredHost> hosts;
  std::vector<NotChecked> not_checked;
  std::vector<std::string> warnings;  // sentences that concern no single path

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_PATHS_H_

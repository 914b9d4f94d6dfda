// Finds the SCSI paths of this machine in sysfs, in slices that fit between other work.
//
// Devices come from <root>/class/scsi_device, not from block devices, so paths that are hidden
// behind native SCSI multipath or have no sd driver are found too. Nothing is written, and no
// device node is opened.
//
//   scanner.Start();
//   while (!scanner.Step(slice_is_over)) { ... let others work ... }
//   auto snapshot = scanner.TakeResult();
//
// Thread rule: one thread. Reads of sysfs do not wait for devices.
#ifndef PATHWATCH_LIB_DISCOVERY_SCANNER_H_
#define PATHWATCH_LIB_DISCOVERY_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/discovery/device_reader.h"
#include "lib/discovery/hctl.h"
#include "lib/discovery/multipath_map.h"
#include "lib/discovery/nexus_reader.h"
#include "lib/discovery/paths.h"
#include "lib/discovery/sysfs.h"

namespace pathwatch::discovery {

class Scanner {
 public:
  explicit Scanner(std::string sysfs_root = "/sys");

  // Begins a scan; one that was going on is dropped. Of a path in `previous` (may be null) that
  // has still the same generation and nodes, only the state is read again; but the paths in
  // `refresh`, and those that carry a warning, are read in full. Nexuses, hosts and dm maps are
  // read in full each time.
  // REQUIRES: *previous stays alive and unchanged until Step() has returned true.
  void Start(const Snapshot* previous = nullptr, std::set<Hctl> refresh = {});

  // Works until `stop` says true: it is asked after each piece of work, which is one device, one
  // nexus, one dm device, one host, or about a hundred names of a directory. So each call gets on
  // by one piece at least. Returns true when the scan is done. REQUIRES: Start() came before.
  bool Step(const std::function<bool()>& stop);

  // On success, everything that was found: devices that vanished meanwhile are absent. The
  // scanner keeps nothing of it.
  // On failure nothing is known about any device: sysfs could not be listed, or descriptors or
  // memory ran out. A failed scan never looks like one that found fewer devices.
  // REQUIRES: Step() has returned true; once per scan.
  absl::StatusOr<Snapshot> TakeResult();

 private:
  enum class Phase : std::uint8_t {
    kListDevices,
    kReadDevices,  // each nexus after the first path that is found on it
    kListBlocks,
    kReadMaps,
    kListHosts,
    kReadHosts,
    kDone
  };

  // One piece of work of the current phase.
  void Work();
  void ListDevices();
  void ReadNextDevice();
  void ReadNexus();
  void ListBlocks();
  void ReadNextMap();
  void ListHosts();
  void ReadNextHost();

  // Reads <root>/class/scsi_host/NAME. Returns false, with a warning or a failure, if it cannot.
  bool ReadHostFile(const std::string& name, std::string& ret_content);
  void WarnAboutHost(const std::string& name, const std::string& why);

  // Opens <root>/block. Returns false if there is nothing to list, maybe with a warning or a
  // failure.
  bool OpenBlocks();
  void Attach(const MultipathMap& map);

  // Opens <root>/class/NAME. Returns false if there is nothing to list; if that is a failure,
  // status_ says so.
  bool OpenClass(const std::string& name, std::optional<DirectoryLister>& ret_lister);
  // Reads the next names. Returns true at the end of the directory; failures are in status_.
  bool ListMore(DirectoryLister& lister, const std::string& path, std::vector<std::string>& names);
  void Fail(const std::string& path, int error);
  void Keep(DeviceFinding finding);
  void BeginNexus(const DiscoveredPath& path);
  void WarnAboutTwins(const DiscoveredPath& path);
  const DiscoveredPath* KnownFacts(const Hctl& hctl) const;
  std::string ClassPath(const std::string& name) const { return root_ + "/class/" + name; }

  std::string root_;
  NexusReader nexus_reader_;
  Phase phase_ = Phase::kDone;
  absl::Status status_;
  Snapshot snapshot_;
  const Snapshot* previous_ = nullptr;
  std::set<Hctl> refresh_;

  std::optional<DirectoryLister> devices_;
  std::optional<DeviceReader> reader_;
  std::set<Hctl> devices_left_;  // sorted, so that the snapshot needs no sort at its end
  std::optional<DirectoryLister> blocks_;
  std::set<std::uint32_t> maps_left_;  // N of dm-N
  std::unordered_map<std::string, std::size_t> path_by_disk_;
  std::optional<DirectoryLister> hosts_;
  std::set<std::uint32_t> hosts_left_;

  // The nexus of the last path; the paths of a nexus come one after the other.
  std::string nexus_;
  bool nexus_unread_ = false;
  // Identifiers seen on it.
  std::unordered_map<std::string, Hctl> seen_on_nexus_;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_SCANNER_H_

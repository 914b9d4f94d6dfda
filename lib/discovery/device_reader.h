// Reads one SCSI device's entry in sysfs.
//
// Thread rule: one thread.
#ifndef PATHWATCH_LIB_DISCOVERY_DEVICE_READER_H_
#define PATHWATCH_LIB_DISCOVERY_DEVICE_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/statusor.h"
#include "lib/discovery/paths.h"
#include "lib/discovery/sysfs.h"

namespace pathwatch::discovery {

// The device vanished between the listing and the reading.
struct Gone {
  friend bool operator==(const Gone&, const Gone&) = default;
};

using DeviceFinding = std::variant<DiscoveredPath, NotChecked, Gone>;

class DeviceReader {
 public:
  // `class_fd` is the open directory <root>/class/scsi_device and outlives this object;
  // `class_path` is its name, for messages.
  DeviceReader(int class_fd, std::string class_path);

  // On success, what was found. `known` (may be null) are the facts of an earlier scan: if the
  // device has still that generation and those nodes, and they carry no warning, only its state
  // is read again. The dm map is left empty.
  // On failure (ResourceExhausted), descriptors or memory ran out: nothing is known about the
  // device, least of all that it is gone.
  absl::StatusOr<DeviceFinding> Read(const Hctl& hctl, const DiscoveredPath* known);

  // Where the device that was read last lies: the target of its link in the class.
  const std::string& place() const { return place_; }

 private:
  DeviceFinding ReadOnce(const Hctl& hctl, const DiscoveredPath* known);
  DeviceFinding ReadAll(const Hctl& hctl);
  // The entry itself could not be reached.
  DeviceFinding NotReached(const Hctl& hctl, const std::string& name, int error);

  // Fills pdt, pq, tpgs, vendor, product, revision. Returns false if not even the type is known;
  // then the last warning of `path` says why.
  bool ReadIdentity(DiscoveredPath& path);
  bool ReadIdentityText(DiscoveredPath& path);
  // Fills what VPD page 83h says: lu_id, identity, target_port_group, relative_target_port.
  void ReadDesignators(DiscoveredPath& path);
  void ReadNodes(DiscoveredPath& path);
  // The node that a driver has made in `directory` ("block"), if any.
  void ReadNode(DiscoveredPath& path, const std::string& directory, std::string& ret_name,
                dev_t& ret_dev);
  void ReadTimeout(DiscoveredPath& path);
  void ReadState(DiscoveredPath& path);
  bool HasNodes(const DiscoveredPath& known);
  // Whether the device directory that was read is still the one behind its address.
  bool StillThere();

  // Every access to the open device directory goes through these two: they take note of a failed
  // call. Errors as in sysfs.h.
  int ReadBytes(const std::string& name, std::string& ret_content);
  int Note(int error);
  // "<root>/class/scsi_device/3:0:0:1/device/NAME is not usable (WHY): CONSEQUENCE."
  std::string Unusable(const std::string& name, std::string_view why,
                       std::string_view consequence) const;

  int class_fd_;
  std::string class_path_;

  // The device that is being read.
  std::string address_;
  std::string place_;
  Descriptor device_;
  std::uint64_t generation_ = 0;
  bool trouble_ = false;  // something was missing or failed: the device may be vanishing
  int shortage_ = 0;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_DEVICE_READER_H_

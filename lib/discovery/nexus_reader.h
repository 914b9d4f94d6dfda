// Reads who is at the two ends of a nexus, from the transport's classes in sysfs.
//
// Thread rule: any thread. Reads of sysfs do not wait for devices.
#ifndef PATHWATCH_LIB_DISCOVERY_NEXUS_READER_H_
#define PATHWATCH_LIB_DISCOVERY_NEXUS_READER_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "lib/discovery/hctl.h"
#include "lib/discovery/paths.h"

namespace pathwatch::discovery {

// Which transport leads to a device, and the kernel's name of the port or session.
struct PortPlace {
  Transport transport = Transport::kOther;
  std::string port_name;

  friend bool operator==(const PortPlace&, const PortPlace&) = default;
};

// From the device's ancestors: rport-H:B-N, sessionN, end_device-H:N or end_device-H:N:M, where H
// is the device's own host. `sysfs_path` is the target of the link /sys/class/scsi_device/H:C:T:L.
PortPlace PortPlaceOf(const Hctl& hctl, std::string_view sysfs_path);

class NexusReader {
 public:
  // `class_path` is the directory <root>/class.
  explicit NexusReader(std::string class_path) : class_path_(std::move(class_path)) {}

  struct Finding {
    DiscoveredNexus nexus;
    std::string warning;  // a sentence; empty if all is well
  };

  // On success, the nexus of the device `hctl`, which lies at `sysfs_path`. What is missing or
  // unreadable is empty. There is a warning only if the target port is left without any name of
  // its own although its entry exists; an entry that vanished meanwhile is none.
  // On failure (ResourceExhausted), descriptors or memory ran out.
  absl::StatusOr<Finding> Read(const Hctl& hctl, std::string_view sysfs_path);

 private:
  void ReadFc(const Hctl& hctl, DiscoveredNexus& nexus);
  void ReadIscsi(DiscoveredNexus& nexus);
  void ReadSas(const Hctl& hctl, DiscoveredNexus& nexus);

  // The attribute <class_path>/NAME without the blanks at its end; empty if it is missing or
  // unreadable, or if the kernel has no value for it.
  std::string Text(const std::string& name);
  // As above, for the attribute without which the target port has no name.
  std::string TargetText(const std::string& name);
  // "<class_path>/NAME is not usable (WHY)"
  std::string Unusable(const std::string& name, const std::string& why) const;

  std::string class_path_;

  // The nexus that is being read.
  int error_ = 0;  // of the last attribute
  std::string shortage_;
  std::string unusable_target_;
};

}  // namespace pathwatch::discovery

#endif  // PATHWATCH_LIB_DISCOVERY_NEXUS_READER_H_

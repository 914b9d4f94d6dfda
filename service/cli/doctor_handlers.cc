#include "service/cli/doctor_handlers.h"

#include <cstddef>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "lib/discovery/device_handler.h"
#include "service/cli/array_checkers.h"

namespace pathwatch::cli {
namespace {

struct SeenArray {
  std::size_t count = 0;
  const DeviceHandler* example = nullptr;
};

std::string Named(const SeenArray& array) {
  return absl::StrCat(Counted(array.count, "path"), " of ", array.example->vendor, " ",
                      array.example->product, array.count == 1 ? " (" : " (such as ",
                      discovery::FormatHctl(array.example->hctl), ")");
}

Finding Proprietary(const SeenArray& array) {
  return Warning("handler",
                 absl::StrCat("the access states of ", Named(array), " are those of the handler ",
                              array.example->handler,
                              ", which pathwatch does not understand: it judges them by TEST UNIT "
                              "READY alone"),
                 absl::StrCat("Keep multipathd's own checker for this array: path_checker ",
                              CheckerForHandler(array.example->handler), "."));
}

Finding Detached(const SeenArray& array) {
  return Warning(
      "handler",
      absl::StrCat("no handler of the kernel is attached to ", Named(array),
                   ", which has target port groups: multipathd's prioritizer then sends a "
                   "synchronous REPORT TARGET PORT GROUPS for each check"),
      absl::StrCat("Run 'modprobe scsi_dh_alua' before the devices are found; for those that exist "
                   "also 'echo alua > /sys/class/scsi_device/",
                   discovery::FormatHctl(array.example->hctl), "/device/dh_state'."));
}

}  // namespace

std::vector<DeviceHandler> ReadHandlers(const std::string& sysfs_root,
                                        const std::vector<discovery::DiscoveredPath>& paths) {
  std::vector<DeviceHandler> devices;
  devices.reserve(paths.size());
  for (const discovery::DiscoveredPath& path : paths) {
    devices.push_back({.hctl = path.hctl,
                       .vendor = path.vendor,
                       .product = path.product,
                       .alua = path.tpgs != 0,
                       .handler = discovery::ReadDeviceHandler(sysfs_root, path.hctl)});
  }
  return devices;
}

Findings JudgeHandlers(const std::vector<DeviceHandler>& devices) {
  std::map<std::tuple<std::string, std::string, std::string>, SeenArray> arrays;
  for (const DeviceHandler& device : devices) {
    const bool detached = device.handler == "detached" && device.alua;
    if (!detached && CheckerForHandler(device.handler).empty()) continue;
    SeenArray& array = arrays[{device.handler, device.vendor, device.product}];
    if (array.count++ == 0) array.example = &device;
  }
  Findings findings;
  for (const auto& [key, array] : arrays) {
    findings.push_back(array.example->handler == "detached" ? Detached(array) : Proprietary(array));
  }
  return findings;
}

}  // namespace pathwatch::cli

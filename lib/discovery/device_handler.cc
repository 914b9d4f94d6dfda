#include "lib/discovery/device_handler.h"

#include <fcntl.h>

#include "lib/discovery/sysfs.h"

namespace pathwatch::discovery {

std::string ReadDeviceHandler(const std::string& sysfs_root, const Hctl& hctl) {
  std::string content;
  const std::string file =
      sysfs_root + "/class/scsi_device/" + FormatHctl(hctl) + "/device/dh_state";
  if (ReadFile(AT_FDCWD, file, content) != 0) return "";
  return std::string(TrimEnd(content));
}

}  // namespace pathwatch::discovery

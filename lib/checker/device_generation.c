#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "lib/checker/state_reader.h"

uint64_t pw_device_generation(const char* sysfs_root, uint64_t devt) {
  char name[PW_STATE_PATH_MAX];
  struct stat status;
  // A SCSI disk's `device` has the folder of its own address; other disks have none.
  const int length = snprintf(name, sizeof name, "%s/dev/block/%u:%u/device/scsi_device",
                              sysfs_root, major(devt), minor(devt));
  if (length < 0 || (size_t)length >= sizeof name || stat(name, &status) != 0) return 0;
  name[(size_t)length - (sizeof "/scsi_device" - 1)] = '\0';
  return stat(name, &status) == 0 ? status.st_ino : 0;
}

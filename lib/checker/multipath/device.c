#include "lib/checker/multipath/device.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "lib/checker/state_reader.h"

// Linux: Documentation/admin-guide/devices.txt, the majors of SCSI disks.
static bool is_scsi_disk(unsigned number) {
  return number == 8 || (number >= 65 && number <= 71) || (number >= 128 && number <= 135);
}

struct pwm_device pwm_device_of(int file, const char* sysfs_root) {
  struct pwm_device device = {false, 0, 0};
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISBLK(status.st_mode)) return device;
  device.devt = status.st_rdev;
  device.not_scsi = !is_scsi_disk(major(status.st_rdev));
  if (!device.not_scsi) device.generation = pw_device_generation(sysfs_root, device.devt);
  return device;
}

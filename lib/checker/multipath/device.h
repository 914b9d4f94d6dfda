// What a descriptor of multipathd leads to, as far as the plugin looks. Any thread.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_DEVICE_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_DEVICE_H_

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pwm_device {
  bool not_scsi;        // a block device of another kind
  uint64_t devt;        // st_rdev; 0: unknown
  uint64_t generation;  // pw_device_generation; 0: unknown
};

// `sysfs_root` is usually "/sys".
struct pwm_device pwm_device_of(int file, const char* sysfs_root);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_DEVICE_H_

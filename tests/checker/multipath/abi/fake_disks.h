// Block devices that do not exist: fstat, stat and ioctl of this program, which the plugin calls
// as it would call those of the C library, know them.
#ifndef PATHWATCH_TESTS_CHECKER_MULTIPATH_ABI_FAKE_DISKS_H_
#define PATHWATCH_TESTS_CHECKER_MULTIPATH_ABI_FAKE_DISKS_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// From now on the descriptor leads to that device; 0: to what it is.
void fake_disk(int file, uint64_t devt);
// The inode of a SCSI disk's directory in sysfs is its number: minor / 16 and this.
enum { FAKE_GENERATION = 100 };

// SG_IO commands so far; each was answered GOOD.
int fake_commands(void);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_TESTS_CHECKER_MULTIPATH_ABI_FAKE_DISKS_H_

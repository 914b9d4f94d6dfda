// A TEST UNIT READY of this process, by ioctl(SG_IO).
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_OWN_TUR_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_OWN_TUR_H_

#include <scsi/sg.h>

#include "lib/checker/multipath/tur_verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

// How a command is sent; any thread.
struct pwm_device_access {
  // As ioctl(file, SG_IO, header): 0, or -1 and errno.
  int (*send)(void* self, int file, struct sg_io_hdr* header);
  void* self;
};

// The system's.
struct pwm_device_access pwm_system_access(void);

// Waits for the reply, for `timeout_ms` and for what the kernel then does; sends it again if the
// reply asks for that, at most PWM_TUR_TRIES times in all. Any thread; allocates nothing.
enum pwm_tur pwm_own_tur(const struct pwm_device_access* access, int file, uint32_t timeout_ms);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_OWN_TUR_H_

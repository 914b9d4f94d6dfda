// What the reply to a TEST UNIT READY means, as multipathd's own checker "tur" takes it. Pure.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_TUR_VERDICT_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_TUR_VERDICT_H_

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// How often a command is sent, until it brings something that is no reason to send it again.
enum { PWM_TUR_TRIES = 5 };

enum pwm_tur {
  PWM_TUR_UP,
  PWM_TUR_GHOST,
  PWM_TUR_DOWN,
  PWM_TUR_TRANSITION,   // of the target port group
  PWM_TUR_UNMAPPED,     // the logical unit is not there
  PWM_TUR_NO_COMMANDS,  // the device takes none
  PWM_TUR_AGAIN,        // says nothing: send it again
};

// What SG_IO has brought.
struct pwm_tur_reply {
  int error;             // errno of the call; 0: the rest counts
  bool ok;               // the info field says that nothing is to be reported
  uint8_t status;        // SAM-5
  uint16_t host_status;  // DID_* of the kernel
  const uint8_t* sense;  // null if there is none
  size_t sense_length;   // bytes that were written
};

// `last_try`: never PWM_TUR_AGAIN.
enum pwm_tur pwm_tur_verdict(const struct pwm_tur_reply* reply, bool last_try);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_TUR_VERDICT_H_

// The program that has loaded the plugin: multipathd, or the command multipath, of some version.
//
// The layouts of struct checker differ behind its front, and no version number says which one it
// is; what the program's library exports does.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_HOST_ABI_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_HOST_ABI_H_

#ifndef __cplusplus
#include <stdbool.h>
#endif

#include "lib/checker/multipath/multipathd.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pwm_layout {
  PWM_LAYOUT_UNKNOWN,
  PWM_LAYOUT_0_7,   // 0.7.9 to 0.10: the message is at 20
  PWM_LAYOUT_0_11,  // since 0.11: the message is at 24, behind the state of the path
};

struct pwm_host {
  enum pwm_layout layout;
  bool (*is_sync)(const struct pwm_checker* checker);  // null: unknown
  bool is_daemon;                                      // multipathd itself
};

// Looks; may wait for another thread that loads a library.
struct pwm_host pwm_find_host(void);

// Whether nobody will ask about the path again. multipathd always does, also when it was told to
// check one path at a time, and is never to wait.
bool pwm_asks_once(const struct pwm_host* host, const struct pwm_checker* checker);

// Puts the number of a message where the program looks for it; nowhere if that is not known.
void pwm_set_message(const struct pwm_host* host, struct pwm_checker* checker, short message);

// Whether the program knows the state DISCONNECTED (since 0.14). Versions 0.11 to 0.13 log a line
// when they are asked, so it is to be asked once, and only when the answer is needed.
bool pwm_ask_for_disconnected(const struct pwm_host* host);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_HOST_ABI_H_

// Datagrams to pathwatchd and to the system's log: lossy, and no call ever waits.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_MAIL_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_MAIL_H_

#include <sys/un.h>

#include "proto/state_table.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pwm_mail {
  int socket;                  // -1: none, then nothing is sent
  struct sockaddr_un control;  // of pathwatchd; sun_path is empty if its path is too long
  struct sockaddr_un log;
};

// `run_dir` is that of pathwatchd; `log` usually "/dev/log". The socket stays until pwm_mail_close.
void pwm_mail_open(const char* run_dir, const char* log, struct pwm_mail* mail);
void pwm_mail_close(struct pwm_mail* mail);

// Any thread, from here on.

// Asks for a check of the path without waiting for its turn.
void pwm_mail_check_now(const struct pwm_mail* mail, const struct pw_path_record* record);

// A line for people, of daemon.info; longer ones are cut.
void pwm_mail_log(const struct pwm_mail* mail, const char* before, const char* middle,
                  const char* after);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_MAIL_H_

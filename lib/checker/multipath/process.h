// All that the plugin has in a process: the reader of the published state, the paths, and who is
// told what. Where it is, is up to the caller; it never goes away in multipathd.
//
// Thread rule: any thread, any number at a time, except for pwm_process_open and
// pwm_process_close. No call waits for a device, for pathwatchd or for the log, but for pwm_check
// with `asked_once`. Only pwm_add allocates.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_PROCESS_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_PROCESS_H_

#include <pthread.h>

#include "lib/checker/multipath/answer.h"
#include "lib/checker/multipath/mail.h"
#include "lib/checker/multipath/own_tur.h"
#include "lib/checker/multipath/path_table.h"
#include "lib/checker/multipath/view.h"

#ifdef __cplusplus
extern "C" {
#endif

// What is told once for the process, and when it was told last; [0]: pathwatch answers again,
// [1]: it gives no answer.
struct pwm_notice {
  bool told;
  enum pwm_message reason;  // of the path that was last asked for
  bool was_sent[2];
  int64_t sent_ns[2];
};

struct pwm_process {
  pthread_mutex_t mutex;  // guards what follows, never held over what can wait
  struct pwm_view view;
  uint32_t falling_back;    // paths that this process checks since pathwatch does not
  uint32_t own_checks_out;  // of those that were removed, too
  struct pwm_notice notice;
  struct pwm_path_table paths;
  // Constant.
  struct pwm_mail mail;
  struct pwm_device_access access;
};

struct pwm_options {
  const char* run_dir;  // of pathwatchd
  const char* log;      // a datagram socket, usually "/dev/log"
  struct pwm_device_access access;
};

void pwm_process_open(const struct pwm_options* options, struct pwm_process* process);
// REQUIRES: no own check is out, and no path is left.
void pwm_process_close(struct pwm_process* process);

// From now on the path has that key. It takes the place of another one. Without memory there is
// none, and pwm_check says so.
void pwm_add(struct pwm_process* process, const void* key, const struct pwm_device* device);
// Harmless if there is none. An own check that is out goes on, and nobody gets to know its verdict.
void pwm_remove(struct pwm_process* process, const void* key);

uint32_t pwm_own_checks_out(struct pwm_process* process);

struct pwm_call {
  int64_t now_ns;      // CLOCK_BOOTTIME
  int file;            // of the path; an own check uses a duplicate
  uint32_t timeout_s;  // 0: the usual 30 s
  bool asked_once;     // nobody asks again: an own check is made in this call
};
struct pwm_answer pwm_check(struct pwm_process* process, const void* key,
                            const struct pwm_call* call);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_PROCESS_H_

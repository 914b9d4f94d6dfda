// The functions that multipathd looks for, and the one object behind them.
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "lib/checker/multipath/device.h"
#include "lib/checker/multipath/host_abi.h"
#include "lib/checker/multipath/process.h"

int libcheck_init(struct pwm_checker* checker);
int libcheck_check(struct pwm_checker* checker);
void libcheck_free(struct pwm_checker* checker);

// multipathd has no place for it. It outlives dlclose, as the threads of own checks do: the
// library is linked so that it is never unloaded.
static struct {
  pthread_once_t started;
  pthread_once_t disconnected_asked;
  bool knows_disconnected;
  struct pwm_host host;
  struct pwm_process process;
} plugin = {.started = PTHREAD_ONCE_INIT, .disconnected_asked = PTHREAD_ONCE_INIT};

static void start(void) {
  const char* run_dir = secure_getenv("PATHWATCH_RUN_DIR");
  const struct pwm_options options = {
      .run_dir = run_dir != NULL && run_dir[0] != '\0' ? run_dir : "/run/pathwatch",
      .log = "/dev/log",
      .access = pwm_system_access(),
  };
  plugin.host = pwm_find_host();
  pwm_process_open(&options, &plugin.process);
}

static void ask_for_disconnected(void) {
  plugin.knows_disconnected = pwm_ask_for_disconnected(&plugin.host);
}

static int64_t boottime_ns(void) {
  struct timespec time = {0, 0};
  (void)clock_gettime(CLOCK_BOOTTIME, &time);
  return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

int libcheck_init(struct pwm_checker* checker) {
  (void)pthread_once(&plugin.started, start);
  const struct pwm_device device = pwm_device_of(checker->fd, "/sys");
  pwm_add(&plugin.process, checker, &device);
  return 0;
}

int libcheck_check(struct pwm_checker* checker) {
  (void)pthread_once(&plugin.started, start);
  const struct pwm_call call = {
      .now_ns = boottime_ns(),
      .file = checker->fd,
      .timeout_s = checker->timeout,
      .asked_once = pwm_asks_once(&plugin.host, checker),
  };
  struct pwm_answer answer = pwm_check(&plugin.process, checker, &call);
  if (answer.state == PWM_DISCONNECTED) {
    (void)pthread_once(&plugin.disconnected_asked, ask_for_disconnected);
    if (!plugin.knows_disconnected) answer.state = PWM_DOWN;
  }
  pwm_set_message(&plugin.host, checker, (short)answer.message);
  return (int)answer.state;
}

void libcheck_free(struct pwm_checker* checker) { pwm_remove(&plugin.process, checker); }

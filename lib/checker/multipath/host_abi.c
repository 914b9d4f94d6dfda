#include "lib/checker/multipath/host_abi.h"

#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

enum {
  // LP64.
  MESSAGE_OFFSET_0_7 = 20,
  MESSAGE_OFFSET_0_11 = 24,
};

static_assert(offsetof(struct pwm_checker, fd) == 8, "layout");
static_assert(offsetof(struct pwm_checker, timeout) == 12, "layout");

static bool has(const char* symbol) { return dlsym(RTLD_DEFAULT, symbol) != NULL; }

struct pwm_host pwm_find_host(void) {
  struct pwm_host host = {PWM_LAYOUT_UNKNOWN, NULL, false};
  if (has("checker_need_wait") || has("checker_get_state")) {
    host.layout = PWM_LAYOUT_0_11;
  } else if (has("start_checker_thread") || has("checker_is_sync")) {
    host.layout = PWM_LAYOUT_0_7;
  }
  // The way that POSIX gives for a function's address.
  *(void**)&host.is_sync = dlsym(RTLD_DEFAULT, "checker_is_sync");
  host.is_daemon = strcmp(program_invocation_short_name, "multipathd") == 0;
  return host;
}

bool pwm_asks_once(const struct pwm_host* host, const struct pwm_checker* checker) {
  return !host->is_daemon && host->is_sync != NULL && host->is_sync(checker);
}

void pwm_set_message(const struct pwm_host* host, struct pwm_checker* checker, short message) {
  if (host->layout == PWM_LAYOUT_UNKNOWN) return;
  const size_t offset = host->layout == PWM_LAYOUT_0_11 ? MESSAGE_OFFSET_0_11 : MESSAGE_OFFSET_0_7;
  memcpy((char*)checker + offset, &message, sizeof message);
}

bool pwm_ask_for_disconnected(const struct pwm_host* host) {
  if (host->layout != PWM_LAYOUT_0_11) return false;
  const char* (*name_of)(int state);
  *(void**)&name_of = dlsym(RTLD_DEFAULT, "checker_state_name");
  if (name_of == NULL) return false;
  const char* name = name_of(PWM_DISCONNECTED);
  return name != NULL && strcmp(name, "disconnected") == 0;
}

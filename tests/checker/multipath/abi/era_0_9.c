// libmultipath 0.7.9 to 0.10.
#include "tests/checker/multipath/abi/era.h"

struct checker {
  void* cls;
  int fd;
  unsigned int timeout;
  int disable;
  short msgid;
  void* context;
  void** mpcontext;
};

const struct era era = {sizeof(struct checker), offsetof(struct checker, msgid), false};

static bool sync;

void era_set_sync(bool value) { sync = value; }
int era_unknown_states(void) { return 0; }

// What the plugin looks for.
int checker_is_sync(const struct checker* checker);
int start_checker_thread(void* thread, const void* attributes, void* context);

int checker_is_sync(const struct checker* checker) { return checker->fd >= 0 && sync; }

int start_checker_thread(void* thread, const void* attributes, void* context) {
  (void)thread;
  (void)attributes;
  (void)context;
  return 1;
}

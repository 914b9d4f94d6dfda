// libmultipath 0.14 and 0.15: the latter without mpcontext, which is behind all that is looked at.
#include "tests/checker/multipath/abi/era.h"

struct checker {
  void* cls;
  int fd;
  unsigned int timeout;
  int disable;
  int path_state;
  short msgid;
  void* context;
};

const struct era era = {sizeof(struct checker), offsetof(struct checker, msgid), true};

static bool sync;

void era_set_sync(bool value) { sync = value; }
int era_unknown_states(void) { return 0; }

// What the plugin looks for.
int checker_is_sync(const struct checker* checker);
int checker_get_state(struct checker* checker);
const char* checker_state_name(int state);

int checker_is_sync(const struct checker* checker) { return checker->fd >= 0 && sync; }

int checker_get_state(struct checker* checker) { return checker->path_state; }

const char* checker_state_name(int state) { return state == 10 ? "disconnected" : "another"; }

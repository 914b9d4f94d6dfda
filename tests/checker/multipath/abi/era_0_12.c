// libmultipath 0.11 to 0.13.
#include <stdio.h>

#include "tests/checker/multipath/abi/era.h"

struct checker {
  void* cls;
  int fd;
  unsigned int timeout;
  int disable;
  int path_state;
  short msgid;
  void* context;
  void** mpcontext;
};

const struct era era = {sizeof(struct checker), offsetof(struct checker, msgid), false};

static bool sync;
static int unknown_states;

void era_set_sync(bool value) { sync = value; }
int era_unknown_states(void) { return unknown_states; }

// What the plugin looks for.
int checker_is_sync(const struct checker* checker);
bool checker_need_wait(const struct checker* checker);
const char* checker_state_name(int state);

int checker_is_sync(const struct checker* checker) { return checker->fd >= 0 && sync; }

bool checker_need_wait(const struct checker* checker) { return checker->path_state == 6; }

const char* checker_state_name(int state) {
  static const char* const names[] = {"wild",  "unchecked", "down",    "up",      "shaky",
                                      "ghost", "pending",   "timeout", "removed", "delayed"};
  if (state >= 0 && (size_t)state < sizeof names / sizeof names[0]) return names[state];
  unknown_states++;
  return NULL;
}

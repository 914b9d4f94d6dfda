// What a version of libmultipath has that the plugin meets: each era_*.c is one of them.
#ifndef PATHWATCH_TESTS_CHECKER_MULTIPATH_ABI_ERA_H_
#define PATHWATCH_TESTS_CHECKER_MULTIPATH_ABI_ERA_H_

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct era {
  size_t checker_size;
  size_t message_offset;    // of struct checker; 0: the version does not say, nothing is written
  bool knows_disconnected;  // the state 10
};
extern const struct era era;

// What checker_is_sync of the era says from now on.
void era_set_sync(bool sync);
// How often it was asked for the name of a state that it does not know: it logs a line each time.
int era_unknown_states(void);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_TESTS_CHECKER_MULTIPATH_ABI_ERA_H_

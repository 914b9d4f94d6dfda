#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_THREAD_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_THREAD_H_

#ifndef __cplusplus
#include <stdbool.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

// Runs `run(argument)` in a detached thread with a small stack that gets no signals: the process
// handles those in threads of its own. `run` returns; it does not end the thread in another way,
// which would load a library. False if there can be no thread; then nothing runs.
bool pwm_start_thread(void* (*run)(void* argument), void* argument);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_THREAD_H_

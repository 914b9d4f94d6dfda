#include "lib/checker/multipath/thread.h"

#include <pthread.h>
#include <signal.h>

enum { STACK_SIZE = 64 * 1024 };

static bool start_with(const pthread_attr_t* attributes, void* (*run)(void*), void* argument) {
  // A thread begins with the mask of the one that makes it.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) return false;
  pthread_t thread;
  const int error = pthread_create(&thread, attributes, run, argument);
  (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
  return error == 0;
}

bool pwm_start_thread(void* (*run)(void*), void* argument) {
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  const bool started = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0 &&
                       pthread_attr_setstacksize(&attributes, STACK_SIZE) == 0 &&
                       start_with(&attributes, run, argument);
  (void)pthread_attr_destroy(&attributes);
  return started;
}

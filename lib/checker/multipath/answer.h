// What to answer to multipathd about a path, call by call. Pure: time and what is published come
// with the question, what is to be done goes out with the answer.
//
// PENDING in a row has an end, whatever happens: longer than its allowance (the timeout of the
// checker, or the limit of a transition if one was seen, and PWM_GRACE_NS) it is never the answer.
// Up and ghost come from a published state that is confirmed, in force, and of a daemon that lives,
// or from a command of this process that was begun after it began to check the path itself.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_ANSWER_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_ANSWER_H_

#include "lib/checker/multipath/published.h"
#include "lib/checker/multipath/tur_verdict.h"

#ifdef __cplusplus
extern "C" {
#endif

static const int64_t PWM_GRACE_NS = INT64_C(10000000000);

// A path begins to check itself at most this long after the first PENDING: a second less than the
// grace, after which multipathd asks again, so that the command has the whole timeout.
static const int64_t PWM_PATIENCE_NS = INT64_C(9000000000);

enum pwm_own_state {
  PWM_OWN_NONE,
  PWM_OWN_OUT,   // a command is out
  PWM_OWN_DONE,  // the verdict counts
};

// The process's own check of the path.
struct pwm_own_check {
  enum pwm_own_state state;
  bool discard;      // it was begun before the path was last left to pathwatch
  int64_t begun_ns;  // if not NONE
  enum pwm_tur verdict;
};

// What is remembered of a path between calls; zeros at first.
struct pwm_memory {
  bool pending;                // the answer before was PENDING, and in a row since
  int64_t pending_since_ns;    // this
  int64_t pending_allowed_ns;  // and for at most so long
  bool falling_back;    // this process checks the path, until pathwatch says something useful
  bool own_transition;  // the last own verdict was a transition
  struct pwm_own_check own;
};

struct pwm_question {
  int64_t now_ns;      // CLOCK_BOOTTIME
  int64_t timeout_ns;  // of the checker, above 0
  uint64_t devt;       // of the path: chooses when it begins, so that not all do at once
  // Nobody asks again, so what cannot be said now has to be found out now.
  bool asked_once;
  // Pathwatch has said nothing yet to this process: nobody was relying on it.
  bool never_answered;
};

struct pwm_answer {
  enum pwm_state state;  // DISCONNECTED: DOWN for a multipathd that does not know it
  enum pwm_message message;
  enum pwm_message reason;  // of falling back, if it does
  bool check_now;           // ask the daemon to check the path
  // Begin an own check: `own` says that one is out. Then pwm_own_done or pwm_own_not_begun follows.
  bool begin_own;
};

struct pwm_answer pwm_answer_to(const struct pwm_question* question,
                                const struct pwm_published* published, struct pwm_memory* memory);

// The own check has come back, or none could be begun.
void pwm_own_done(struct pwm_memory* memory, enum pwm_tur verdict);
void pwm_own_not_begun(struct pwm_memory* memory);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_ANSWER_H_

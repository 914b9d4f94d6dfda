// What the published state says about a path, in multipathd's terms. Pure: no I/O, no clock.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_PUBLISHED_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_PUBLISHED_H_

#ifndef __cplusplus
#include <stdbool.h>
#endif

#include "lib/checker/multipath/messages.h"
#include "lib/checker/multipath/multipathd.h"
#include "lib/checker/state_reader.h"

#ifdef __cplusplus
extern "C" {
#endif

// A daemon that hangs cannot have heard that device-mapper failed a path: up and ghost need a
// heartbeat that is younger. It comes every 500 ms.
static const int64_t PWM_HEARTBEAT_YOUNG_NS = INT64_C(1500000000);

// How long a transition may take if the array does not say so.
enum { PWM_TRANSITION_LIMIT_S = 60 };

// What was read about a path at one moment.
struct pwm_published {
  enum pw_result result;         // PW_OK: `record` counts; otherwise why there is none
  struct pw_path_record record;  // of the very device
  uint32_t transition_limit_s;   // of its logical unit; 0: not given, or not in transition
  int64_t heartbeat_age_ns;      // if the result is PW_OK or PW_STALE
};

enum pwm_says {
  PWM_SAYS_STATE,    // the answer
  PWM_SAYS_WAIT,     // something goes on that has a limit: PENDING
  PWM_SAYS_UNSURE,   // nothing to rely on, but soon there may be: PENDING
  PWM_SAYS_NOTHING,  // somebody else has to check the path
};

struct pwm_word {
  enum pwm_says says;
  enum pwm_message message;
  // STATE: the answer. WAIT: the answer when it lasts for too long.
  enum pwm_state state;
  enum pwm_message message_in_the_end;  // WAIT
  int64_t limit_ns;                     // WAIT: how long such a thing may last
  bool check_now;                       // UNSURE: a check of the daemon would help
  int64_t since_ns;                     // NOTHING: since when, as far as known; otherwise 0
};

// `timeout_ns`: how long the checker waits for an answer to a command; above 0.
struct pwm_word pwm_word_of(const struct pwm_published* published, int64_t now_ns,
                            int64_t timeout_ns);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_PUBLISHED_H_

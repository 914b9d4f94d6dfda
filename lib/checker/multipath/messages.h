// The reasons that multipathd logs behind the checker's name, by number.
#ifndef PATHWATCH_LIB_CHECKER_MULTIPATH_MESSAGES_H_
#define PATHWATCH_LIB_CHECKER_MULTIPATH_MESSAGES_H_

#ifdef __cplusplus
extern "C" {
#endif

// multipathd takes the numbers from 100 on, at most 100 of them, for places in libcheck_msgtable.
enum pwm_message {
  // What is published about the path.
  PWM_MESSAGE_UP = 100,
  PWM_MESSAGE_GHOST,
  PWM_MESSAGE_DOWN,
  PWM_MESSAGE_UNAVAILABLE,
  PWM_MESSAGE_WRONG_LU,
  PWM_MESSAGE_REMOVED,
  PWM_MESSAGE_UNMAPPED,
  PWM_MESSAGE_TRANSITION,
  PWM_MESSAGE_TRANSITION_TOO_LONG,
  PWM_MESSAGE_NO_ANSWER_YET,
  PWM_MESSAGE_NO_ANSWER,
  // Why that is not to be relied on yet.
  PWM_MESSAGE_UNCONFIRMED,
  PWM_MESSAGE_EXPIRED,
  PWM_MESSAGE_HEARTBEAT_LATE,
  PWM_MESSAGE_BUSY,
  // Why nothing can be said from it.
  PWM_MESSAGE_NO_FILE,
  PWM_MESSAGE_UNREADABLE,
  PWM_MESSAGE_UNTRUSTED,
  PWM_MESSAGE_FOREIGN,
  PWM_MESSAGE_OTHER_MAJOR,
  PWM_MESSAGE_DAMAGED,
  PWM_MESSAGE_STALE,
  PWM_MESSAGE_NOT_FOUND,
  PWM_MESSAGE_LEFT_OUT,
  PWM_MESSAGE_STATE_UNKNOWN,
  PWM_MESSAGE_STATE_NEWER,
  // What the process's own TEST UNIT READY says.
  PWM_MESSAGE_OWN_OUT,
  PWM_MESSAGE_OWN_UP,
  PWM_MESSAGE_OWN_GHOST,
  PWM_MESSAGE_OWN_DOWN,
  PWM_MESSAGE_OWN_TRANSITION,
  PWM_MESSAGE_OWN_TRANSITION_TOO_LONG,
  PWM_MESSAGE_OWN_UNMAPPED,
  PWM_MESSAGE_OWN_TIMEOUT,
  PWM_MESSAGE_OWN_NO_COMMANDS,
  PWM_MESSAGE_UNDECIDED,
  // Neither.
  PWM_MESSAGE_NOT_SCSI,
  PWM_MESSAGE_NO_MEMORY,
  PWM_MESSAGES_END,
};

// By number less 100; a null pointer ends it. multipathd looks for it by this name.
extern const char* libcheck_msgtable[];

// The reason as part of a sentence of ours: without the separator that multipathd's log lines need.
// Never null.
const char* pwm_reason(enum pwm_message message);

#ifdef __cplusplus
}
#endif

#endif  // PATHWATCH_LIB_CHECKER_MULTIPATH_MESSAGES_H_

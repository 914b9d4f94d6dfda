#include "lib/checker/multipath/published.h"

enum {
  // The field of REPORT TARGET PORT GROUPS has one byte (SPC-4 6.37).
  TRANSITION_LIMIT_MAX_S = 255,
  // SAM-5 table 46.
  STATUS_CHECK_CONDITION = 0x02,
};

static const int64_t SECOND_NS = INT64_C(1000000000);

static struct pwm_word state(enum pwm_state state, enum pwm_message message) {
  return (struct pwm_word){.says = PWM_SAYS_STATE, .state = state, .message = message};
}

static struct pwm_word unsure(enum pwm_message message) {
  return (struct pwm_word){.says = PWM_SAYS_UNSURE, .message = message};
}

static struct pwm_word nothing(enum pwm_message message) {
  return (struct pwm_word){.says = PWM_SAYS_NOTHING, .message = message};
}

static bool heartbeat_is_young(const struct pwm_published* published) {
  return published->heartbeat_age_ns < PWM_HEARTBEAT_YOUNG_NS &&
         published->heartbeat_age_ns > -PWM_HEARTBEAT_YOUNG_NS;
}

// Without overflow, whatever the file says.
static int64_t elapsed_ns(int64_t from_ns, int64_t to_ns) {
  if (from_ns <= 0) return to_ns;
  return from_ns < to_ns ? to_ns - from_ns : 0;
}

// The latest moment of which the daemon can know. What has lasted for too long only because the
// daemon does not look any more has not lasted for too long.
static int64_t known_until(const struct pwm_published* published, int64_t now_ns) {
  return published->heartbeat_age_ns > 0 ? now_ns - published->heartbeat_age_ns : now_ns;
}

// Asking again would not make an answer come sooner.
static bool check_would_help(const struct pw_path_record* record, int64_t now_ns) {
  return record->oldest_unanswered_boottime_ns == 0 &&
         record->last_check_sent_boottime_ns <= record->last_check_done_boottime_ns &&
         elapsed_ns(record->last_check_sent_boottime_ns, now_ns) >= SECOND_NS;
}

static struct pwm_word usable(const struct pwm_published* published, int64_t now_ns,
                              struct pwm_word word) {
  const struct pw_path_record* record = &published->record;
  if ((record->flags & PW_PATH_UNCONFIRMED) != 0) {
    word = unsure(PWM_MESSAGE_UNCONFIRMED);
  } else if (now_ns > record->valid_until_boottime_ns) {
    word = unsure(PWM_MESSAGE_EXPIRED);
  } else if (!heartbeat_is_young(published)) {
    word = unsure(PWM_MESSAGE_HEARTBEAT_LATE);
  } else {
    return word;
  }
  word.check_now = check_would_help(record, now_ns);
  return word;
}

static struct pwm_word wait_for(const struct pwm_published* published, enum pwm_message message,
                                int64_t limit_ns, struct pwm_word in_the_end) {
  const bool young = heartbeat_is_young(published);
  return (struct pwm_word){
      .says = PWM_SAYS_WAIT,
      .message = message,
      .limit_ns = limit_ns,
      // A daemon that does not look any more is no reason to fail the path.
      .state = young ? in_the_end.state : PWM_UNCHECKED,
      .message_in_the_end = young ? in_the_end.message : PWM_MESSAGE_UNDECIDED,
  };
}

static struct pwm_word transitioning(const struct pwm_published* published, int64_t now_ns) {
  uint32_t limit_s = published->transition_limit_s;
  if (limit_s == 0) limit_s = PWM_TRANSITION_LIMIT_S;
  if (limit_s > TRANSITION_LIMIT_MAX_S) limit_s = TRANSITION_LIMIT_MAX_S;
  const int64_t limit_ns = (int64_t)limit_s * SECOND_NS;
  const struct pwm_word too_long = state(PWM_DOWN, PWM_MESSAGE_TRANSITION_TOO_LONG);
  const int64_t until_ns = known_until(published, now_ns);
  if (elapsed_ns(published->record.since_boottime_ns, until_ns) >= limit_ns) return too_long;
  return wait_for(published, PWM_MESSAGE_TRANSITION, limit_ns, too_long);
}

static struct pwm_word unanswered(const struct pwm_published* published, int64_t now_ns,
                                  int64_t timeout_ns) {
  const struct pw_path_record* record = &published->record;
  const int64_t since_ns = record->oldest_unanswered_boottime_ns != 0
                               ? record->oldest_unanswered_boottime_ns
                               : record->since_boottime_ns;
  const struct pwm_word too_long = state(PWM_TIMEOUT, PWM_MESSAGE_NO_ANSWER);
  if (elapsed_ns(since_ns, known_until(published, now_ns)) >= timeout_ns) return too_long;
  return wait_for(published, PWM_MESSAGE_NO_ANSWER_YET, timeout_ns, too_long);
}

// Only this sense means for certain that the logical unit was unmapped: multipathd may take the
// path away for good then.
static struct pwm_word unmapped(const struct pw_path_record* record) {
  const struct pw_code* code = &record->reason_code;
  const uint8_t counts = code->flags & (PW_CODE_HAS_SENSE | PW_CODE_HAS_ASC | PW_CODE_DEFERRED);
  const bool certain = code->error == 0 && code->host_status == 0 &&
                       code->status == STATUS_CHECK_CONDITION &&
                       counts == (PW_CODE_HAS_SENSE | PW_CODE_HAS_ASC) && code->sense_key == 0x5 &&
                       code->asc == 0x25 && code->ascq == 0x00;
  return state(certain ? PWM_DISCONNECTED : PWM_DOWN, PWM_MESSAGE_UNMAPPED);
}

static struct pwm_word of_record(const struct pwm_published* published, int64_t now_ns,
                                 int64_t timeout_ns) {
  const struct pw_path_record* record = &published->record;
  switch (record->state) {
    case PW_STATE_UNKNOWN:
      return nothing(PWM_MESSAGE_STATE_UNKNOWN);
    case PW_STATE_UP:
      return usable(published, now_ns, state(PWM_UP, PWM_MESSAGE_UP));
    case PW_STATE_GHOST:
      return usable(published, now_ns, state(PWM_GHOST, PWM_MESSAGE_GHOST));
    case PW_STATE_TRANSITIONING:
      return transitioning(published, now_ns);
    case PW_STATE_UNAVAILABLE:
      return state(PWM_DOWN, PWM_MESSAGE_UNAVAILABLE);
    case PW_STATE_DOWN:
      return state(PWM_DOWN, PWM_MESSAGE_DOWN);
    case PW_STATE_NO_ANSWER:
      return unanswered(published, now_ns, timeout_ns);
    case PW_STATE_UNMAPPED:
      return unmapped(record);
    case PW_STATE_WRONG_LU:
      return state(PWM_DOWN, PWM_MESSAGE_WRONG_LU);
    case PW_STATE_REMOVED:
      // The device is there, only not pathwatch's business.
      if (record->reason_kind == PW_REASON_LEFT_OUT) return nothing(PWM_MESSAGE_LEFT_OUT);
      return state(PWM_DOWN, PWM_MESSAGE_REMOVED);
    default:
      return nothing(PWM_MESSAGE_STATE_NEWER);
  }
}

struct pwm_word pwm_word_of(const struct pwm_published* published, int64_t now_ns,
                            int64_t timeout_ns) {
  struct pwm_word stale = nothing(PWM_MESSAGE_STALE);
  switch (published->result) {
    case PW_OK:
      return of_record(published, now_ns, timeout_ns);
    case PW_BUSY:
      return unsure(PWM_MESSAGE_BUSY);
    case PW_STALE:
      if (published->heartbeat_age_ns > PW_HEARTBEAT_MAX_AGE_NS) {
        stale.since_ns = now_ns - (published->heartbeat_age_ns - PW_HEARTBEAT_MAX_AGE_NS);
      }
      return stale;
    case PW_NO_FILE:
      return nothing(PWM_MESSAGE_NO_FILE);
    case PW_NOT_FOUND:
      return nothing(PWM_MESSAGE_NOT_FOUND);
    case PW_UNTRUSTED:
    case PW_NOT_REGULAR:
      return nothing(PWM_MESSAGE_UNTRUSTED);
    case PW_FOREIGN:
      return nothing(PWM_MESSAGE_FOREIGN);
    case PW_OTHER_MAJOR:
      return nothing(PWM_MESSAGE_OTHER_MAJOR);
    case PW_TRUNCATED:
    case PW_DAMAGED:
      return nothing(PWM_MESSAGE_DAMAGED);
    default:
      return nothing(PWM_MESSAGE_UNREADABLE);
  }
}

#include "lib/checker/multipath/answer.h"

static struct pwm_answer lasting(struct pwm_memory* memory, enum pwm_state state,
                                 enum pwm_message message) {
  memory->pending = false;
  memory->own_transition = false;
  return (struct pwm_answer){.state = state, .message = message};
}

static void begin_row(const struct pwm_question* question, struct pwm_memory* memory) {
  if (memory->pending) return;
  memory->pending = true;
  memory->pending_since_ns = question->now_ns;
  memory->pending_allowed_ns = 0;
}

// PENDING while that is allowed, at least for `limit_ns` and the grace; then the row ends with what
// is given.
static struct pwm_answer pending(const struct pwm_question* question, struct pwm_memory* memory,
                                 enum pwm_message message, int64_t limit_ns,
                                 enum pwm_state in_the_end, enum pwm_message message_in_the_end) {
  begin_row(question, memory);
  const int64_t allowed_ns =
      (limit_ns > question->timeout_ns ? limit_ns : question->timeout_ns) + PWM_GRACE_NS;
  if (memory->pending_allowed_ns < allowed_ns) memory->pending_allowed_ns = allowed_ns;
  if (question->now_ns - memory->pending_since_ns >= memory->pending_allowed_ns) {
    return lasting(memory, in_the_end, message_in_the_end);
  }
  return (struct pwm_answer){.state = PWM_PENDING, .message = message};
}

// Pathwatch has the path again: what an own check says does not count any more.
static void leave_to_pathwatch(struct pwm_memory* memory) {
  memory->falling_back = false;
  memory->own_transition = false;
  if (memory->own.state == PWM_OWN_OUT) {
    memory->own.discard = true;
  } else {
    memory->own.state = PWM_OWN_NONE;
  }
}

// When this process begins to check the path: spread over the time from when the reason holds to
// the end of patience, and for one that may pass at the end of it.
static int64_t begins_at_ns(const struct pwm_question* question, const struct pwm_word* word,
                            const struct pwm_memory* memory) {
  const int64_t last_ns = memory->pending_since_ns + PWM_PATIENCE_NS;
  if (word->says == PWM_SAYS_UNSURE) return last_ns;
  const int64_t first_ns =
      word->since_ns > memory->pending_since_ns ? word->since_ns : memory->pending_since_ns;
  if (first_ns >= last_ns) return first_ns;
  const int64_t share = (int64_t)(pw_mix(0, question->devt) & 0xffff);
  return first_ns + (last_ns - first_ns) * share / 0x10000;
}

static struct pwm_answer of_verdict(struct pwm_memory* memory, enum pwm_tur verdict) {
  switch (verdict) {
    case PWM_TUR_UP:
      return lasting(memory, PWM_UP, PWM_MESSAGE_OWN_UP);
    case PWM_TUR_GHOST:
      return lasting(memory, PWM_GHOST, PWM_MESSAGE_OWN_GHOST);
    case PWM_TUR_UNMAPPED:
      return lasting(memory, PWM_DISCONNECTED, PWM_MESSAGE_OWN_UNMAPPED);
    case PWM_TUR_NO_COMMANDS:
      return lasting(memory, PWM_WILD, PWM_MESSAGE_OWN_NO_COMMANDS);
    default:
      return lasting(memory, PWM_DOWN, PWM_MESSAGE_OWN_DOWN);
  }
}

// A transition that this process sees itself has the usual limit: the array's is not known.
static struct pwm_answer own_pending(const struct pwm_question* question, struct pwm_memory* memory,
                                     enum pwm_message message) {
  if (!memory->own_transition) {
    return pending(question, memory, message, 0, PWM_UNCHECKED, PWM_MESSAGE_UNDECIDED);
  }
  return pending(question, memory, message, PWM_TRANSITION_LIMIT_S * INT64_C(1000000000), PWM_DOWN,
                 PWM_MESSAGE_OWN_TRANSITION_TOO_LONG);
}

static struct pwm_answer check_itself(const struct pwm_question* question,
                                      struct pwm_memory* memory) {
  struct pwm_own_check* own = &memory->own;
  if (own->state == PWM_OWN_OUT) {
    if (question->now_ns - own->begun_ns >= question->timeout_ns) {
      return lasting(memory, PWM_TIMEOUT, PWM_MESSAGE_OWN_TIMEOUT);
    }
    return own_pending(question, memory, PWM_MESSAGE_OWN_OUT);
  }
  if (own->state == PWM_OWN_DONE) {
    own->state = PWM_OWN_NONE;
    if (own->verdict != PWM_TUR_TRANSITION) return of_verdict(memory, own->verdict);
    memory->own_transition = true;
    return own_pending(question, memory, PWM_MESSAGE_OWN_TRANSITION);
  }
  struct pwm_answer answer = own_pending(question, memory, PWM_MESSAGE_OWN_OUT);
  *own = (struct pwm_own_check){.state = PWM_OWN_OUT, .begun_ns = question->now_ns};
  answer.begin_own = true;
  return answer;
}

struct pwm_answer pwm_answer_to(const struct pwm_question* question,
                                const struct pwm_published* published, struct pwm_memory* memory) {
  const struct pwm_word word = pwm_word_of(published, question->now_ns, question->timeout_ns);
  if (word.says == PWM_SAYS_STATE) {
    leave_to_pathwatch(memory);
    return lasting(memory, word.state, word.message);
  }
  if (word.says == PWM_SAYS_WAIT) {
    leave_to_pathwatch(memory);
    return pending(question, memory, word.message, word.limit_ns, word.state,
                   word.message_in_the_end);
  }
  if (!memory->falling_back) {
    begin_row(question, memory);
    const bool at_once =
        question->asked_once || (question->never_answered && word.says == PWM_SAYS_NOTHING);
    memory->falling_back = at_once || question->now_ns >= begins_at_ns(question, &word, memory);
  }
  struct pwm_answer answer = memory->falling_back ? check_itself(question, memory)
                                                  : pending(question, memory, word.message, 0,
                                                            PWM_UNCHECKED, PWM_MESSAGE_UNDECIDED);
  answer.reason = word.message;
  answer.check_now = word.check_now;
  return answer;
}

void pwm_own_done(struct pwm_memory* memory, enum pwm_tur verdict) {
  memory->own.state = memory->own.discard ? PWM_OWN_NONE : PWM_OWN_DONE;
  memory->own.verdict = verdict;
}

void pwm_own_not_begun(struct pwm_memory* memory) { memory->own.state = PWM_OWN_NONE; }

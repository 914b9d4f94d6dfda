#include "lib/checker/multipath/process.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/checker/multipath/thread.h"

enum {
  TIMEOUT_DEFAULT_S = 30,
  // A day: any more would only overflow the command's timeout.
  TIMEOUT_MAX_S = 86400,
};

static const int64_t NOTICE_DISTANCE_NS = INT64_C(10000000000);

struct pwm_path {
  struct pwm_path_link link;  // first, so that a link leads to its path
  struct pwm_process* process;
  struct pwm_device device;
  // Guarded by the process's mutex.
  uint32_t references;  // from the table, from a call, from an own check
  bool removed;         // from the table: a call or an own check has it still
  bool counted;         // in falling_back
  struct pwm_memory memory;
  uint32_t record_index;  // where the path's record was last
  // Of the own check that is out; its own.
  int file;
  uint32_t timeout_ms;
};

// What a call has to send when the mutex is free again.
struct outbox {
  struct pwm_published published;
  bool notice;
  bool gives_answers;
  enum pwm_message reason;  // if it does not
};

void pwm_process_open(const struct pwm_options* options, struct pwm_process* process) {
  memset(process, 0, sizeof *process);
  (void)pthread_mutex_init(&process->mutex, NULL);
  process->access = options->access;
  pwm_mail_open(options->run_dir, options->log, &process->mail);
  pwm_view_open(options->run_dir, &process->view);
}

void pwm_process_close(struct pwm_process* process) {
  pwm_view_close(&process->view);
  pwm_mail_close(&process->mail);
  (void)pthread_mutex_destroy(&process->mutex);
}

static struct pwm_path* path_of(struct pwm_path_link* link) { return (struct pwm_path*)link; }

static void release(struct pwm_path* path) {
  struct pwm_process* const process = path->process;
  pthread_mutex_lock(&process->mutex);
  const bool last = --path->references == 0;
  pthread_mutex_unlock(&process->mutex);
  if (last) free(path);
}

uint32_t pwm_own_checks_out(struct pwm_process* process) {
  pthread_mutex_lock(&process->mutex);
  const uint32_t out = process->own_checks_out;
  pthread_mutex_unlock(&process->mutex);
  return out;
}

static void set_counted(struct pwm_path* path, bool counted) {
  counted = counted && !path->removed;
  if (counted && !path->counted) path->process->falling_back++;
  if (!counted && path->counted) path->process->falling_back--;
  path->counted = counted;
}

void pwm_remove(struct pwm_process* process, const void* key) {
  pthread_mutex_lock(&process->mutex);
  struct pwm_path_link* const link = pwm_take_link(&process->paths, key);
  if (link != NULL) {
    path_of(link)->removed = true;
    set_counted(path_of(link), false);
  }
  pthread_mutex_unlock(&process->mutex);
  if (link != NULL) release(path_of(link));
}

void pwm_add(struct pwm_process* process, const void* key, const struct pwm_device* device) {
  pwm_remove(process, key);
  struct pwm_path* const path = calloc(1, sizeof *path);
  if (path == NULL) return;
  path->link.key = key;
  path->process = process;
  path->device = *device;
  path->references = 1;
  path->file = -1;
  path->record_index = PW_NO_INDEX;
  pthread_mutex_lock(&process->mutex);
  pwm_add_link(&process->paths, &path->link);
  pthread_mutex_unlock(&process->mutex);
}

// Of each kind at most one line in that time; what is true in the end is always told.
static bool notice_is_due(struct pwm_process* process, int64_t now_ns) {
  struct pwm_notice* const notice = &process->notice;
  const bool falling_back = process->falling_back > 0;
  if (falling_back == notice->told) return false;
  if (notice->was_sent[falling_back] &&
      now_ns - notice->sent_ns[falling_back] < NOTICE_DISTANCE_NS) {
    return false;
  }
  notice->told = falling_back;
  notice->was_sent[falling_back] = true;
  notice->sent_ns[falling_back] = now_ns;
  return true;
}

static uint32_t timeout_s(const struct pwm_call* call) {
  if (call->timeout_s == 0) return TIMEOUT_DEFAULT_S;
  return call->timeout_s < TIMEOUT_MAX_S ? call->timeout_s : TIMEOUT_MAX_S;
}

// REQUIRES: the mutex is held.
static struct pwm_answer decide(struct pwm_path* path, const struct pwm_call* call,
                                struct outbox* outbox) {
  struct pwm_process* const process = path->process;
  pwm_view_read(&process->view, &path->device, call->now_ns, &path->record_index,
                &outbox->published);
  const struct pwm_question question = {
      .now_ns = call->now_ns,
      .timeout_ns = timeout_s(call) * INT64_C(1000000000),
      .devt = path->device.devt,
      .asked_once = call->asked_once,
      .never_answered = !process->view.ever_good,
  };
  const struct pwm_answer answer = pwm_answer_to(&question, &outbox->published, &path->memory);
  if (answer.begin_own) {
    path->references++;
    process->own_checks_out++;
  }
  // A path that pathwatch leaves to others on purpose says nothing about pathwatch, and a program
  // that asks once tells its user itself.
  const bool counts = path->memory.falling_back && answer.reason != PWM_MESSAGE_LEFT_OUT;
  set_counted(path, counts && !call->asked_once);
  if (path->counted) process->notice.reason = answer.reason;
  outbox->notice = notice_is_due(process, call->now_ns);
  outbox->gives_answers = process->falling_back == 0;
  outbox->reason = process->notice.reason;
  return answer;
}

static void send_mail(const struct pwm_process* process, const struct pwm_answer* answer,
                      const struct outbox* outbox) {
  if (answer->check_now) pwm_mail_check_now(&process->mail, &outbox->published.record);
  if (!outbox->notice) return;
  if (outbox->gives_answers) {
    pwm_mail_log(&process->mail, "pathwatch answers again", "", "");
  } else {
    pwm_mail_log(&process->mail, "pathwatch gives no answer (", pwm_reason(outbox->reason),
                 "): paths are checked by this process itself");
  }
}

// After it neither the path nor the process may be touched by an own check.
static void end_own(struct pwm_path* path, const enum pwm_tur* verdict) {
  struct pwm_process* const process = path->process;
  pthread_mutex_lock(&process->mutex);
  if (verdict != NULL) {
    pwm_own_done(&path->memory, *verdict);
  } else {
    pwm_own_not_begun(&path->memory);
  }
  process->own_checks_out--;
  const bool last = --path->references == 0;
  pthread_mutex_unlock(&process->mutex);
  if (last) free(path);
}

static void* check_in_thread(void* argument) {
  struct pwm_path* const path = argument;
  const enum pwm_tur verdict = pwm_own_tur(&path->process->access, path->file, path->timeout_ms);
  // It may be the last descriptor of the device by now.
  close(path->file);
  end_own(path, &verdict);
  return NULL;
}

static void begin_in_thread(struct pwm_path* path, const struct pwm_call* call) {
  path->timeout_ms = timeout_s(call) * 1000;
  path->file = fcntl(call->file, F_DUPFD_CLOEXEC, 0);
  if (path->file >= 0 && pwm_start_thread(check_in_thread, path)) return;
  if (path->file >= 0) close(path->file);
  end_own(path, NULL);
}

static void begin_in_this_call(struct pwm_path* path, const struct pwm_call* call) {
  const enum pwm_tur verdict =
      pwm_own_tur(&path->process->access, call->file, timeout_s(call) * 1000);
  end_own(path, &verdict);
}

static struct pwm_answer ask(struct pwm_path* path, const struct pwm_call* call) {
  struct pwm_process* const process = path->process;
  struct outbox outbox;
  pthread_mutex_lock(&process->mutex);
  const struct pwm_answer answer = decide(path, call, &outbox);
  pthread_mutex_unlock(&process->mutex);
  send_mail(process, &answer, &outbox);
  return answer;
}

static struct pwm_answer check_path(struct pwm_path* path, const struct pwm_call* call) {
  const struct pwm_answer answer = ask(path, call);
  if (!answer.begin_own) return answer;
  if (!call->asked_once) {
    begin_in_thread(path, call);
    return answer;
  }
  begin_in_this_call(path, call);
  return ask(path, call);
}

struct pwm_answer pwm_check(struct pwm_process* process, const void* key,
                            const struct pwm_call* call) {
  pthread_mutex_lock(&process->mutex);
  struct pwm_path_link* const link = pwm_find_link(&process->paths, key);
  if (link != NULL) path_of(link)->references++;
  pthread_mutex_unlock(&process->mutex);
  if (link == NULL) {
    return (struct pwm_answer){.state = PWM_UNCHECKED, .message = PWM_MESSAGE_NO_MEMORY};
  }
  struct pwm_path* const path = path_of(link);
  struct pwm_answer answer = {.state = PWM_UP, .message = PWM_MESSAGE_NOT_SCSI};
  if (!path->device.not_scsi) answer = check_path(path, call);
  release(path);
  return answer;
}

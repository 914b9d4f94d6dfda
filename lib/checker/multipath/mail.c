#include "lib/checker/multipath/mail.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static void set_address(struct sockaddr_un* address, const char* directory, const char* name) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  const int length = snprintf(address->sun_path, sizeof address->sun_path, "%s%s", directory, name);
  if (length < 0 || (size_t)length >= sizeof address->sun_path) address->sun_path[0] = '\0';
}

void pwm_mail_open(const char* run_dir, const char* log, struct pwm_mail* mail) {
  set_address(&mail->control, run_dir, "/control");
  set_address(&mail->log, log, "");
  mail->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

void pwm_mail_close(struct pwm_mail* mail) {
  if (mail->socket >= 0) close(mail->socket);
  mail->socket = -1;
}

// What does not arrive is lost: nobody waits for it.
static void send_text(const struct pwm_mail* mail, const struct sockaddr_un* to, const char* text,
                      int length, size_t size) {
  if (mail->socket < 0 || to->sun_path[0] == '\0' || length <= 0) return;
  const size_t sent = (size_t)length < size ? (size_t)length : size - 1;
  (void)sendto(mail->socket, text, sent, MSG_DONTWAIT | MSG_NOSIGNAL, (const struct sockaddr*)to,
               sizeof *to);
}

void pwm_mail_check_now(const struct pwm_mail* mail, const struct pw_path_record* record) {
  char text[96];
  const int length =
      snprintf(text, sizeof text, "check-now %" PRIu32 ":%" PRIu32 ":%" PRIu32 ":%" PRIu64,
               record->host, record->channel, record->target, record->lun);
  send_text(mail, &mail->control, text, length, sizeof text);
}

void pwm_mail_log(const struct pwm_mail* mail, const char* before, const char* middle,
                  const char* after) {
  // <30>: facility daemon (3), severity informational (6), as RFC 3164 puts them together.
  char text[256];
  const int length = snprintf(text, sizeof text, "<30>libcheckpathwatch[%d]: %s%s%s", (int)getpid(),
                              before, middle, after);
  send_text(mail, &mail->log, text, length, sizeof text);
}

#include "lib/checker/multipath/messages.h"

#include <stddef.h>

// Each is read behind "sdc - pathwatch checker".
const char* libcheck_msgtable[] = {
    [PWM_MESSAGE_UP - 100] = " reports path is up",
    [PWM_MESSAGE_GHOST - 100] = " reports path is ghost",
    [PWM_MESSAGE_DOWN - 100] = " reports path is down",
    [PWM_MESSAGE_UNAVAILABLE - 100] = ": the target port group is unavailable",
    [PWM_MESSAGE_WRONG_LU - 100] = ": another logical unit answers",
    [PWM_MESSAGE_REMOVED - 100] = ": the device was deleted",
    [PWM_MESSAGE_UNMAPPED - 100] = ": the logical unit is not mapped any more",
    [PWM_MESSAGE_TRANSITION - 100] = ": the target port group is in transition",
    [PWM_MESSAGE_TRANSITION_TOO_LONG - 100] = ": in transition for longer than the limit",
    [PWM_MESSAGE_NO_ANSWER_YET - 100] = ": no answer yet",
    [PWM_MESSAGE_NO_ANSWER - 100] = ": no answer for longer than the checker's timeout",
    [PWM_MESSAGE_UNCONFIRMED - 100] = ": the last failure is younger than the last check",
    [PWM_MESSAGE_EXPIRED - 100] = ": the last check is too old",
    [PWM_MESSAGE_HEARTBEAT_LATE - 100] = ": pathwatchd is late with its sign of life",
    [PWM_MESSAGE_BUSY - 100] = ": the state file was being written",
    [PWM_MESSAGE_NO_FILE - 100] = ": there is no state file, is pathwatchd running?",
    [PWM_MESSAGE_UNREADABLE - 100] = ": the state file cannot be read",
    [PWM_MESSAGE_UNTRUSTED - 100] = ": the state file has the wrong owner or mode",
    [PWM_MESSAGE_FOREIGN - 100] = ": the state file was not written by pathwatchd",
    [PWM_MESSAGE_OTHER_MAJOR - 100] = ": the state file is of another release, update this plugin",
    [PWM_MESSAGE_DAMAGED - 100] = ": the state file is damaged, restart pathwatchd",
    [PWM_MESSAGE_STALE - 100] = ": pathwatchd gives no sign of life",
    [PWM_MESSAGE_NOT_FOUND - 100] = ": pathwatchd does not know the path",
    [PWM_MESSAGE_LEFT_OUT - 100] = ": pathwatchd's configuration leaves the path out",
    [PWM_MESSAGE_STATE_UNKNOWN - 100] = ": pathwatchd has not checked the path yet",
    [PWM_MESSAGE_STATE_NEWER - 100] = ": pathwatchd is newer, update this plugin",
    [PWM_MESSAGE_OWN_OUT - 100] = ": own TEST UNIT READY is out",
    [PWM_MESSAGE_OWN_UP - 100] = ": own TEST UNIT READY says up",
    [PWM_MESSAGE_OWN_GHOST - 100] = ": own TEST UNIT READY says standby",
    [PWM_MESSAGE_OWN_DOWN - 100] = ": own TEST UNIT READY has failed",
    [PWM_MESSAGE_OWN_TRANSITION - 100] = ": own TEST UNIT READY says in transition",
    [PWM_MESSAGE_OWN_TRANSITION_TOO_LONG - 100] =
        ": own TEST UNIT READY says in transition, for too long",
    [PWM_MESSAGE_OWN_UNMAPPED - 100] = ": own TEST UNIT READY says not mapped any more",
    [PWM_MESSAGE_OWN_TIMEOUT - 100] =
        ": own TEST UNIT READY is out for longer than the checker's timeout",
    [PWM_MESSAGE_OWN_NO_COMMANDS - 100] = ": the device takes no SCSI commands",
    [PWM_MESSAGE_UNDECIDED - 100] = ": nothing is known for too long",
    [PWM_MESSAGE_NOT_SCSI - 100] = ": not a SCSI disk, taken for up",
    [PWM_MESSAGE_NO_MEMORY - 100] = ": there was no memory to check the path",
    [PWM_MESSAGES_END - 100] = NULL,
};

const char* pwm_reason(enum pwm_message message) {
  if (message < PWM_MESSAGE_UP || message >= PWM_MESSAGES_END) return "unknown reason";
  const char* text = libcheck_msgtable[message - PWM_MESSAGE_UP];
  while (*text == ':' || *text == ' ') text++;
  return text;
}

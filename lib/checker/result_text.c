#include "lib/checker/state_reader.h"

const char* pw_strerror(enum pw_result result) {
  switch (result) {
    case PW_OK:
      return "the published state was read";
    case PW_NO_FILE:
      return "there is no state file: start pathwatchd, or name its --run-dir";
    case PW_NOT_ALLOWED:
      return "the state file may not be read: run this as root, or join the group of the file";
    case PW_CANNOT_READ:
      return "the state file cannot be opened or read";
    case PW_NOT_REGULAR:
      return "the state file is not a regular file: remove it and restart pathwatchd";
    case PW_UNTRUSTED:
      return "the state file or its directory can be written by others, or belongs to somebody "
             "else than root or the owner of the directory: correct owner and mode";
    case PW_FOREIGN:
      return "the file was not written by pathwatchd: remove it and restart pathwatchd";
    case PW_OTHER_MAJOR:
      return "the state file has another major version: use the pathwatch tools of the same "
             "release as pathwatchd";
    case PW_TRUNCATED:
      return "the state file was cut short: restart pathwatchd";
    case PW_DAMAGED:
      return "the state file is damaged: restart pathwatchd";
    case PW_BUSY:
      return "the record was being written during all tries: try again";
    case PW_NOT_FOUND:
      return "pathwatchd does not know it";
    case PW_STALE:
      return "the state is out of date, since pathwatchd gives no sign of life: look at its log";
    case PW_CLOSED:
      return "the state file is not open";
    case PW_OVERWRITTEN:
      return "newer changes have taken its place in the change log: read on at a newer one";
  }
  return "unknown result";
}

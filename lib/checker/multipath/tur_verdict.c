#include "lib/checker/multipath/tur_verdict.h"

#include <errno.h>

enum {
  // SAM-5 table 46; reserved bits are masked.
  STATUS_MASK = 0x7e,
  STATUS_RESERVATION_CONFLICT = 0x18,
  // include/scsi/scsi_status.h of Linux.
  DID_OK = 0x00,
  DID_NO_CONNECT = 0x01,
  DID_BAD_TARGET = 0x04,
  DID_ABORT = 0x05,
  DID_TRANSPORT_FAILFAST = 0x0f,
  // SPC-4 table 42.
  KEY_NOT_READY = 0x2,
  KEY_ILLEGAL_REQUEST = 0x5,
  KEY_UNIT_ATTENTION = 0x6,
};

struct sense {
  uint8_t key;
  bool has_code;  // both bytes of it were received
  uint8_t asc;
  uint8_t ascq;
};

static uint8_t byte_at(const struct pwm_tur_reply* reply, size_t at) {
  return at < reply->sense_length ? reply->sense[at] : 0;
}

// SPC-4 4.5.2 and 4.5.3. Whether the sense is deferred makes no difference, as in "tur".
static struct sense parse(const struct pwm_tur_reply* reply) {
  struct sense sense = {0, false, 0, 0};
  if (reply->sense == NULL || reply->sense_length == 0) return sense;
  const uint8_t code = reply->sense[0] & 0x7f;
  if (code == 0x70 || code == 0x71) {
    const size_t end = 8 + (size_t)byte_at(reply, 7);
    sense.key = byte_at(reply, 2) & 0x0f;
    sense.has_code = reply->sense_length > 13 && end > 13;
    sense.asc = byte_at(reply, 12);
    sense.ascq = byte_at(reply, 13);
  } else if (code == 0x72 || code == 0x73) {
    sense.key = byte_at(reply, 1) & 0x0f;
    sense.has_code = reply->sense_length > 3;
    sense.asc = byte_at(reply, 2);
    sense.ascq = byte_at(reply, 3);
  }
  return sense;
}

static bool is_final(uint16_t host_status) {
  return host_status == DID_OK || host_status == DID_NO_CONNECT || host_status == DID_BAD_TARGET ||
         host_status == DID_ABORT || host_status == DID_TRANSPORT_FAILFAST;
}

enum pwm_tur pwm_tur_verdict(const struct pwm_tur_reply* reply, bool last_try) {
  if (reply->error == ENOTTY) return PWM_TUR_NO_COMMANDS;
  if (reply->error != 0) return PWM_TUR_DOWN;
  // Somebody else has reserved the logical unit, so the path leads there.
  if ((reply->status & STATUS_MASK) == STATUS_RESERVATION_CONFLICT) return PWM_TUR_UP;
  if (reply->ok) return PWM_TUR_UP;
  if (!is_final(reply->host_status) && !last_try) return PWM_TUR_AGAIN;
  const struct sense sense = parse(reply);
  if (sense.key == KEY_UNIT_ATTENTION && !last_try) return PWM_TUR_AGAIN;
  if (!sense.has_code) return PWM_TUR_DOWN;
  if (sense.key == KEY_NOT_READY && sense.asc == 0x04) {
    if (sense.ascq == 0x0b) return PWM_TUR_GHOST;
    if (sense.ascq == 0x0a) return PWM_TUR_TRANSITION;
  }
  if (sense.key == KEY_ILLEGAL_REQUEST && sense.asc == 0x25 && sense.ascq == 0x00) {
    return PWM_TUR_UNMAPPED;
  }
  return PWM_TUR_DOWN;
}

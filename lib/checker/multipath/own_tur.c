#include "lib/checker/multipath/own_tur.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

enum {
  CDB_SIZE = 6,     // SPC-4 6.47: all zeros
  SENSE_SIZE = 96,  // the kernel's maximum
};

static int system_send(void* self, int file, struct sg_io_hdr* header) {
  (void)self;
  return ioctl(file, SG_IO, header);
}

struct pwm_device_access pwm_system_access(void) {
  return (struct pwm_device_access){.send = system_send, .self = NULL};
}

enum pwm_tur pwm_own_tur(const struct pwm_device_access* access, int file, uint32_t timeout_ms) {
  enum pwm_tur verdict = PWM_TUR_AGAIN;
  for (int tries = 1; verdict == PWM_TUR_AGAIN; tries++) {
    uint8_t cdb[CDB_SIZE];
    uint8_t sense[SENSE_SIZE];
    struct sg_io_hdr header;
    memset(cdb, 0, sizeof cdb);
    memset(sense, 0, sizeof sense);
    memset(&header, 0, sizeof header);
    header.interface_id = 'S';
    header.dxfer_direction = SG_DXFER_NONE;
    header.cmd_len = sizeof cdb;
    header.cmdp = cdb;
    header.mx_sb_len = sizeof sense;
    header.sbp = sense;
    header.timeout = timeout_ms;
    const int error = access->send(access->self, file, &header) < 0 ? errno : 0;
    const struct pwm_tur_reply reply = {
        .error = error,
        .ok = (header.info & SG_INFO_OK_MASK) == SG_INFO_OK,
        .status = header.status,
        .host_status = header.host_status,
        .sense = sense,
        .sense_length = header.sb_len_wr < sizeof sense ? header.sb_len_wr : sizeof sense,
    };
    verdict = pwm_tur_verdict(&reply, tries == PWM_TUR_TRIES);
  }
  return verdict;
}

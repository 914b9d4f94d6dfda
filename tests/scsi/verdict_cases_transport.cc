// Expectations for errno, host status, SCSI status and CHECK CONDITION without codes.
#include <cerrno>

#include "tests/scsi/verdict_cases.h"

namespace pathwatch::scsi {
namespace {

using namespace expect;

void AddStatuses(Cases& cases) {
  cases.Status(0x00, kUp, RIfDiffers);
  cases.Status(0x04, kUp, C);
  cases.Status(0x08, kLaterNeverDown, C);
  cases.Status(0x10, kUp, C);
  cases.Status(0x14, kUp, C);
  cases.Status(0x18, kUp, C);
  cases.Status(0x22, kNow, C);
  cases.Status(0x28, kLaterNeverDown, C);
  cases.Status(0x30, kLater, C);
  cases.Status(0x40, kNow, C);
  cases.Status(0x01, kNothing, C);
  cases.Status(0x06, kNothing, C);
  cases.Status(0xFF, kNothing, C);
}

void AddSenseWithoutCodes(Cases& cases) {
  cases.Status(0x02, kNowThenNothing, C);
  Reply check;
  check.status = 0x02;
  cases.Mixed("CheckCondition_eight_zeroes", check, std::vector<std::uint8_t>(8), kNowThenNothing,
              C);
  cases.Mixed("CheckCondition_vendor_format", check, {0x7F, 0x00, 0x04, 0x0B}, kNowThenNothing, C);
  cases.Mixed("CheckCondition_without_key", check, {0x70, 0x00}, kNowThenNothing, C);
  cases.Mixed("Deferred_02_04_0A", check, {0x73, 0x02, 0x04, 0x0A, 0, 0, 0, 0}, kNow, C);
  cases.Mixed("Deferred_00_00_00", check, {0x73, 0x00, 0x00, 0x00, 0, 0, 0, 0}, kNow, C);
  cases.Mixed("Deferred_06_unknown", check, {0x71, 0x00, 0x06}, kNow, C);
}

void AddHostStatuses(Cases& cases) {
  cases.Host(0x01, kDown, T);
  cases.Host(0x02, kNow, C);
  cases.Host(0x03, kDown, T | C);
  cases.Host(0x04, kDown, T);
  cases.Host(0x05, kNow, T);
  cases.Host(0x06, kNow, C);
  cases.Host(0x07, kNow, T);
  cases.Host(0x08, kNow, R);
  cases.Host(0x09, kNothing, C);
  cases.Host(0x0A, kUp, RIfDiffers);  // by status
  cases.Host(0x0A, kLaterNeverDown, C, 0x08);
  cases.Host(0x0B, kNow, C);
  cases.Host(0x0C, kNow, T);
  cases.Host(0x0D, kNow, T);
  cases.Host(0x0E, kLater, T);
  cases.Host(0x0F, kDown, T);
  cases.Host(0x10, kNothing, C);
  cases.Host(0x11, kUp, C);
  cases.Host(0x12, kNothing, C);
  cases.Host(0x13, kNothing, C);
  cases.Host(0x14, kLater, T | Marginal);
  cases.Host(0x15, kNothing, C);
  cases.Host(0xFFFF, kNothing, C);
}

void AddErrnos(Cases& cases) {
  cases.Errno("ENODEV", ENODEV, kDown, T);
  cases.Errno("ENXIO", ENXIO, kDown, T);
  cases.Errno("ENOTTY", ENOTTY, kNothing, C);
  cases.Errno("EINVAL", EINVAL, kNothing, C);
  cases.Errno("EMSGSIZE", EMSGSIZE, kNothing, C);
  cases.Errno("ENOSYS", ENOSYS, kNothing, C);
  cases.Errno("EOPNOTSUPP", EOPNOTSUPP, kNothing, C);
  cases.Errno("EPROTO", EPROTO, kNothing, C);
  cases.Errno("EPERM", EPERM, kNothing, C);
  cases.Errno("EACCES", EACCES, kNothing, C);
  cases.Errno("EDOM", EDOM, kLaterNeverDown, C);
  cases.Errno("EAGAIN", EAGAIN, kLaterNeverDown, C);
  cases.Errno("ENOMEM", ENOMEM, kLaterNeverDown, C);
  cases.Errno("EBUSY", EBUSY, kLaterNeverDown, C);
  cases.Errno("EINTR", EINTR, kNow, 0);
  cases.Errno("ECANCELED", ECANCELED, kNow, 0);
  cases.Errno("EIO_which_no_row_names", EIO, kNothing, C);
  cases.Errno("4000_which_nobody_knows", 4000, kNothing, C);
}

void AddPrecedence(Cases& cases) {
  // RESERVATION CONFLICT counts even with a host status, the host status before other statuses,
  // and an errno before everything.
  cases.Host(0x07, kUp, C, 0x18);
  cases.Host(0x03, kUp, C, 0x18);
  cases.Host(0x07, kNow, T, 0x08);
  Reply reply;
  reply.status = 0x02;
  reply.host_status = 0x01;
  cases.Mixed("Host_01_before_sense", reply, {0x72, 0x02, 0x04, 0x0B, 0, 0, 0, 0}, kDown, T);
  reply.host_status = 0x0A;
  cases.Mixed("Host_0A_sense_counts", reply, {0x72, 0x02, 0x04, 0x0B, 0, 0, 0, 0}, kGhost,
              RIfDiffers);
  reply.status = 0x18;
  reply.error = ENODEV;
  cases.Mixed("Errno_before_reservation_conflict", reply, {}, kDown, T);
  Reply good;
  cases.Mixed("Good_with_stale_sense_bytes", good, {0x72, 0x02, 0x04, 0x0B, 0, 0, 0, 0}, kUp,
              RIfDiffers);
}

}  // namespace

std::vector<VerdictCase> TransportCases() {
  Cases cases;
  AddStatuses(cases);
  AddSenseWithoutCodes(cases);
  AddHostStatuses(cases);
  AddErrnos(cases);
  AddPrecedence(cases);
  return cases.cases;
}

}  // namespace pathwatch::scsi

#include "lib/scsi/cdb.h"

#include <cassert>

namespace pathwatch::scsi {
namespace {

constexpr std::uint8_t kInquiry = 0x12;
constexpr std::uint8_t kReportLuns = 0xA0;
constexpr std::uint8_t kMaintenanceIn = 0xA3;
constexpr std::uint8_t kServiceReportTargetPortGroups = 0x0A;  // bits 4-0 of byte 1
constexpr std::uint8_t kFormatExtendedHeader = 1 << 5;         // bits 7-5 of byte 1

Cdb InquiryCdb(std::uint8_t evpd, std::uint8_t page, std::uint16_t allocation_length) {
  return {.bytes = {kInquiry,                                           // OPERATION CODE
                    evpd,                                               // bit 0: EVPD
                    page,                                               // PAGE CODE
                    static_cast<std::uint8_t>(allocation_length >> 8),  // ALLOCATION LENGTH
                    static_cast<std::uint8_t>(allocation_length)},      // CONTROL stays 0
          .length = 6};
}

// The ALLOCATION LENGTH of 12-byte commands.
void SetLength(Cdb& cdb, std::uint32_t allocation_length) {
  for (int i = 0; i < 4; ++i) {
    cdb.bytes[6 + i] = static_cast<std::uint8_t>(allocation_length >> (24 - 8 * i));
  }
}

}  // namespace

Cdb TestUnitReady() {
  // OPERATION CODE 00h, four reserved bytes, CONTROL 0.
  return {.bytes = {}, .length = 6};
}

Cdb StandardInquiry(std::uint16_t allocation_length) { return InquiryCdb(0, 0, allocation_length); }

Cdb InquiryVpd(std::uint8_t page, std::uint16_t allocation_length) {
  return InquiryCdb(1, page, allocation_length);
}

Cdb ReportTargetPortGroups(std::uint32_t allocation_length, RtpgHeader header) {
  assert(allocation_length >= 8);
  const std::uint8_t format = header == RtpgHeader::kExtended ? kFormatExtendedHeader : 0;
  Cdb cdb{.bytes = {kMaintenanceIn,  // OPERATION CODE
                    static_cast<std::uint8_t>(
                        format | kServiceReportTargetPortGroups)},  // FORMAT, SERVICE ACTION
          .length = 12};
  // Bytes 2-5 are reserved, 6-9 are the ALLOCATION LENGTH, 10 is reserved, 11 is CONTROL.
  SetLength(cdb, allocation_length);
  return cdb;
}

Cdb ReportLuns(std::uint32_t allocation_length) {
  assert(allocation_length >= 16);
  // SELECT REPORT (byte 2) 00h: the logical units, without well-known ones.
  Cdb cdb{.bytes = {kReportLuns}, .length = 12};
  SetLength(cdb, allocation_length);
  return cdb;
}

}  // namespace pathwatch::scsi

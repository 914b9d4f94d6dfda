// The command descriptor blocks that pathwatch sends; there are no others. All of them only read.
// Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_CDB_H_
#define PATHWATCH_LIB_SCSI_CDB_H_

#include <array>
#include <cstdint>

namespace pathwatch::scsi {

// A value of its own: passthroughs may copy it or point into it.
struct Cdb {
  std::array<std::uint8_t, 16> bytes{};  // zero beyond `length`
  std::uint8_t length = 0;

  friend bool operator==(const Cdb&, const Cdb&) = default;
};

// Which header REPORT TARGET PORT GROUPS is asked for (PARAMETER DATA FORMAT, SPC-4 6.37). Some
// targets ignore the wish: the reply itself says which header it has.
enum class RtpgHeader : std::uint8_t {
  kLengthOnly,  // 4 bytes
  kExtended,    // 8 bytes, with the implicit transition time
};

// No data phase.
Cdb TestUnitReady();

// Standard INQUIRY data. 36 bytes hold everything that ParseInquiry() reads.
Cdb StandardInquiry(std::uint16_t allocation_length);

// One vital product data page.
Cdb InquiryVpd(std::uint8_t page, std::uint16_t allocation_length);

// REQUIRES: allocation_length >= 8; some targets refuse less.
Cdb ReportTargetPortGroups(std::uint32_t allocation_length, RtpgHeader header);

// REQUIRES: allocation_length >= 16 (SPC-4 6.33).
Cdb ReportLuns(std::uint32_t allocation_length);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_CDB_H_

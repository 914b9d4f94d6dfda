// The reply to REPORT LUNS (SPC-4 6.33): which logical units a target has for this initiator.
// Pure; any thread.
#ifndef PATHWATCH_LIB_SCSI_REPORT_LUNS_H_
#define PATHWATCH_LIB_SCSI_REPORT_LUNS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

namespace pathwatch::scsi {

// A target with more logical units than this (the kernel's own limit is 511 to 65535) is not
// believed.
inline constexpr std::size_t kReportedLunsMax = 65'536;

struct ReportedLuns {
  // As the kernel numbers them (scsilun_to_int, drivers/scsi/scsi_common.c), sorted, each once.
  std::vector<std::uint64_t> luns;
  // 0, or the allocation length that the whole list needs: `luns` is then incomplete, and that a
  // LUN is missing means nothing.
  std::uint32_t reissue_length = 0;

  bool Has(std::uint64_t lun) const;
};

// `received` are the bytes that were really transferred. On failure the status says what is wrong
// with the list.
absl::StatusOr<ReportedLuns> ParseReportLuns(std::span<const std::uint8_t> received,
                                             std::size_t allocation_length);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_REPORT_LUNS_H_

#include "lib/scsi/report_luns.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/scsi/bytes.h"

namespace pathwatch::scsi {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kHeaderSize = 8;
constexpr std::size_t kLunSize = 8;

// The four 16-bit words of a LUN, the first one lowest.
std::uint64_t KernelLun(Bytes lun) {
  std::uint64_t number = 0;
  for (std::size_t word = 0; word < 4; ++word) {
    number |= std::uint64_t{ReadBe16(lun, 2 * word)} << (16 * word);
  }
  return number;
}

}  // namespace

bool ReportedLuns::Has(std::uint64_t lun) const {
  return std::binary_search(luns.begin(), luns.end(), lun);
}

absl::StatusOr<ReportedLuns> ParseReportLuns(Bytes received, std::size_t allocation_length) {
  if (received.size() < kHeaderSize) {
    return absl::DataLossError(absl::StrCat("the list of logical units is short: ", received.size(),
                                            " of the 8 bytes of its header arrived"));
  }
  const std::size_t declared = ReadBe32(received, 0);
  if (declared > kReportedLunsMax * kLunSize) {
    return absl::DataLossError(absl::StrCat("the list of logical units claims ", declared,
                                            " bytes: at most ", kReportedLunsMax * kLunSize,
                                            " are believed"));
  }
  const std::size_t present = std::min(declared, received.size() - kHeaderSize);
  ReportedLuns result;
  for (std::size_t at = 0; at + kLunSize <= present; at += kLunSize) {
    result.luns.push_back(KernelLun(received.subspan(kHeaderSize + at, kLunSize)));
  }
  if (declared + kHeaderSize > allocation_length) {
    result.reissue_length = static_cast<std::uint32_t>(declared + kHeaderSize);
  } else if (present < declared) {
    return absl::DataLossError(absl::StrCat("the list of logical units claims ", declared,
                                            " bytes, but only ", present, " arrived"));
  }
  std::sort(result.luns.begin(), result.luns.end());
  result.luns.erase(std::unique(result.luns.begin(), result.luns.end()), result.luns.end());
  return result;
}

}  // namespace pathwatch::scsi

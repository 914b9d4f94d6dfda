// What must hold for every input of the SCSI parsers. The fuzz targets, their replay and the
// mutation tests call the same functions.
#ifndef PATHWATCH_TESTS_FUZZ_SCSI_ENTRIES_H_
#define PATHWATCH_TESTS_FUZZ_SCSI_ENTRIES_H_

#include <cstdint>
#include <span>
#include <string>

namespace pathwatch::scsi {

// Each returns "" if all promises were kept, else the one that was broken. The input is copied to
// memory of exactly its size, so that a sanitizer sees every byte too many.
std::string CheckSense(std::span<const std::uint8_t> input);
std::string CheckInquiry(std::span<const std::uint8_t> input);
std::string CheckVpd83(std::span<const std::uint8_t> input);
std::string CheckReportLuns(std::span<const std::uint8_t> input);
std::string CheckRtpg(std::span<const std::uint8_t> input);
// Input: errno, host status and SCSI status, one byte each, then sense.
std::string CheckReply(std::span<const std::uint8_t> input);

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_TESTS_FUZZ_SCSI_ENTRIES_H_

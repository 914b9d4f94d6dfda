// The numbers that a command can end with, under the names of their sources.
#ifndef PATHWATCH_LIB_SCSI_STATUS_H_
#define PATHWATCH_LIB_SCSI_STATUS_H_

#include <cstdint>

namespace pathwatch::scsi {

// SAM-5 table "Status codes"; 10h, 14h and 22h are obsolete there (SAM-3, SAM-2).
inline constexpr std::uint8_t kStatusGood = 0x00;
inline constexpr std::uint8_t kStatusCheckCondition = 0x02;
inline constexpr std::uint8_t kStatusConditionMet = 0x04;
inline constexpr std::uint8_t kStatusBusy = 0x08;
inline constexpr std::uint8_t kStatusIntermediate = 0x10;
inline constexpr std::uint8_t kStatusIntermediateConditionMet = 0x14;
inline constexpr std::uint8_t kStatusReservationConflict = 0x18;
inline constexpr std::uint8_t kStatusCommandTerminated = 0x22;
inline constexpr std::uint8_t kStatusTaskSetFull = 0x28;
inline constexpr std::uint8_t kStatusAcaActive = 0x30;
inline constexpr std::uint8_t kStatusTaskAborted = 0x40;

// Linux include/scsi/scsi_status.h, enum scsi_host_status.
inline constexpr std::uint16_t kDidOk = 0x00;
inline constexpr std::uint16_t kDidNoConnect = 0x01;
inline constexpr std::uint16_t kDidBusBusy = 0x02;
inline constexpr std::uint16_t kDidTimeOut = 0x03;
inline constexpr std::uint16_t kDidBadTarget = 0x04;
inline constexpr std::uint16_t kDidAbort = 0x05;
inline constexpr std::uint16_t kDidParity = 0x06;
inline constexpr std::uint16_t kDidError = 0x07;
inline constexpr std::uint16_t kDidReset = 0x08;
inline constexpr std::uint16_t kDidBadIntr = 0x09;
inline constexpr std::uint16_t kDidPassthrough = 0x0A;
inline constexpr std::uint16_t kDidSoftError = 0x0B;
inline constexpr std::uint16_t kDidImmRetry = 0x0C;
inline constexpr std::uint16_t kDidRequeue = 0x0D;
inline constexpr std::uint16_t kDidTransportDisrupted = 0x0E;
inline constexpr std::uint16_t kDidTransportFailfast = 0x0F;
inline constexpr std::uint16_t kDidTransportMarginal = 0x14;
// Older kernels only: 10h-13h have left the header.
inline constexpr std::uint16_t kDidTargetFailure = 0x10;
inline constexpr std::uint16_t kDidNexusFailure = 0x11;
inline constexpr std::uint16_t kDidAllocFailure = 0x12;
inline constexpr std::uint16_t kDidMediumError = 0x13;

}  // namespace pathwatch::scsi

#endif  // PATHWATCH_LIB_SCSI_STATUS_H_

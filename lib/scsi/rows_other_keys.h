// Rows of the verdict table: all sense keys but NOT READY and UNIT ATTENTION.
// For verdict_table.cc only. Sources: SPC-4 4.5.6 (keys) and annex D (codes).
#ifndef PATHWATCH_LIB_SCSI_ROWS_OTHER_KEYS_H_
#define PATHWATCH_LIB_SCSI_ROWS_OTHER_KEYS_H_

#include <array>

#include "lib/scsi/rows_common.h"
#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi::rows {

inline constexpr auto kOtherKeyRows = std::to_array<Row>({
    {kSense, 0x0, kAny, kAny, kUp, kCount, "the logical unit answered without a complaint", ""},
    {kSense, 0x1, kAny, kAny, kUp, kCount, "the logical unit is ready and reports a warning",
     "Look at the array's event log."},
    {kSense, 0x3, kAny, kAny, kDownLun, kCount, "the medium of the logical unit is defective",
     "Look at the array's event log."},
    {kSense, 0x4, kAny, kAny, kDownLun, kRtpg | kCount,
     "the hardware of the logical unit is defective", "Look at the array's event log."},
    {kSense, 0x4, 0x44, 0x00, kRetryNow, kRtpg, "the target has failed inside",
     "Look at the array's event log."},

    {kSense, 0x5, kAny, kAny, kNoOpinion, kCount, "the target refused the command", ""},
    {kSense, 0x5, 0x20, 0x00, kNoOpinion, kIdentity, "the device does not know TEST UNIT READY",
     ""},
    {kSense, 0x5, 0x20, Range(0x01, 0x03), kDown, kLuns, "the array denies this initiator access",
     "Check the host's entry in the array's access list."},
    {kSense, 0x5, 0x20, Range(0x08, 0x0B), kDown, kLuns, "the array denies this initiator access",
     "Check the host's entry in the array's access list."},
    {kSense, 0x5, 0x24, 0x00, kNoOpinion, kCount, "the target found fault with the command",
     "Report this as an error of pathwatch."},
    {kSense, 0x5, 0x25, 0x00, kUnmapped, kLuns | kIdentity, "no logical unit is mapped to this LUN",
     "Map the logical unit again, or delete the device on this host."},
    // Sent by CLARiiON for a snapshot that is not active.
    {kSense, 0x5, 0x25, 0x01, kDownLun, kCount, "the snapshot behind this LUN is not active",
     "Activate the snapshot, or unmap it."},
    {kSense, 0x5, 0x68, 0x00, kDown, kLuns | kIdentity, "the logical unit is not configured",
     "Configure the logical unit on the array, or unmap it."},
    // Sent by RDAC arrays.
    {kSense, 0x5, 0x94, 0x01, kGhost, kRtpg, "the other controller owns the logical unit", ""},

    {kSense, 0x7, kAny, kAny, kUp, kCount, "the logical unit is ready but protects its data", ""},
    {kSense, 0x7, 0x27, kAny, kUp, kCount, "the logical unit is ready and write protected", ""},

    {kSense, 0xB, kAny, kAny, kRetryNow, kCount, "the target aborted the command", ""},
    {kSense, 0xB, 0x29, 0x03, kRetryNow, kCount, "a reset of the device ended the command", ""},
    {kSense, 0xB, 0x2F, kAny, kRetryNow, kCount, "another initiator cleared the command", ""},
    {kSense, 0xB, 0x47, kAny, kRetryNow, kCount, "the link damaged the command or its data",
     "If this repeats, replace the cable or the transceiver."},
    {kSense, 0xB, 0x4B, kAny, kRetryNow, kCount, "the link disturbed the data transfer",
     "If this repeats, replace the cable or the transceiver."},
    {kSense, 0xB, 0x2E, Range(0x01, 0x03), kRetryLater, kCount,
     "the target ran into a limit for the command's duration", ""},

    {kSense, 0x8, kAny, kAny, kNoOpinion, kCount, "the device reports blank medium", ""},
    {kSense, 0x9, kAny, kAny, kNoOpinion, kCount, "the vendor alone knows what this means", ""},
    {kSense, 0xA, kAny, kAny, kNoOpinion, kCount, "the device reports a copy that was aborted", ""},
    {kSense, 0xC, kAny, kAny, kNoOpinion, kCount, "this sense key is obsolete", ""},
    {kSense, 0xD, kAny, kAny, kNoOpinion, kCount, "the device reports an overflow of a volume", ""},
    {kSense, 0xE, kAny, kAny, kNoOpinion, kCount, "the device reports a failed comparison", ""},
    {kSense, 0xF, kAny, kAny, kNoOpinion, kCount, "the device reports mere completion", ""},
});

}  // namespace pathwatch::scsi::rows

#endif  // PATHWATCH_LIB_SCSI_ROWS_OTHER_KEYS_H_

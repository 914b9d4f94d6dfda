// Rows of the verdict table: sense key 6h, UNIT ATTENTION. For verdict_table.cc only.
// Sources: SPC-4 annex D and 5.16.2.
//
// A unit attention reports the past; the next command tells the state. A target may report one
// and forget the others, so each of them asks for the groups and for the identity.
#ifndef PATHWATCH_LIB_SCSI_ROWS_UNIT_ATTENTION_H_
#define PATHWATCH_LIB_SCSI_ROWS_UNIT_ATTENTION_H_

#include <array>

#include "lib/scsi/rows_common.h"
#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi::rows {

inline constexpr std::uint8_t kReRead = kRtpg | kIdentity;

inline constexpr auto kUnitAttentionRows = std::to_array<Row>({
    {kSense, 0x6, kAny, kAny, kRetryAtOnce, kReRead | kCount, "the device reports a change", ""},

    // Some arrays report the transition itself in this way.
    {kSense, 0x6, 0x04, 0x0A, kTransitioning, kReRead,
     "the target port group changes its access state", ""},
    {kSense, 0x6, 0x0B, kAny, kRetryAtOnce, kReRead | kCount, "the device reports a warning",
     "Look at the array's event log."},
    {kSense, 0x6, 0x28, 0x00, kRetryAtOnce, kReRead, "the medium may have been changed", ""},
    {kSense, 0x6, 0x28, Range(0x01, 0x03), kRetryAtOnce, kReRead,
     "an element was moved or the format was changed", ""},

    {kSense, 0x6, 0x29, 0x00, kRetryAtOnce, kReRead, "the device was switched on or reset", ""},
    {kSense, 0x6, 0x29, Range(0x01, 0x03), kRetryAtOnce, kReRead,
     "the device was switched on or reset", ""},
    {kSense, 0x6, 0x29, 0x04, kRetryAtOnce, kReRead, "the device has reset itself", ""},
    {kSense, 0x6, 0x29, Range(0x05, 0x06), kRetryAtOnce, kReRead,
     "the transceiver has changed its mode", ""},
    {kSense, 0x6, 0x29, 0x07, kRetryAtOnce, kReRead | kTransport,
     "the target had lost the connection to this initiator", ""},

    {kSense, 0x6, 0x2A, 0x00, kRetryAtOnce, kReRead | kCount, "parameters were changed", ""},
    {kSense, 0x6, 0x2A, 0x01, kRetryAtOnce, kReRead | kCount, "mode parameters were changed", ""},
    {kSense, 0x6, 0x2A, 0x02, kRetryAtOnce, kReRead | kCount, "log parameters were changed", ""},
    {kSense, 0x6, 0x2A, Range(0x03, 0x05), kRetryAtOnce, kReRead | kCount,
     "reservations or registrations were taken away or released", ""},
    {kSense, 0x6, 0x2A, 0x06, kRetryAtOnce, kReRead,
     "the array has changed the access state of a target port group", ""},
    {kSense, 0x6, 0x2A, 0x07, kRetryAtOnce, kReRead | kCount,
     "the array tried to change the access state of a target port group and failed",
     "Look at the array's event log."},
    {kSense, 0x6, 0x2A, 0x08, kRetryAtOnce, kReRead | kCount,
     "the priority of this initiator was changed", ""},
    {kSense, 0x6, 0x2A, 0x09, kRetryAtOnce, kReRead | kCount,
     "the capacity of the logical unit was changed",
     "Rescan the devices of the logical unit, then resize its multipath map."},
    {kSense, 0x6, 0x2A, Range(0x0A, 0x16), kRetryAtOnce, kReRead | kCount,
     "parameters were changed", ""},

    {kSense, 0x6, 0x2F, Range(0x00, 0x03), kRetryAtOnce, kReRead | kCount,
     "another initiator or the device cleared commands", ""},
    {kSense, 0x6, 0x38, 0x07, kRetryAtOnce, kReRead | kCount,
     "the thin provisioned pool is nearly full", "Free or add space on the array."},

    {kSense, 0x6, 0x3F, 0x00, kRetryAtOnce, kReRead | kCount, "the operating conditions changed",
     ""},
    {kSense, 0x6, 0x3F, 0x01, kRetryAtOnce, kReRead, "the microcode was changed", ""},
    {kSense, 0x6, 0x3F, 0x02, kRetryAtOnce, kReRead | kCount, "the operating definition changed",
     ""},
    {kSense, 0x6, 0x3F, 0x03, kRetryAtOnce, kReRead, "the INQUIRY data changed", ""},
    {kSense, 0x6, 0x3F, 0x04, kRetryAtOnce, kReRead | kCount, "a component was attached", ""},
    {kSense, 0x6, 0x3F, 0x05, kRetryAtOnce, kReRead | kHold, "the device identifier changed",
     "Check that this LUN is still mapped to the same logical unit."},
    {kSense, 0x6, 0x3F, Range(0x06, 0x0B), kRetryAtOnce, kReRead | kCount,
     "redundancy groups, spares or volume sets were changed", ""},
    {kSense, 0x6, 0x3F, Range(0x0C, 0x0D), kRetryAtOnce, kReRead | kLuns,
     "volume sets were deassigned or reassigned", ""},
    {kSense, 0x6, 0x3F, 0x0E, kRetryAtOnce, kReRead | kLuns, "the list of logical units changed",
     "Rescan the host to see added logical units."},
    {kSense, 0x6, 0x3F, Range(0x0F, 0x15), kRetryAtOnce, kReRead | kCount,
     "the operating conditions changed", ""},
    {kSense, 0x6, 0x3F, 0x16, kRetryAtOnce, kReRead, "the microcode was changed", ""},
    {kSense, 0x6, 0x3F, Range(0x17, 0x18), kRetryAtOnce, kReRead | kCount,
     "the operating conditions changed", ""},
    {kSense, 0x6, 0x3F, Range(0x19, 0x1A), kRetryAtOnce, kReRead | kLuns,
     "the list of logical units changed", ""},

    {kSense, 0x6, 0x5D, kAny, kRetryAtOnce, kReRead | kCount, "the device predicts its failure",
     "Look at the array's event log."},
    // Sent by RDAC arrays.
    {kSense, 0x6, 0x8B, 0x02, kRetryLater, kReRead, "the controller is being quiesced", ""},
});

}  // namespace pathwatch::scsi::rows

#endif  // PATHWATCH_LIB_SCSI_ROWS_UNIT_ATTENTION_H_

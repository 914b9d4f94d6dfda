// Rows of the verdict table: sense key 2h, NOT READY. For verdict_table.cc only.
// Sources: SPC-4 annex D; the standby, unavailable, transitioning and offline codes are those of
// SPC-4 5.16.2 (asymmetric logical unit access).
//
// Rows that transition do not ask for what is due at their end: the end of every transition
// re-reads groups and identity anyhow.
#ifndef PATHWATCH_LIB_SCSI_ROWS_NOT_READY_H_
#define PATHWATCH_LIB_SCSI_ROWS_NOT_READY_H_

#include <array>

#include "lib/scsi/rows_common.h"
#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi::rows {

inline constexpr auto kNotReadyRows = std::to_array<Row>({
    {kSense, 0x2, kAny, kAny, kDown, kCount, "the logical unit is not ready",
     "Look at the array's event log."},

    {kSense, 0x2, 0x04, 0x00, kDownLun, kCount,
     "the logical unit is not ready and does not say why", "Look at the array's event log."},
    {kSense, 0x2, 0x04, 0x01, kTransitioningLun, kNone, "the logical unit is becoming ready", ""},
    {kSense, 0x2, 0x04, 0x02, kDownLun, kNone, "the logical unit has to be started",
     "Start it: sg_start --start DEVICE."},
    {kSense, 0x2, 0x04, 0x03, kDownLun, kNone, "the logical unit needs manual intervention",
     "Look at the array's event log."},
    {kSense, 0x2, 0x04, 0x04, kDownLun, kNone, "the logical unit is being formatted", ""},
    {kSense, 0x2, 0x04, 0x05, kRetryLaterLun, kNone, "the logical unit is being rebuilt", ""},
    {kSense, 0x2, 0x04, 0x06, kRetryLaterLun, kNone, "the logical unit is being recalculated", ""},
    {kSense, 0x2, 0x04, 0x07, kRetryLaterLun, kNone,
     "an operation is in progress on the logical unit", ""},
    {kSense, 0x2, 0x04, 0x08, kRetryLaterLun, kNone,
     "a long write is in progress on the logical unit", ""},
    {kSense, 0x2, 0x04, 0x09, kRetryLaterLun, kNone,
     "a self-test is in progress on the logical unit", ""},
    {kSense, 0x2, 0x04, 0x0A, kTransitioning, kRtpg,
     "the target port group changes its access state", ""},
    {kSense, 0x2, 0x04, 0x0B, kGhost, kRtpgIfDiffers, "target port is in standby state", ""},
    {kSense, 0x2, 0x04, 0x0C, kUnavailable, kRtpgIfDiffers, "target port is in unavailable state",
     "Look at the state of this controller on the array."},
    {kSense, 0x2, 0x04, 0x0D, kDownLun, kNone, "the structure of the logical unit is checked", ""},
    {kSense, 0x2, 0x04, 0x0E, kRetryLater, kNone, "a security session is in progress", ""},
    {kSense, 0x2, 0x04, 0x10, kDown, kNone, "the auxiliary memory is not accessible", ""},
    {kSense, 0x2, 0x04, 0x11, kRetryLaterLun, kNone, "the drive waits for its turn to spin up", ""},
    {kSense, 0x2, 0x04, 0x12, kUnavailable, kRtpg, "target port is offline",
     "Bring this controller or this target port online on the array."},
    {kSense, 0x2, 0x04, 0x13, kRetryLater, kNone, "a security association is being made", ""},
    {kSense, 0x2, 0x04, 0x14, kRetryLaterLun, kNone, "the array is allocating space", ""},
    {kSense, 0x2, 0x04, 0x15, kDown, kNone, "the robotics are disabled", ""},
    {kSense, 0x2, 0x04, 0x16, kDownLun, kNone, "the logical unit has to be configured",
     "Configure the logical unit on the array."},
    {kSense, 0x2, 0x04, 0x17, kDownLun, kNone, "the drive has to be calibrated", ""},
    {kSense, 0x2, 0x04, 0x18, kDown, kNone, "a door is open", "Close it."},
    {kSense, 0x2, 0x04, 0x19, kDown, kNone, "the drive works in sequential mode", ""},
    {kSense, 0x2, 0x04, 0x1A, kTransitioningLun, kNone,
     "the logical unit is being started or stopped", ""},
    {kSense, 0x2, 0x04, 0x1B, kDownLun, kNone, "the logical unit is being sanitized", ""},
    {kSense, 0x2, 0x04, 0x1C, kRetryLater, kNone, "the drive waits for permission to use power",
     ""},
    {kSense, 0x2, 0x04, 0x1D, kTransitioningLun, kNone, "the logical unit is being configured", ""},
    {kSense, 0x2, 0x04, 0x1E, kDownLun, kNone, "new microcode has to be activated", "Activate it."},
    {kSense, 0x2, 0x04, 0x1F, kDownLun, kNone, "microcode is being downloaded", ""},
    {kSense, 0x2, 0x04, 0x20, kDownLun, kNone, "the logical unit has to be reset",
     "Reset it: sg_reset --device DEVICE."},
    {kSense, 0x2, 0x04, 0x21, kDownLun, kNone, "the logical unit needs a hard reset",
     "Reset the target."},
    {kSense, 0x2, 0x04, 0x22, kDownLun, kNone, "the logical unit needs a power cycle",
     "Switch the device off and on."},
    {kSense, 0x2, 0x04, 0x23, kDown, kNone, "the drive wants an affiliation with one initiator",
     ""},
    {kSense, 0x2, 0x04, Range(0x24, 0x25), kDownLun, kNone,
     "storage elements are being removed or restored, which takes hours", ""},
    // The next two are sent by RDAC arrays.
    {kSense, 0x2, 0x04, 0x81, kDown, kNone, "the firmware of the two controllers differs",
     "Install the same firmware on both controllers."},
    {kSense, 0x2, 0x04, 0xA1, kRetryLater, kNone, "the controller is being quiesced", ""},

    {kSense, 0x2, 0x05, 0x00, kRetryNow, kCount, "the logical unit does not respond to its target",
     "Look at the array's event log."},
    {kSense, 0x2, 0x08, Range(0x00, 0x04), kRetryNow, kCount,
     "the target cannot communicate with the logical unit", "Look at the array's event log."},
    {kSense, 0x2, 0x3A, Range(0x00, 0x04), kDownLun, kNone, "the logical unit has no medium", ""},
    {kSense, 0x2, 0x3E, 0x00, kTransitioningLun, kNone,
     "the logical unit has not configured itself yet", ""},
    {kSense, 0x2, 0x3E, Range(0x01, 0x03), kDownLun, kRtpg, "the logical unit has failed",
     "Look at the array's event log."},
    // Sent by RDAC arrays.
    {kSense, 0x2, 0xA1, 0x02, kRetryLater, kNone, "the controller is being quiesced", ""},
});

}  // namespace pathwatch::scsi::rows

#endif  // PATHWATCH_LIB_SCSI_ROWS_NOT_READY_H_

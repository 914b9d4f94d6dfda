// Rows of the verdict table: errno, host status, SCSI status and CHECK CONDITION without codes.
// For verdict_table.cc only.
//
// Sources: SAM-5 (SCSI status), Linux include/scsi/scsi_status.h (host status) and the errors of
// the sg, bsg and block passthrough paths of Linux 5.14 to 6.12.
#ifndef PATHWATCH_LIB_SCSI_ROWS_TRANSPORT_H_
#define PATHWATCH_LIB_SCSI_ROWS_TRANSPORT_H_

#include <array>
#include <cerrno>

#include "lib/scsi/rows_common.h"
#include "lib/scsi/status.h"
#include "lib/scsi/verdict_table.h"

namespace pathwatch::scsi::rows {

// The first row is that of GOOD: FindRow() takes it without a search.
inline constexpr auto kTransportRows = std::to_array<Row>({
    // The cached access state decides what GOOD means, so a contradiction asks for RTPG.
    {kStatus, kStatusGood, kAny, kAny, kUp, kRtpgIfDiffers, "the logical unit is ready", ""},
    {kStatus, kStatusConditionMet, kAny, kAny, kUp, kCount,
     "the logical unit answered, with a status that does not belong to this command", ""},
    {kStatus, kStatusBusy, kAny, kAny, kRetryLaterNeverDown, kCount,
     "the logical unit is too busy to take the command",
     "If this lasts, lower the load or the queue depth of the hosts that share the target port."},
    {kStatus, kStatusIntermediate, kAny, kAny, kUp, kCount,
     "the logical unit answered, with an obsolete status", ""},
    {kStatus, kStatusIntermediateConditionMet, kAny, kAny, kUp, kCount,
     "the logical unit answered, with an obsolete status", ""},
    {kStatus, kStatusReservationConflict, kAny, kAny, kUp, kCount,
     "the path works, another initiator holds a reservation", ""},
    {kStatus, kStatusCommandTerminated, kAny, kAny, kRetryNow, kCount,
     "the target gave the command up, with an obsolete status", ""},
    {kStatus, kStatusTaskSetFull, kAny, kAny, kRetryLaterNeverDown, kCount,
     "the command queue of the logical unit is full",
     "If this lasts, lower the queue depth of the hosts that share the target port."},
    {kStatus, kStatusAcaActive, kAny, kAny, kRetryLater, kCount,
     "the logical unit is blocked by an auto contingent allegiance",
     "If this lasts, find the initiator that uses ACA and does not clear it."},
    {kStatus, kStatusTaskAborted, kAny, kAny, kRetryNow, kCount,
     "another initiator aborted the command", ""},
    {kStatus, kAny, kAny, kAny, kNoOpinion, kCount, "no standard defines this status",
     "Update the firmware of the array or the driver of the host adapter."},

    {kNoUsableSense, kAny, kAny, kAny, kRetryNowThenNoOpinion, kCount,
     "the target reports a condition, but not which one",
     "Update the firmware of the array or the driver of the host adapter."},
    // The command itself was not executed.
    {kDeferredSense, kAny, kAny, kAny, kRetryNow, kCount, "an earlier command has failed", ""},

    {kHostStatus, kDidNoConnect, kAny, kAny, kDown, kTransport,
     "the host adapter cannot reach the target port",
     "Look at the state of the remote port or the session, the cable and the zoning."},
    {kHostStatus, kDidBusBusy, kAny, kAny, kRetryNow, kCount,
     "the host adapter or the link was busy", ""},
    {kHostStatus, kDidTimeOut, kAny, kAny, kDown, kTransport | kCount,
     "the command got no answer within the kernel's time limit",
     "Look for link errors and for an overloaded or hanging array controller."},
    {kHostStatus, kDidBadTarget, kAny, kAny, kDown, kTransport,
     "the target does not answer to its address",
     "Look at the state of the remote port or the session, and at the zoning."},
    {kHostStatus, kDidAbort, kAny, kAny, kRetryNow, kTransport, "the host aborted the command", ""},
    {kHostStatus, kDidParity, kAny, kAny, kRetryNow, kCount, "the data was damaged on the link",
     "If this repeats, replace the cable or the transceiver."},
    {kHostStatus, kDidError, kAny, kAny, kRetryNow, kTransport,
     "the host adapter reports an error of its own", "If this repeats, read the kernel's log."},
    // The reset may have changed the access states, and its unit attention can be lost.
    {kHostStatus, kDidReset, kAny, kAny, kRetryNow, kRtpg,
     "a reset of the logical unit, the link or the host ended the command", ""},
    {kHostStatus, kDidBadIntr, kAny, kAny, kNoOpinion, kCount,
     "the host adapter got an interrupt that it did not expect", ""},
    {kHostStatus, kDidSoftError, kAny, kAny, kRetryNow, kCount,
     "the driver of the host adapter asks to try again", ""},
    {kHostStatus, kDidImmRetry, kAny, kAny, kRetryNow, kTransport,
     "the driver of the host adapter asks to try again at once", ""},
    {kHostStatus, kDidRequeue, kAny, kAny, kRetryNow, kTransport,
     "the driver of the host adapter asks to queue the command again", ""},
    {kHostStatus, kDidTransportDisrupted, kAny, kAny, kRetryLater, kTransport,
     "the transport lost the target port a moment ago",
     "Look at the state of the remote port or the session."},
    {kHostStatus, kDidTransportFailfast, kAny, kAny, kDown, kTransport,
     "the transport has given the target port up",
     "Look at the state of the remote port or the session, the cable and the zoning."},
    {kHostStatus, kDidTargetFailure, kAny, kAny, kNoOpinion, kCount,
     "an older kernel reports a permanent failure of the target", ""},
    // What older kernels made of RESERVATION CONFLICT.
    {kHostStatus, kDidNexusFailure, kAny, kAny, kUp, kCount,
     "the path works, another initiator holds a reservation", ""},
    {kHostStatus, kDidAllocFailure, kAny, kAny, kNoOpinion, kCount,
     "an older kernel reports that the array has no space left", ""},
    {kHostStatus, kDidMediumError, kAny, kAny, kNoOpinion, kCount,
     "an older kernel reports a medium error", ""},
    {kHostStatus, kDidTransportMarginal, kAny, kAny, kRetryLater, kTransport | kMarginal,
     "the transport calls the remote port marginal",
     "Look for link errors on the way to this target port."},
    {kHostStatus, kAny, kAny, kAny, kNoOpinion, kCount, "this host status is not known", ""},

    {kErrno, ENODEV, kAny, kAny, kDown, kTransport, "the device is offline or deleted",
     "Look at the device's state in sysfs and at the kernel's log."},
    {kErrno, ENXIO, kAny, kAny, kDown, kTransport, "the device is offline",
     "Look at the device's state in sysfs and at the kernel's log."},
    {kErrno, ENOTTY, kAny, kAny, kNoOpinion, kCount, "this device node does not pass SCSI commands",
     "Report this as an error of pathwatch."},
    {kErrno, EINVAL, kAny, kAny, kNoOpinion, kCount, "the kernel refused the request's form",
     "Report this as an error of pathwatch."},
    {kErrno, EMSGSIZE, kAny, kAny, kNoOpinion, kCount, "the kernel refused the command's length",
     "Report this as an error of pathwatch."},
    {kErrno, ENOSYS, kAny, kAny, kNoOpinion, kCount, "the kernel lacks this kind of passthrough",
     "Report this as an error of pathwatch."},
    {kErrno, EOPNOTSUPP, kAny, kAny, kNoOpinion, kCount,
     "the kernel does not support this kind of passthrough here",
     "Report this as an error of pathwatch."},
    {kErrno, EPROTO, kAny, kAny, kNoOpinion, kCount, "the kernel's answer contradicts itself", ""},
    {kErrno, EPERM, kAny, kAny, kNoOpinion, kCount, "the kernel did not permit the command",
     "Check the rights of the service: the device nodes are opened after rights are dropped."},
    {kErrno, EACCES, kAny, kAny, kNoOpinion, kCount, "the device node may not be opened",
     "Check the owner and the mode of the device node, and the service's device policy."},
    // Limits of our own queue: never a fault of the path.
    {kErrno, EDOM, kAny, kAny, kRetryLaterNeverDown, kCount,
     "too many commands are out on this descriptor", ""},
    {kErrno, EAGAIN, kAny, kAny, kRetryLaterNeverDown, kCount,
     "the kernel could not take the command without waiting", ""},
    {kErrno, ENOMEM, kAny, kAny, kRetryLaterNeverDown, kCount,
     "the kernel had no memory for the command", "Free memory on this host."},
    {kErrno, EBUSY, kAny, kAny, kRetryLaterNeverDown, kCount,
     "another program has the device node for itself",
     "Find the program that opened the device node exclusively."},
    {kErrno, EINTR, kAny, kAny, kRetryNow, kNone, "the system call was interrupted", ""},
    {kErrno, ECANCELED, kAny, kAny, kRetryNow, kNone, "the request was cancelled", ""},
    {kErrno, kAny, kAny, kAny, kNoOpinion, kCount, "no rule covers this error",
     "Report this as an error of pathwatch."},
});

}  // namespace pathwatch::scsi::rows

#endif  // PATHWATCH_LIB_SCSI_ROWS_TRANSPORT_H_

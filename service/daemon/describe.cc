#include "service/daemon/describe.h"

#include <cstring>

#include "lib/discovery/hctl.h"
#include "lib/scsi/text.h"
#include "service/daemon/inventory.h"

namespace pathwatch::service {

std::string DescribeStanding(const health::Standing& standing) {
  std::string text(health::Name(standing.state));
  if (standing.scope != health::Scope::kPath) {
    text += " (scope " + std::string(health::Name(standing.scope)) + ")";
  }
  return text;
}

std::string DescribeReason(const health::Reason& reason) {
  switch (reason.kind) {
    case health::ReasonKind::kNone:
      return "never checked";
    case health::ReasonKind::kReply:
      return scsi::Describe(reason.code);
    case health::ReasonKind::kExhausted:
      return "after several tries, " + scsi::Describe(reason.code);
    case health::ReasonKind::kDeadline:
      return "no answer within the deadline; the command is still out";
    case health::ReasonKind::kNexusSilent:
      return "nothing on its I_T nexus answers";
    case health::ReasonKind::kNoNode:
      return reason.code.error == 0 ? "it has no device node"
                                    : std::string("its device node cannot be opened: ") +
                                          std::strerror(reason.code.error);  // NOLINT: one thread
    case health::ReasonKind::kDeleted:
      return "the device was deleted";
    case health::ReasonKind::kPortGroup:
      return "the state of its target port group decides";
    case health::ReasonKind::kIdentityChanged:
      return "another logical unit answers";
    case health::ReasonKind::kNotMapped:
      return "INQUIRY says that no logical unit is there";
    case health::ReasonKind::kLunNotReported:
      return "REPORT LUNS does not list it";
    case health::ReasonKind::kTransportBlocked:
      return "the kernel holds commands back while the transport recovers";
    case health::ReasonKind::kTransportOffline:
      return "the transport has given the port up";
    case health::ReasonKind::kDeviceOffline:
      return "the kernel has set the device offline";
    case health::ReasonKind::kTransitionTooLong:
      return "its transition outlasts the limit, " + scsi::Describe(reason.code);
    case health::ReasonKind::kIdentityUnread:
      return "its identifier has changed and could not be read yet";
    case health::ReasonKind::kIdentityAccepted:
      return "its new identity was accepted";
    case health::ReasonKind::kLeftOut:
      return "the configuration says not to watch it";
  }
  return "";
}

LogFields FieldsOf(const discovery::DiscoveredPath& path, LogCause cause) {
  return {.path = discovery::FormatHctl(path.hctl),
          .device = path.sd_name,
          .lun = LunKey(path),
          .nexus = path.nexus,
          .cause = cause};
}

}  // namespace pathwatch::service

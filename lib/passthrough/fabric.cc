#include "lib/passthrough/fabric.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/str_format.h"
#include "lib/scsi/inquiry.h"
#include "lib/scsi/status.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::passthrough {
namespace {

using health::DeviceCondition;
using health::DurationNs;
using health::State;
using health::TimeNs;
using scsi::AccessState;
using Phase = Failover::Phase;
using Link = LinkFault::Kind;

// SPC-4 6.1, operation codes.
constexpr std::uint8_t kTestUnitReady = 0x00;
constexpr std::uint8_t kInquiry = 0x12;
constexpr std::uint8_t kReportLuns = 0xA0;
constexpr std::uint8_t kMaintenanceIn = 0xA3;

constexpr std::uint8_t kTpgsBoth = 0x3;            // implicit and explicit asymmetric access
constexpr std::uint8_t kSupport = 0xCF;            // every access state but LBA dependent
constexpr std::uint8_t kImplicitTransitionS = 30;  // array A
constexpr std::uint8_t kPeripheralAbsent = 0x3F;   // PQ 1, PDT 1Fh
constexpr std::uint8_t kPeripheralNone = 0x7F;     // PQ 3, PDT 1Fh
constexpr const char* kVendor = "SIMULATE";
constexpr const char* kRevision = "0001";

const char* ProductOf(std::uint32_t array) { return array == kArrayA ? "ARRAY A" : "ARRAY B"; }

std::uint16_t GroupId(std::uint32_t controller) {
  return static_cast<std::uint16_t>(controller + 1);
}

void Check(Fabric::Answer& answer, std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
  answer.status = scsi::kStatusCheckCondition;
  answer.sense_key = key;
  answer.asc = asc;
  answer.ascq = ascq;
}

bool AsksForExtendedHeader(const scsi::Cdb& cdb) { return (cdb.bytes[1] & 0xE0) == 0x20; }

std::size_t AllocationLength(const scsi::Cdb& cdb) {
  const auto& bytes = cdb.bytes;
  if (cdb.length == 6) return std::size_t{bytes[3]} << 8 | bytes[4];
  return std::size_t{bytes[6]} << 24 | std::size_t{bytes[7]} << 16 | std::size_t{bytes[8]} << 8 |
         bytes[9];
}

// Of the port group of a controller, for a logical unit.
AccessState AccessOf(const FabricLayout::Spot& unit, std::uint32_t controller,
                     const Failover& failover) {
  const AccessState other =
      unit.array == kArrayA ? AccessState::kNonOptimized : AccessState::kStandby;
  const AccessState usual = controller == unit.preferred ? AccessState::kOptimized : other;
  if (failover.phase == Phase::kNone) return usual;
  const bool moves = unit.preferred == failover.controller;
  const bool failed = controller == failover.controller;
  const bool in_transition =
      failover.phase == Phase::kLeaving || failover.phase == Phase::kReturning;
  if (moves && in_transition) return AccessState::kTransitioning;
  if (!failed) return AccessState::kOptimized;
  if (failover.phase == Phase::kReturning) return usual;
  if (unit.array == kArrayB) return AccessState::kOffline;
  return failover.phase == Phase::kRestarted ? AccessState::kStandby : AccessState::kUnavailable;
}

}  // namespace

Fabric::Fabric(const FabricOptions& options)
    : options_(options), layout_(options), story_(options, layout_.nexuses()) {}

Fabric::Place Fabric::PlaceOf(std::uint32_t path) const {
  const Spot spot = layout_.SpotOf(path);
  Place place;
  place.host = spot.host;
  place.target = spot.target;
  place.lun = KernelLun(spot.lun);
  place.initiator_port = layout_.InitiatorPort(spot);
  place.target_port = layout_.TargetPort(spot);
  // NAA 6, locally made: a company id that nobody has, then the number of the unit.
  place.wwid = absl::StrFormat("36000000000000000%016x", spot.unit);
  place.vendor = kVendor;
  place.product = ProductOf(spot.array);
  place.revision = kRevision;
  place.tpgs = kTpgsBoth;
  place.target_port_group = GroupId(spot.controller);
  place.relative_target_port = layout_.RelativePort(spot);
  place.identity_page = Page(path, spot.unit);
  return place;
}

Fabric::Answer Fabric::Send(TimeNs now_ns, std::uint32_t path, const scsi::Cdb& cdb,
                            Session& session) const {
  const Spot spot = layout_.SpotOf(path);
  Answer answer;
  answer.carried_out_ns = now_ns;
  Link link = story_.LinkFaultAt(now_ns, spot.nexus).kind;
  PathFault fault = story_.PathFaultAt(now_ns, path);
  if (link == Link::kSilent || fault == PathFault::kSilent) {
    const TimeNs end = story_.EndOfSilence(now_ns, path, spot.nexus);
    if (end == health::kNever) return answer;
    answer.carried_out_ns = end;
    link = story_.LinkFaultAt(end, spot.nexus).kind;
    fault = story_.PathFaultAt(end, path);
  }
  const auto range = static_cast<std::uint64_t>(options_.latency_max_ns - options_.latency_min_ns);
  const DurationNs latency =
      options_.latency_min_ns +
      static_cast<DurationNs>(range == 0 ? 0 : story_.Chance(path, now_ns) % range);
  answer.when_ns = answer.carried_out_ns + latency;
  if (fault == PathFault::kSlow) answer.when_ns += health::kSecond;
  if (link == Link::kDown || fault == PathFault::kNoConnect) {
    answer.host_status = scsi::kDidNoConnect;
  } else {
    CarryOut(path, cdb, fault, spot, session, answer);
  }
  return answer;
}

void Fabric::CarryOut(std::uint32_t path, const scsi::Cdb& cdb, PathFault fault, const Spot& spot,
                      Session& session, Answer& answer) const {
  if (cdb.bytes[0] == kTestUnitReady) return TestUnit(path, fault, spot, session, answer);
  const bool unmapped =
      fault == PathFault::kUnmapped || Lun0Unmapped(answer.carried_out_ns, path, spot);
  switch (cdb.bytes[0]) {
    case kMaintenanceIn:
      if (unmapped) return Check(answer, 0x5, 0x25, 0x00);
      return TellGroups(path, cdb, spot, session, answer);
    case kInquiry:
      // Of vital product data there is nothing but page 83h of a logical unit.
      if (cdb.bytes[1] != 0 && (unmapped || cdb.bytes[2] != scsi::kVpdDeviceIdentification)) {
        Check(answer, 0x5, 0x24, 0x00);
      }
      return;
    case kReportLuns:
      return;
    default:
      return Check(answer, 0x5, 0x20, 0x00);
  }
}

// What is to be reported comes first, then what the port may do, then the logical unit.
void Fabric::TestUnit(std::uint32_t path, PathFault fault, const Spot& spot, Session& session,
                      Answer& answer) const {
  const TimeNs now_ns = answer.carried_out_ns;
  if (fault == PathFault::kUnmapped) return Check(answer, 0x5, 0x25, 0x00);
  if (Lun0Unmapped(now_ns, path, spot)) return;
  const Failover failover = story_.FailoverAt(now_ns, spot.array);
  if (Attention(spot, failover, session, answer)) return;
  if (fault == PathFault::kAttention && story_.Chance(path, now_ns) % 8 == 0) {
    return Check(answer, 0x6, 0x29, 0x00);
  }
  const AccessState access = AccessOf(spot, spot.controller, failover);
  if (access == AccessState::kTransitioning) return Check(answer, 0x2, 0x04, 0x0A);
  if (access == AccessState::kUnavailable) return Check(answer, 0x2, 0x04, 0x0C);
  if (access == AccessState::kOffline) return Check(answer, 0x5, 0x24, 0x00);
  if (fault == PathFault::kUnavailable) return Check(answer, 0x2, 0x04, 0x0C);
  if (story_.FormattedIn(failover.episode, spot.unit)) return Check(answer, 0x2, 0x04, 0x04);
  const bool standby = access == AccessState::kStandby && spot.array == kArrayA;
  if (standby || fault == PathFault::kStandby) return Check(answer, 0x2, 0x04, 0x0B);
}

void Fabric::TellGroups(std::uint32_t path, const scsi::Cdb& cdb, const Spot& spot,
                        Session& session, Answer& answer) const {
  const Failover failover = story_.FailoverAt(answer.carried_out_ns, spot.array);
  if (Attention(spot, failover, session, answer)) return;
  if (spot.array == kArrayA) return;
  const Spot unit = layout_.SpotOf(Answering(answer.carried_out_ns, path));
  const AccessState access = AccessOf(unit, spot.controller, failover);
  if (access == AccessState::kOffline) return Check(answer, 0x5, 0x24, 0x00);
  if (access == AccessState::kTransitioning) return Check(answer, 0x2, 0x04, 0x0A);
  if (AsksForExtendedHeader(cdb)) return Check(answer, 0x5, 0x24, 0x00);
}

// ASYMMETRIC ACCESS STATE CHANGED, once for all that has happened.
bool Fabric::Attention(const Spot& spot, const Failover& failover, Session& session,
                       Answer& answer) const {
  const TimeNs then_ns = session.told_ns;
  session.told_ns = answer.carried_out_ns;
  if (!story_.FailoverMoved(then_ns, spot.array, failover)) return false;
  Check(answer, 0x6, 0x2A, 0x06);
  return true;
}

bool Fabric::Lun0Unmapped(TimeNs now_ns, std::uint32_t path, const Spot& spot) const {
  return spot.lun == 0 && story_.Lun0UnmappedAt(now_ns, path) && Answering(now_ns, path) == path;
}

std::uint32_t Fabric::Answering(TimeNs now_ns, std::uint32_t path) const {
  return story_.RemappedAt(now_ns, path) ? layout_.NeighbourOf(path) : path;
}

State Fabric::Truth(TimeNs now_ns, std::uint32_t path) const {
  if (Answering(now_ns, path) != path) return State::kWrongLu;
  const Spot spot = layout_.SpotOf(path);
  const Link link = story_.LinkFaultAt(now_ns, spot.nexus).kind;
  const PathFault fault = story_.PathFaultAt(now_ns, path);
  if (link == Link::kSilent) return State::kNoAnswer;
  if (fault == PathFault::kSilent) return State::kNoAnswer;
  if (link == Link::kDown || fault == PathFault::kNoConnect) return State::kDown;
  if (fault == PathFault::kUnmapped || Lun0Unmapped(now_ns, path, spot)) return State::kUnmapped;
  const Failover failover = story_.FailoverAt(now_ns, spot.array);
  const AccessState access = AccessOf(spot, spot.controller, failover);
  if (access == AccessState::kTransitioning) return State::kTransitioning;
  if (access == AccessState::kUnavailable || access == AccessState::kOffline ||
      fault == PathFault::kUnavailable) {
    return State::kUnavailable;
  }
  if (story_.FormattedIn(failover.episode, spot.unit)) return State::kDown;
  const bool standby = access == AccessState::kStandby || fault == PathFault::kStandby;
  return standby ? State::kGhost : State::kUp;
}

DeviceCondition Fabric::ConditionAt(TimeNs now_ns, std::uint32_t path) const {
  const LinkFault link = story_.LinkFaultAt(now_ns, layout_.SpotOf(path).nexus);
  // A path that is silent by itself stays so whatever its link does.
  const bool silent = story_.PathFaultAt(now_ns, path) == PathFault::kSilent;
  if (!link.noticed || silent) return DeviceCondition::kReady;
  return link.kind == Link::kDown ? DeviceCondition::kTransportOffline : DeviceCondition::kBlocked;
}

std::vector<scsi::PortGroup> Fabric::GroupsAt(TimeNs now_ns, std::uint32_t path) const {
  const Spot unit = layout_.SpotOf(path);
  const Failover failover = story_.FailoverAt(now_ns, unit.array);
  std::vector<scsi::PortGroup> groups;
  for (std::uint32_t controller = 0; controller < kControllers; ++controller) {
    scsi::PortGroup& group = groups.emplace_back();
    group.id = GroupId(controller);
    group.state = AccessOf(unit, controller, failover);
    group.state_code = static_cast<std::uint8_t>(group.state);
    group.preferred = controller == unit.preferred;
    group.support = kSupport;
    group.status_code = failover.phase == Phase::kNone ? 0 : 2;  // changed by the array itself
    group.ports = layout_.RelativePorts(controller);
  }
  return groups;
}

bool Fabric::TellsIdentity(TimeNs now_ns, std::uint32_t path) const {
  const Spot spot = layout_.SpotOf(path);
  const PathFault fault = story_.PathFaultAt(now_ns, path);
  return story_.LinkFaultAt(now_ns, spot.nexus).kind == Link::kNone &&
         fault != PathFault::kSilent && fault != PathFault::kNoConnect &&
         fault != PathFault::kUnmapped && !Lun0Unmapped(now_ns, path, spot);
}

bool Fabric::ReportsGroups(TimeNs now_ns, std::uint32_t path) const {
  if (!TellsIdentity(now_ns, path) || Answering(now_ns, path) != path) return false;
  const Spot spot = layout_.SpotOf(path);
  if (spot.array == kArrayA) return true;
  const AccessState access = AccessOf(spot, spot.controller, story_.FailoverAt(now_ns, spot.array));
  return access != AccessState::kOffline && access != AccessState::kTransitioning;
}

std::vector<std::uint8_t> Fabric::DataOf(std::uint32_t path, const scsi::Cdb& cdb,
                                         const Answer& answer) const {
  if (answer.status != scsi::kStatusGood || answer.host_status != scsi::kDidOk) return {};
  const TimeNs now_ns = answer.carried_out_ns;
  std::vector<std::uint8_t> data;
  switch (cdb.bytes[0]) {
    case kInquiry:
      data = cdb.bytes[1] == 0 ? Inquiry(now_ns, path)
                               : Page(path, layout_.SpotOf(Answering(now_ns, path)).unit);
      break;
    case kMaintenanceIn: {
      const bool extended = layout_.SpotOf(path).array == kArrayA && AsksForExtendedHeader(cdb);
      data = GroupsData(GroupsAt(now_ns, Answering(now_ns, path)),
                        extended ? std::optional(kImplicitTransitionS) : std::nullopt);
      break;
    }
    case kReportLuns:
      data = Luns(now_ns, path);
      break;
    default:
      return data;
  }
  data.resize(std::min(data.size(), AllocationLength(cdb)));
  return data;
}

std::vector<std::uint8_t> Fabric::Inquiry(TimeNs now_ns, std::uint32_t path) const {
  const Spot spot = layout_.SpotOf(path);
  std::uint8_t peripheral = scsi::kPeripheralTypeDisk;
  if (Lun0Unmapped(now_ns, path, spot)) peripheral = kPeripheralAbsent;
  if (story_.PathFaultAt(now_ns, path) == PathFault::kUnmapped) peripheral = kPeripheralNone;
  const std::uint8_t tpgs = peripheral == scsi::kPeripheralTypeDisk ? kTpgsBoth : 0;
  return InquiryData(peripheral, tpgs, kVendor, ProductOf(spot.array), kRevision);
}

std::vector<std::uint8_t> Fabric::Page(std::uint32_t path, std::uint32_t unit) const {
  std::array<std::uint8_t, 16> naa{0x60};
  for (std::size_t i = 0; i < 4; ++i) {
    naa[15 - i] = static_cast<std::uint8_t>(unit >> (8 * i));
  }
  const Spot spot = layout_.SpotOf(path);
  return IdentityPage(naa, layout_.RelativePort(spot), GroupId(spot.controller));
}

std::vector<std::uint8_t> Fabric::Luns(TimeNs now_ns, std::uint32_t path) const {
  const std::uint32_t nexus = layout_.SpotOf(path).nexus;
  std::vector<std::uint64_t> luns;
  for (std::uint32_t lun = 0;; ++lun) {
    const std::uint32_t other = layout_.PathAt(nexus, lun);
    if (other >= paths()) break;
    const bool unmapped = story_.PathFaultAt(now_ns, other) == PathFault::kUnmapped ||
                          Lun0Unmapped(now_ns, other, layout_.SpotOf(other));
    if (!unmapped) luns.push_back(KernelLun(lun));
  }
  return LunsData(luns);
}

}  // namespace pathwatch::passthrough

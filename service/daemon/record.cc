#include "service/daemon/record.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <numeric>
#include <string>

#include "service/daemon/published_text.h"
#include "service/published_code.h"

namespace pathwatch::service {
namespace {

using health::ReasonKind;
using health::Scope;
using health::State;

static_assert(static_cast<int>(State::kUp) == PW_STATE_UP);
static_assert(static_cast<int>(State::kGhost) == PW_STATE_GHOST);
static_assert(static_cast<int>(State::kTransitioning) == PW_STATE_TRANSITIONING);
static_assert(static_cast<int>(State::kUnavailable) == PW_STATE_UNAVAILABLE);
static_assert(static_cast<int>(State::kDown) == PW_STATE_DOWN);
static_assert(static_cast<int>(State::kNoAnswer) == PW_STATE_NO_ANSWER);
static_assert(static_cast<int>(State::kUnmapped) == PW_STATE_UNMAPPED);
static_assert(static_cast<int>(State::kWrongLu) == PW_STATE_WRONG_LU);
static_assert(static_cast<int>(State::kRemoved) == PW_STATE_REMOVED);
static_assert(static_cast<int>(Scope::kLogicalUnit) == PW_SCOPE_LU);
static_assert(static_cast<int>(Scope::kTargetPortGroup) == PW_SCOPE_TPG);
static_assert(static_cast<int>(Scope::kNexus) == PW_SCOPE_NEXUS);
static_assert(static_cast<int>(Scope::kHost) == PW_SCOPE_HOST);
static_assert(health::kStates == PW_STATES);
static_assert(static_cast<int>(health::CommandKind::kCheck) == PW_COMMAND_TUR);
static_assert(static_cast<int>(health::CommandKind::kGroups) == PW_COMMAND_RTPG);
static_assert(static_cast<int>(health::CommandKind::kIdentity) == PW_COMMAND_IDENTITY);
static_assert(static_cast<int>(health::CommandKind::kLuns) == PW_COMMAND_LUNS);
static_assert(health::kCommandKinds == PW_COMMANDS);
static_assert(health::kDurationBounds == PW_HISTOGRAM_BOUNDS);
static_assert(static_cast<int>(health::Cause::kCheck) == PW_CAUSE_CHECK);
static_assert(static_cast<int>(health::Cause::kRescan) == PW_CAUSE_RESCAN);
static_assert(static_cast<int>(health::Cause::kOperator) == PW_CAUSE_OPERATOR);
static_assert(static_cast<int>(discovery::Transport::kOther) == PW_TRANSPORT_OTHER);
static_assert(static_cast<int>(discovery::Transport::kFc) == PW_TRANSPORT_FC);
static_assert(static_cast<int>(discovery::Transport::kIscsi) == PW_TRANSPORT_ISCSI);
static_assert(static_cast<int>(discovery::Transport::kSas) == PW_TRANSPORT_SAS);

struct KindPair {
  ReasonKind kind;
  std::uint8_t published;
};
constexpr KindPair kKinds[] = {
    {ReasonKind::kNone, PW_REASON_NONE},
    {ReasonKind::kReply, PW_REASON_REPLY},
    {ReasonKind::kDeadline, PW_REASON_DEADLINE},
    {ReasonKind::kNexusSilent, PW_REASON_NEXUS_SILENT},
    {ReasonKind::kNoNode, PW_REASON_NODE_UNOPENED},
    {ReasonKind::kNoNode, PW_REASON_NO_NODE},  // if there is no errno
    {ReasonKind::kDeleted, PW_REASON_DEVICE_DELETED},
    {ReasonKind::kExhausted, PW_REASON_RETRIES_EXHAUSTED},
    {ReasonKind::kPortGroup, PW_REASON_PORT_GROUP},
    {ReasonKind::kIdentityChanged, PW_REASON_IDENTITY_CHANGED},
    {ReasonKind::kNotMapped, PW_REASON_NOT_MAPPED},
    {ReasonKind::kLunNotReported, PW_REASON_LUN_NOT_REPORTED},
    {ReasonKind::kTransportBlocked, PW_REASON_TRANSPORT_BLOCKED},
    {ReasonKind::kTransportOffline, PW_REASON_TRANSPORT_OFFLINE},
    {ReasonKind::kDeviceOffline, PW_REASON_DEVICE_OFFLINE},
    {ReasonKind::kTransitionTooLong, PW_REASON_TRANSITION_TOO_LONG},
    {ReasonKind::kIdentityUnread, PW_REASON_IDENTITY_UNREAD},
    {ReasonKind::kIdentityAccepted, PW_REASON_IDENTITY_ACCEPTED},
    {ReasonKind::kLeftOut, PW_REASON_LEFT_OUT},
};

std::uint8_t PublishedKind(const health::Reason& reason) {
  if (reason.kind == ReasonKind::kNoNode && reason.code.error == 0) return PW_REASON_NO_NODE;
  const auto* pair = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const auto& entry) { return entry.kind == reason.kind; });
  return pair == std::end(kKinds) ? std::uint8_t{PW_REASON_NONE} : pair->published;
}

ReasonKind KindOf(std::uint8_t published) {
  const auto* pair = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const auto& entry) { return entry.published == published; });
  return pair == std::end(kKinds) ? ReasonKind::kNone : pair->kind;
}

std::uint8_t PublishedAccess(scsi::AccessState state) {
  return state == scsi::AccessState::kUnknown ? std::uint8_t{PW_ALUA_UNKNOWN}
                                              : static_cast<std::uint8_t>(state);
}

void SetFlag(std::uint32_t& flags, std::uint32_t flag, bool on) {
  flags = on ? flags | flag : flags & ~flag;
}

// Fills counts by state, and the total without removed paths.
void SetCounts(const health::StateCounts& counts, std::uint32_t& total,
               std::uint32_t (&by_state)[PW_STATES]) {
  std::copy(counts.begin(), counts.end(), by_state);
  total = std::accumulate(counts.begin(), counts.end(), 0u) - counts[PW_STATE_REMOVED];
}

}  // namespace

pw_path_record RecordOfFacts(const KnownPath& path) {
  const discovery::DiscoveredPath& facts = path.facts;
  pw_path_record record{};
  record.generation = facts.generation;
  record.host = facts.hctl.host;
  record.channel = facts.hctl.channel;
  record.target = facts.hctl.target;
  record.lun = facts.hctl.lun;
  record.host_index = path.host;
  record.nexus_index = path.nexus;
  record.lun_index = path.lun;
  record.sd_devt = facts.sd_dev;
  record.sg_devt = facts.sg_dev;
  SetText(facts.sd_name, record.sd_name);
  SetText(facts.sg_name, record.sg_name);
  SetText(facts.lu_id, record.wwid);
  SetText(facts.vendor, record.vendor);
  SetText(facts.product, record.product);
  SetText(facts.revision, record.revision);
  record.alua_state = PW_ALUA_UNKNOWN;
  record.flags = facts.bsg_name.empty() ? 0 : PW_PATH_HAS_BSG;
  const bool other_map = !facts.dm_wwid.empty() &&
                         !scsi::MayBeSame(scsi::IdentityNamed(facts.dm_wwid), facts.identity);
  SetFlag(record.flags, PW_PATH_OTHER_MAP, other_map);
  return record;
}

void SetStatus(const health::PathStatus& status, pw_path_record& record) {
  const health::Standing& standing = status.standing;
  record.state = static_cast<std::uint8_t>(standing.state);
  record.scope = static_cast<std::uint8_t>(standing.scope);
  SetFlag(record.flags, PW_PATH_UNCONFIRMED, standing.unconfirmed);
  SetFlag(record.flags, PW_PATH_PREFERRED, status.preferred);
  SetFlag(record.flags, PW_PATH_HAS_TPG, status.target_port_group.has_value());
  SetFlag(record.flags, PW_PATH_HAS_RTPI, status.relative_target_port.has_value());
  record.tpg = status.target_port_group.value_or(0);
  record.rtpi = status.relative_target_port.value_or(0);
  record.alua_state = PublishedAccess(status.access_state);
  record.reason_kind = PublishedKind(standing.reason);
  record.reason_code = PublishedCode(standing.reason.code);
  record.reason_argument = static_cast<std::uint64_t>(status.standing.unanswered_since_ns);
  record.since_boottime_ns = standing.since_ns;
  record.last_check_sent_boottime_ns = status.last_sent_ns;
  record.last_check_done_boottime_ns = status.last_done_ns;
  record.valid_until_boottime_ns = status.valid_until_ns;
  record.oldest_unanswered_boottime_ns = status.standing.unanswered_since_ns;
  record.latency_us = static_cast<std::uint32_t>(
      std::min<health::DurationNs>(status.latency_ns / 1'000, UINT32_MAX));
  record.checks = status.checks;
  record.failures = status.failures.total();
  for (std::size_t state = 0; state < PW_STATES; ++state) {
    record.failures_by_state[state] = status.failures.of(static_cast<State>(state));
  }
  record.state_changes = status.state_changes;
}

pw_histogram PublishedHistogram(const health::DurationHistogram& histogram) {
  pw_histogram record{};
  std::copy(histogram.counts.begin(), histogram.counts.end(), record.counts);
  record.sum_ns = histogram.sum_ns;
  return record;
}

std::optional<health::Standing> RestoredStanding(const pw_path_record& record) {
  if (record.state == PW_STATE_UNKNOWN || record.state >= PW_STATE_REMOVED) return std::nullopt;
  if (record.scope > PW_SCOPE_HOST) return std::nullopt;
  health::Standing standing;
  standing.state = static_cast<State>(record.state);
  standing.scope = static_cast<Scope>(record.scope);
  standing.unconfirmed = true;
  standing.reason = {KindOf(record.reason_kind), CodeFrom(record.reason_code)};
  standing.since_ns = record.since_boottime_ns;
  standing.unanswered_since_ns = record.oldest_unanswered_boottime_ns;
  return standing;
}

pw_change RecordOfChange(const health::StateChanged& change, std::int64_t now_ns) {
  pw_change record{};
  record.when_boottime_ns = now_ns;
  record.code = PublishedCode(change.to.reason.code);
  record.from = static_cast<std::uint8_t>(change.from.state);
  record.to = static_cast<std::uint8_t>(change.to.state);
  record.scope = static_cast<std::uint8_t>(change.to.scope);
  record.cause = static_cast<std::uint8_t>(change.cause);
  record.reason_kind = PublishedKind(change.to.reason);
  return record;
}

pw_change_record RecordOfLogEntry(const pw_path_record& path, health::PathId id,
                                  const pw_change& change) {
  pw_change_record record{};
  record.generation = path.generation;
  record.lun = path.lun;
  record.host = path.host;
  record.channel = path.channel;
  record.target = path.target;
  record.path_index = id;
  record.change = change;
  static_assert(sizeof record.device == sizeof path.sd_name);
  static_assert(sizeof record.wwid == sizeof path.wwid);
  std::memcpy(record.device, path.sd_name, sizeof record.device);
  std::memcpy(record.wwid, path.wwid, sizeof record.wwid);
  return record;
}

pw_port_group_record RecordOfPortGroup(health::LunId lun, const health::GroupState& known) {
  const scsi::PortGroup& group = known.group;
  pw_port_group_record record{};
  record.lun_index = lun;
  record.tpg = group.id;
  record.alua_state = PublishedAccess(group.state);
  record.preferred = group.preferred ? 1 : 0;
  record.support = group.support;
  record.status_code = group.status_code;
  record.ports_total = static_cast<std::uint16_t>(group.ports.size());
  record.since_boottime_ns = known.since_ns;
  record.transition_deadline_boottime_ns = known.transition_deadline_ns;
  std::copy_n(group.ports.begin(), std::min<std::size_t>(group.ports.size(), PW_PORT_GROUP_PORTS),
              record.rtpi);
  return record;
}

pw_lun_record RecordOfLun(const KnownPath& path) {
  pw_lun_record record{};
  if (path.facts.lu_id.empty()) record.flags |= PW_LUN_NO_IDENTIFIER;
  SetText(LunKey(path.facts), record.wwid);
  SetText(path.facts.vendor, record.vendor);
  SetText(path.facts.product, record.product);
  return record;
}

pw_nexus_record RecordOfNexus(const discovery::DiscoveredNexus& facts, health::HostId host) {
  pw_nexus_record record{};
  SetText(facts.name, record.name);
  record.transport = static_cast<std::uint8_t>(facts.transport);
  SetText(facts.initiator_port, record.initiator_port);
  SetText(facts.target_port, record.target_port);
  SetText(facts.portal, record.portal);
  SetText(facts.port_name, record.port_name);
  SetText(facts.port_state, record.port_state);
  record.host_index = host;
  return record;
}

pw_host_record RecordOfHost(const KnownHost& host) {
  pw_host_record record{};
  record.number = host.facts.number;
  record.can_queue = host.facts.can_queue;
  SetText(host.facts.proc_name, record.proc_name);
  return record;
}

void SetCounts(const health::Core& core, health::LunId lun, pw_lun_record& record) {
  SetCounts(core.lun_counts(lun), record.paths_total, record.paths_by_state);
  const health::AluaStatus* alua = core.alua(lun);
  SetFlag(record.flags, PW_LUN_ALUA, alua != nullptr && !alua->cache.groups().empty());
  SetFlag(record.flags, PW_LUN_RTPG_REFUSED, alua != nullptr && alua->refused);
  SetFlag(record.flags, PW_LUN_GROUPS_CUT, alua != nullptr && alua->cache.cut());
  record.groups_read_boottime_ns = alua == nullptr ? 0 : alua->read_ns;
  record.implicit_transition_s =
      alua == nullptr
          ? 0
          : static_cast<std::uint32_t>(alua->cache.implicit_transition_ns() / health::kSecond);
}

void SetCounts(const health::Core& core, health::NexusId nexus, pw_nexus_record& record) {
  record.silent = core.nexus_silent(nexus) ? 1 : 0;
  record.in_flight = core.nexus_commands_out(nexus);
  SetCounts(core.nexus_counts(nexus), record.paths_total, record.paths_by_state);
  const health::CommandDurations& durations = core.nexus_durations(nexus);
  for (std::size_t command = 0; command < health::kCommandKinds; ++command) {
    record.durations[command] = PublishedHistogram(durations[command]);
  }
}

void SetCounts(const health::Core& core, health::HostId host, pw_host_record& record) {
  record.in_flight = core.host_commands_out(host);
  SetCounts(core.host_counts(host), record.paths_total, record.paths_by_state);
}

}  // namespace pathwatch::service

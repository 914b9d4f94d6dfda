#include "service/daemon/record.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>

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

// Copies what fits; the rest, and at least one byte, stays 0.
template <std::size_t Size>
void SetText(const std::string& text, char (&field)[Size]) {
  std::memset(field, 0, Size);
  std::memcpy(field, text.data(), std::min(text.size(), Size - 1));
}

std::uint8_t PublishedKind(const health::Reason& reason) {
  switch (reason.kind) {
    case ReasonKind::kNone:
      return PW_REASON_NONE;
    case ReasonKind::kReply:
      return PW_REASON_REPLY;
    case ReasonKind::kDeadline:
      return PW_REASON_DEADLINE;
    case ReasonKind::kNexusSilent:
      return PW_REASON_NEXUS_SILENT;
    case ReasonKind::kNoNode:
      return reason.code.error == 0 ? PW_REASON_NO_NODE : PW_REASON_NODE_UNOPENED;
    case ReasonKind::kDeleted:
      return PW_REASON_DEVICE_DELETED;
    case ReasonKind::kExhausted:
      return PW_REASON_RETRIES_EXHAUSTED;
  }
  return PW_REASON_NONE;
}

ReasonKind KindOf(std::uint8_t published) {
  switch (published) {
    case PW_REASON_REPLY:
      return ReasonKind::kReply;
    case PW_REASON_DEADLINE:
      return ReasonKind::kDeadline;
    case PW_REASON_NEXUS_SILENT:
      return ReasonKind::kNexusSilent;
    case PW_REASON_NODE_UNOPENED:
    case PW_REASON_NO_NODE:
      return ReasonKind::kNoNode;
    case PW_REASON_DEVICE_DELETED:
      return ReasonKind::kDeleted;
    case PW_REASON_RETRIES_EXHAUSTED:
      return ReasonKind::kExhausted;
    default:
      return ReasonKind::kNone;
  }
}

// Fills counts by state, and the total without removed paths.
void SetCounts(const health::StateCounts& counts, std::uint32_t& total,
               std::uint32_t (&by_state)[PW_STATES]) {
  std::copy(counts.begin(), counts.end(), by_state);
  total = std::accumulate(counts.begin(), counts.end(), 0u) - counts[PW_STATE_REMOVED];
}

}  // namespace

pw_path_record RecordOfFacts(const KnownPath& path, pw_passthrough passthrough) {
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
  record.passthrough = passthrough;
  record.alua_state = PW_ALUA_UNKNOWN;
  record.flags = facts.bsg_name.empty() ? 0 : PW_PATH_HAS_BSG;
  return record;
}

void SetStatus(const health::PathStatus& status, pw_path_record& record) {
  const health::Standing& standing = status.standing;
  record.state = static_cast<std::uint8_t>(standing.state);
  record.scope = static_cast<std::uint8_t>(standing.scope);
  record.flags &= ~static_cast<std::uint32_t>(PW_PATH_UNCONFIRMED);
  if (standing.unconfirmed) record.flags |= PW_PATH_UNCONFIRMED;
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
  record.failures = status.failures;
  record.state_changes = status.state_changes;
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

pw_lun_record RecordOfLun(const KnownPath& path) {
  pw_lun_record record{};
  SetText(LunKey(path.facts), record.wwid);
  SetText(path.facts.vendor, record.vendor);
  SetText(path.facts.product, record.product);
  return record;
}

pw_nexus_record RecordOfNexus(const KnownPath& path) {
  pw_nexus_record record{};
  SetText(path.facts.nexus, record.name);
  record.host_index = path.host;
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
}

void SetCounts(const health::Core& core, health::NexusId nexus, pw_nexus_record& record) {
  record.silent = core.nexus_silent(nexus) ? 1 : 0;
  record.in_flight = core.nexus_commands_out(nexus);
  SetCounts(core.nexus_counts(nexus), record.paths_total, record.paths_by_state);
}

void SetCounts(const health::Core& core, health::HostId host, pw_host_record& record) {
  record.in_flight = core.host_commands_out(host);
  SetCounts(core.host_counts(host), record.paths_total, record.paths_by_state);
}

}  // namespace pathwatch::service

#include "tests/sim/simulation.h"

#include <algorithm>
#include <utility>

#include "lib/scsi/fixed_sense.h"
#include "lib/scsi/identity.h"
#include "lib/scsi/rtpg.h"
#include "lib/scsi/status.h"
#include "lib/scsi/vpd83.h"

namespace pathwatch::sim {
namespace {

using health::State;

constexpr health::DurationNs kRateWindow = 10 * health::kSecond;
constexpr std::uint8_t kOpTestUnitReady = 0x00;
constexpr std::uint8_t kOpMaintenanceIn = 0xA3;

bool IsFormatting(const health::Reason& reason) {
  const scsi::Code& code = reason.code;
  return reason.kind == health::ReasonKind::kReply && code.has_sense && code.sense_key == 0x2 &&
         code.asc == 0x04 && code.ascq == 0x04;
}

}  // namespace

Simulation::Simulation(const passthrough::FabricOptions& fabric, const health::Options& options,
                       health::TimeNs hold_ns)
    : options_(options), fabric_(fabric), core_(options) {
  fabric_.Hold(hold_ns);
  sessions_.resize(fabric.paths);
  busy_.resize(fabric.paths);
  doubts_.resize(fabric.paths);
  groups_sent_.resize(LunOf(fabric.paths - 1) + 1);
  out_.resize(static_cast<std::size_t>(fabric_.hosts()) * fabric.targets_per_host);
  for (health::HostId host = 0; host < fabric_.hosts(); ++host) {
    Step(health::HostFound{host, fabric.can_queue});
  }
  for (health::PathId path = 0; path < fabric_.paths(); ++path) {
    const auto place = fabric_.PlaceOf(path);
    health::PathFound found;
    found.path = path;
    found.host = place.host;
    found.nexus = NexusOf(path);
    found.lun = LunOf(path);
    found.lun_number = place.lun;
    found.tpgs = place.tpgs;
    found.target_port_group = place.target_port_group;
    found.relative_target_port = place.relative_target_port;
    found.identity = scsi::IdentityOf(scsi::ParseVpd83(place.identity_page).value());
    Step(found);
  }
}

void Simulation::RunUntil(health::TimeNs end_ns) {
  for (;;) {
    const health::TimeNs reply = replies_.empty() ? health::kNever : replies_.top().when_ns;
    const health::TimeNs next = std::min(reply, actions_.wake_ns);
    if (next > end_ns) break;
    now_ns_ = std::max(now_ns_, next);
    if (reply <= now_ns_) {
      const Reply due = replies_.top();
      replies_.pop();
      Deliver(due);
    } else {
      Step(health::Tick{});
    }
  }
  now_ns_ = end_ns;
}

void Simulation::Step(const health::Event& event) {
  core_.Step(now_ns_, event, actions_);
  std::vector<health::TransportSeen> seen;
  for (const health::Action& action : std::exchange(actions_.list, {})) {
    if (const auto* start = std::get_if<health::StartCommand>(&action)) {
      Do(*start);
    } else if (const auto* change = std::get_if<health::StateChanged>(&action)) {
      Do(*change);
    } else if (const auto* update = std::get_if<health::PathUpdated>(&action)) {
      Do(*update);
    } else if (const auto* look = std::get_if<health::LookAtTransport>(&action)) {
      seen.push_back({look->path, fabric_.ConditionAt(now_ns_, look->path)});
    }
  }
  for (const health::TransportSeen& what : seen) Step(what);
}

void Simulation::Do(const health::StartCommand& start) {
  const auto answer = fabric_.Send(now_ns_, start.path, start.cdb, sessions_[start.path]);
  if (answer.when_ns != health::kNever) replies_.push({answer.when_ns, start, answer});
  if (busy_[start.path]) Violation(start.path, "got a second command while one was out");
  busy_[start.path] = true;
  if ((start.cdb.bytes[0] == kOpTestUnitReady) != (start.data_length == 0)) {
    Violation(start.path, "got a command with a wrong length");
  }
  const health::NexusId nexus = NexusOf(start.path);
  out_[nexus][start.command] = now_ns_;
  CountInTime(nexus);
  if (start.cdb.bytes[0] == kOpMaintenanceIn) CountGroups(LunOf(start.path));
  if (now_ns_ > options_.interval_ns) {
    worst_lateness_ns_ = std::max(worst_lateness_ns_, start.late_ns);
  }
}

void Simulation::Do(const health::StateChanged& change) {
  ++entered_[static_cast<std::size_t>(change.to.state)];
  if (change.from.state == State::kWrongLu) {
    Violation(change.path, "left wrong_lu for " + std::string(health::Name(change.to.state)));
  }
}

void Simulation::Doubt(health::PathId path) {
  doubts_[path] = now_ns_;
  Step(health::PathDoubted{path});
}

void Simulation::Do(const health::PathUpdated& update) {
  if (doubts_[update.path].has_value() && !core_.path(update.path).standing.unconfirmed) {
    Violation(update.path, "was confirmed without a check since it was doubted");
  }
}

void Simulation::Deliver(const Reply& reply) {
  const health::StartCommand& start = reply.start;
  auto& commands = out_[NexusOf(start.path)];
  auto& doubt = doubts_[start.path];
  if (start.cdb.bytes[0] == kOpTestUnitReady && doubt.has_value() &&
      commands.at(start.command) >= *doubt) {
    doubt.reset();
    ++confirmed_;
  }
  commands.erase(start.command);
  busy_[start.path] = false;
  scsi::Reply answer;
  answer.status = reply.answer.status;
  answer.host_status = reply.answer.host_status;
  const auto sense = scsi::FixedSense(reply.answer.sense_key, reply.answer.asc, reply.answer.ascq);
  if (answer.status == scsi::kStatusCheckCondition) answer.sense = sense;
  const auto data = fabric_.DataOf(start.path, start.cdb, reply.answer);
  answer.data_length = data.size();
  Step(health::CommandDone{start.path, start.command, answer, true, data});
}

health::NexusId Simulation::NexusOf(health::PathId path) const {
  const auto place = fabric_.PlaceOf(path);
  return place.host * fabric_.options().targets_per_host + place.target;
}

health::LunId Simulation::LunOf(health::PathId path) const {
  return path / fabric_.options().paths_per_lun;
}

void Simulation::CountInTime(health::NexusId nexus) {
  const auto in_time = [this](const auto& command) {
    return command.second + options_.deadline_ns > now_ns_;
  };
  const auto count = std::count_if(out_[nexus].begin(), out_[nexus].end(), in_time);
  worst_nexus_in_time_ = std::max(worst_nexus_in_time_, static_cast<std::size_t>(count));
}

void Simulation::CountGroups(health::LunId lun) {
  auto& sent = groups_sent_[lun];
  sent.push_back(now_ns_);
  while (sent.front() + kRateWindow <= now_ns_) sent.pop_front();
  worst_groups_rate_ = std::max(worst_groups_rate_, sent.size());
}

void Simulation::Violation(health::PathId path, const std::string& what) {
  violations_ +=
      "at " + std::to_string(now_ns_) + " ns path " + std::to_string(path) + " " + what + "\n";
}

std::string Simulation::Differences() const {
  std::string text;
  for (health::PathId path = 0; path < fabric_.paths(); ++path) text += PathDifference(path);
  for (health::LunId lun = 0; lun < groups_sent_.size(); ++lun) text += GroupsDifference(lun);
  return text;
}

// The port of a controller that is offline does not say so; only the other controller does.
bool Simulation::CanBeKnown(health::PathId path) const {
  if (fabric_.Truth(now_ns_, path) != State::kUnavailable) return true;
  const health::PathId first = path - path % fabric_.options().paths_per_lun;
  for (health::PathId other = first; LunOf(other) == LunOf(path); ++other) {
    if (other < fabric_.paths() && fabric_.ReportsGroups(now_ns_, other)) return true;
  }
  return false;
}

std::string Simulation::PathDifference(health::PathId path) const {
  const health::Standing& standing = core_.path(path).standing;
  const State truth = fabric_.Truth(now_ns_, path);
  const std::string name = "path " + std::to_string(path);
  if (standing.state == State::kDown && IsFormatting(standing.reason) &&
      standing.scope != health::Scope::kLogicalUnit) {
    return name + " is down for formatting, but not with the whole logical unit\n";
  }
  if (standing.state == truth) return "";
  if (standing.state == State::kNoAnswer && fabric_.TellsIdentity(now_ns_, path)) {
    return name + " answers, seen as no_answer\n";
  }
  if (!CanBeKnown(path)) return "";
  // It was not read before, and cannot be now.
  if (truth == State::kWrongLu && !fabric_.TellsIdentity(now_ns_, path)) return "";
  return name + " is " + std::string(health::Name(truth)) + ", seen as " +
         std::string(health::Name(standing.state)) + "\n";
}

std::string Simulation::GroupsDifference(health::LunId lun) const {
  const std::uint32_t legs = fabric_.options().paths_per_lun;
  const health::PathId first = lun * legs;
  bool reported = false;
  for (health::PathId path = first; path < std::min(first + legs, fabric_.paths()); ++path) {
    reported = reported || fabric_.ReportsGroups(now_ns_, path);
  }
  if (!reported) return "";
  const std::string name = "logical unit " + std::to_string(lun);
  const health::AluaStatus* alua = core_.alua(lun);
  if (alua == nullptr) return name + " has no port groups\n";
  const auto groups = fabric_.GroupsAt(now_ns_, first);
  if (alua->cache.groups().size() != groups.size()) return name + " has lost a port group\n";
  std::string text;
  for (const scsi::PortGroup& group : groups) {
    const health::GroupState* known = alua->cache.Find(group.id);
    if (known != nullptr && known->group.state == group.state &&
        known->group.preferred == group.preferred) {
      continue;
    }
    text += name + ": group " + std::to_string(group.id) + " is in state " +
            std::to_string(group.state_code) + ", cached as " +
            (known == nullptr ? "nothing" : std::to_string(known->group.state_code)) + "\n";
  }
  return text;
}

}  // namespace pathwatch::sim

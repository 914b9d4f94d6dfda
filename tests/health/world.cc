#include "tests/health/world.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "gtest/gtest.h"

namespace pathwatch::health {
namespace {

// The sense of every (key, asc, ascq) that a test uses lives as long as the test program.
std::span<const std::uint8_t> FixedSense(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
  static std::map<std::array<std::uint8_t, 3>, std::array<std::uint8_t, 18>> made;
  auto& sense = made[{key, asc, ascq}];
  sense = {0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc, ascq, 0, 0, 0, 0};
  return sense;
}

}  // namespace

Behaviour Good(std::int64_t delay_ms) { return {.delay_ms = delay_ms, .reply = {}}; }
Behaviour Silent() { return {.reply = {}, .silent = true}; }
Behaviour HostStatus(std::uint16_t host_status) {
  return {.reply = {.host_status = host_status, .sense = {}}};
}
Behaviour Errno(int error) { return {.reply = {.error = error, .sense = {}}}; }
Behaviour Status(std::uint8_t status) { return {.reply = {.status = status, .sense = {}}}; }
Behaviour Sense(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
  return {.reply = {.status = 0x02, .sense = FixedSense(key, asc, ascq)}};
}

Behaviour Data(std::vector<std::uint8_t> data) {
  Behaviour behaviour = Good();
  behaviour.data = std::move(data);
  return behaviour;
}

Options Unrefreshed() {
  Options options;
  options.refresh_ns = 0;
  return options;
}

void World::Host(HostId host, std::uint32_t can_queue) { Step(HostFound{host, can_queue}); }

void World::Path(PathId path, const Place& place, std::optional<Standing> restored) {
  places_[path] = place;
  PathFound event;
  event.path = path;
  event.host = place.host;
  event.nexus = place.nexus;
  event.lun = place.lun;
  event.lun_number = place.lun_number;
  event.tpgs = place.tpgs;
  event.target_port_group = place.group;
  event.identity = place.identity;
  event.policy = place.policy;
  event.restored = restored;
  Step(event);
}

void World::Gone(PathId path, ReasonKind reason) { Step(PathGone{path, reason}); }
void World::Set(const Options& options) { Step(OptionsSet{options}); }
void World::Set(PolicyId id, const Policy& policy) { Step(PolicySet{id, policy}); }
void World::Assign(PathId path, PolicyId policy) { Step(PolicyAssigned{path, policy}); }
void World::Doubt(PathId path) { Step(PathDoubted{path}); }
void World::Now(PathId path) { Step(CheckNow{path}); }
void World::Move(PathId path, LunId lun) { Step(PathMoved{path, lun}); }
void World::Accept(PathId path, LunId lun) { Step(AcceptIdentity{path, lun}); }

void World::Return(PathId path, const Behaviour& with) {
  const auto found = silent_.find(path);
  ASSERT_NE(found, silent_.end()) << "path " << path << " has no silent command out";
  Out out = found->second;
  silent_.erase(found);
  out.behaviour = with;
  Complete(out);
}

void World::Elapse(std::int64_t ms) {
  const TimeNs end = now_ + ms * kMillisecond;
  for (;;) {
    const TimeNs reply = pending_.empty() ? kNever : pending_.begin()->first;
    const TimeNs next = std::min(reply, actions_.wake_ns);
    if (next > end) break;
    now_ = std::max(now_, next);
    if (reply <= now_) {
      const Out out = pending_.begin()->second;
      pending_.erase(pending_.begin());
      Complete(out);
    } else {
      Step(Tick{});
    }
  }
  now_ = end;
}

std::string World::Trace() { return std::exchange(trace_, ""); }
std::string World::Story() { return std::exchange(story_, ""); }
std::vector<std::int64_t> World::ChecksOf(PathId path) { return std::exchange(checks_[path], {}); }

void World::Complete(const Out& out) {
  const auto& bytes = out.behaviour.data;
  const std::span<const std::uint8_t> data(bytes.data(),
                                           std::min<std::size_t>(bytes.size(), out.data_length));
  Step(CommandDone{out.path, out.command, out.behaviour.reply, out.behaviour.can_open, data});
}

void World::Step(const Event& event) {
  core_.Step(now_, event, actions_);
  for (const auto& [path, place] : places_) {
    auto& nexus = worst_nexus_out_[place.nexus];
    nexus = std::max(nexus, core_.nexus_commands_out(place.nexus));
    auto& host = worst_host_out_[place.host];
    host = std::max(host, core_.host_commands_out(place.host));
  }
  const std::vector<Action> list = std::exchange(actions_.list, {});
  for (const Action& action : list) CarryOut(action);
}

void World::Start(const StartCommand& start) {
  // Operation codes of SPC-4; the page and the standard data differ in the EVPD bit.
  static const std::map<std::uint8_t, std::string> kNames = {
      {0x00, "check"}, {0x12, "inquiry"}, {0xA0, "luns"}, {0xA3, "groups"}};
  std::string name = kNames.at(start.cdb.bytes[0]);
  if (name == "inquiry" && start.cdb.bytes[1] == 1) name = "page";
  Say(name + " " + std::to_string(start.path), /*check=*/true);
  timeouts_[start.path] = start.timeout_ms;
  if (name == "check") checks_[start.path].push_back(now_ms());
  const auto errand = errands_.find({start.path, name});
  const Behaviour& behaviour = errand != errands_.end() ? errand->second : behaviours_[start.path];
  const Out out{start.path, start.command, behaviour, start.data_length};
  if (out.behaviour.silent) {
    silent_[start.path] = out;
  } else {
    pending_.emplace(now_ + out.behaviour.delay_ms * kMillisecond, out);
  }
}

void World::CarryOut(const Action& action) {
  if (const auto* start = std::get_if<StartCommand>(&action)) {
    Start(*start);
  } else if (const auto* look = std::get_if<LookAtTransport>(&action)) {
    const auto known = conditions_.find(look->path);
    Step(TransportSeen{look->path,
                       known == conditions_.end() ? DeviceCondition::kReady : known->second});
  } else if (const auto* change = std::get_if<StateChanged>(&action)) {
    std::string text = "path " + std::to_string(change->path) + ": " +
                       std::string(Name(change->from.state)) + " -> " +
                       std::string(Name(change->to.state));
    if (change->to.scope != Scope::kPath) text += " " + std::string(Name(change->to.scope));
    Say(text);
  } else if (const auto* silence = std::get_if<NexusSilence>(&action)) {
    Say("nexus " + std::to_string(silence->nexus) + (silence->silent ? " silent" : " answers"));
  } else if (const auto* rescan = std::get_if<RescanWanted>(&action)) {
    Say("rescan " + std::to_string(rescan->path));
  } else if (const auto* forget = std::get_if<Forget>(&action)) {
    Say("forget " + std::to_string(forget->path));
  }
}

void World::Say(const std::string& text, bool check) {
  const std::string line = std::to_string(now_ms()) + " " + text + "\n";
  trace_ += line;
  if (!check) story_ += line;
}

}  // namespace pathwatch::health

#include "tests/sim/simulation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lib/scsi/cdb.h"

namespace pathwatch::sim {

Simulation::Simulation(const passthrough::FabricOptions& fabric, const health::Options& options)
    : options_(options), fabric_(fabric), core_(options), targets_(fabric.targets_per_host) {
  out_.resize(static_cast<std::size_t>(fabric_.hosts()) * targets_);
  for (health::HostId host = 0; host < fabric_.hosts(); ++host) {
    Step(health::HostFound{host, fabric.can_queue});
  }
  for (health::PathId path = 0; path < fabric_.paths(); ++path) {
    const auto place = fabric_.PlaceOf(path);
    health::PathFound found;
    found.path = path;
    found.host = place.host;
    found.nexus = NexusOf(path);
    found.lun = path / fabric.paths_per_lun;
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

std::string Simulation::Differences() const {
  std::string text;
  for (health::PathId path = 0; path < fabric_.paths(); ++path) {
    const health::State seen = core_.path(path).standing.state;
    const health::State truth = fabric_.Truth(now_ns_, path);
    if (seen == truth) continue;
    text += "path " + std::to_string(path) + " is " + std::string(health::Name(truth)) +
            ", seen as " + std::string(health::Name(seen)) + "\n";
  }
  return text;
}

void Simulation::Deliver(const Reply& reply) {
  out_[NexusOf(reply.path)].erase(reply.command);
  scsi::Reply answer;
  answer.status = reply.answer.status;
  answer.host_status = reply.answer.host_status;
  const std::array<std::uint8_t, 18> sense = {0x70,
                                              0,
                                              reply.answer.sense_key,
                                              0,
                                              0,
                                              0,
                                              0,
                                              10,
                                              0,
                                              0,
                                              0,
                                              0,
                                              reply.answer.asc,
                                              reply.answer.ascq};
  if (answer.status == 0x02) answer.sense = sense;
  Step(health::CommandDone{reply.path, reply.command, answer, true});
}

health::NexusId Simulation::NexusOf(health::PathId path) const {
  const auto place = fabric_.PlaceOf(path);
  return place.host * targets_ + place.target;
}

void Simulation::CountInTime(health::NexusId nexus) {
  const auto in_time = [this](const auto& command) {
    return command.second + options_.deadline_ns > now_ns_;
  };
  const auto count = std::count_if(out_[nexus].begin(), out_[nexus].end(), in_time);
  worst_nexus_in_time_ = std::max(worst_nexus_in_time_, static_cast<std::size_t>(count));
}

void Simulation::Step(const health::Event& event) {
  core_.Step(now_ns_, event, actions_);
  const std::vector<health::Action> list = std::exchange(actions_.list, {});
  for (const health::Action& action : list) {
    const auto* start = std::get_if<health::StartCheck>(&action);
    if (start == nullptr) continue;
    const auto answer = fabric_.Send(now_ns_, start->path, scsi::TestUnitReady());
    if (answer.when_ns != health::kNever) {
      replies_.push({answer.when_ns, start->command, start->path, answer});
    }
    const health::NexusId nexus = NexusOf(start->path);
    out_[nexus][start->command] = now_ns_;
    CountInTime(nexus);
    if (now_ns_ > options_.interval_ns) {
      worst_lateness_ns_ = std::max(worst_lateness_ns_, start->late_ns);
    }
  }
}

}  // namespace pathwatch::sim

#include "lib/health/admission.h"

#include <algorithm>

#include "lib/health/grow.h"

namespace pathwatch::health {

DurationNs BackOff(const Options& options, std::uint32_t step) {
  const DurationNs pause = options.back_off_first_ns << std::min<std::uint32_t>(step, 16);
  return std::min(pause, options.back_off_max_ns);
}

void Admission::SetHost(HostId host, std::uint32_t can_queue) {
  GrowTo(hosts_, host);
  Host& entry = hosts_[host];
  entry.can_queue = can_queue;
  // can_queue 0: a driver that doesn't say; then only our own limit counts.
  const std::uint32_t share =
      can_queue == 0 ? options_.host_commands_max : can_queue / options_.host_queue_divisor;
  entry.commands_max = std::clamp<std::uint32_t>(share, 1, options_.host_commands_max);
  entry.ceiling =
      std::max(entry.commands_max, can_queue == 0 ? 2 * options_.host_commands_max : can_queue / 2);
}

void Admission::OptionsChanged(TimeNs now_ns) {
  for (HostId host = 0; host < hosts_.size(); ++host) SetHost(host, hosts_[host].can_queue);
  for (NexusId nexus = 0; nexus < nexuses_.size(); ++nexus) {
    if (nexuses_[nexus].host != kNone) Sort(nexus, now_ns);
  }
}

void Admission::SetNexus(NexusId nexus, HostId host) {
  GrowTo(nexuses_, nexus);
  nexuses_[nexus] = Nexus{};
  nexuses_[nexus].host = host;
}

Wait Admission::Enqueue(PathId path, NexusId nexus, bool first, TimeNs now_ns) {
  GrowTo(waiting_, path);
  Nexus& entry = nexuses_[nexus];
  Wait wait = NexusWait(entry, now_ns);
  if (wait == Wait::kNone && !HostHasRoom(hosts_[entry.host])) wait = Wait::kHostLimit;
  if (first) {
    entry.line.PushFront(waiting_, path);
  } else {
    entry.line.PushBack(waiting_, path);
  }
  Sort(nexus, now_ns);
  return wait;
}

void Admission::Withdraw(PathId path, NexusId nexus) {
  if (path >= waiting_.size() || !waiting_[path].link.linked) return;
  Nexus& entry = nexuses_[nexus];
  entry.line.Remove(waiting_, path);
  if (entry.line.empty() && entry.ready.linked) hosts_[entry.host].ready.Remove(nexuses_, nexus);
}

PathId Admission::Next(HostId host, CommandId command, TimeNs now_ns) {
  Host& entry = hosts_[host];
  if (entry.ready.empty() || !HostHasRoom(entry)) return kNone;
  const NexusId nexus_id = entry.ready.PopFront(nexuses_);
  Nexus& nexus = nexuses_[nexus_id];
  const PathId path = nexus.line.PopFront(waiting_);
  ++nexus.out;
  ++entry.out;
  if (nexus.silent) nexus.probe = command;
  Sort(nexus_id, now_ns);
  return path;
}

bool Admission::Overdue(NexusId nexus, CommandId command, TimeNs now_ns) {
  Nexus& entry = nexuses_[nexus];
  ++entry.overdue;
  ++hosts_[entry.host].overdue;
  const bool begins = !entry.silent && entry.overdue >= options_.nexus_silent_after &&
                      entry.last_answered < command;
  if (begins) {
    entry.silent = true;
    entry.silent_since = command;
  }
  Sort(nexus, now_ns);
  return begins;
}

bool Admission::Returned(NexusId nexus, CommandId command, bool overdue, Answer answer,
                         TimeNs now_ns) {
  Nexus& entry = nexuses_[nexus];
  Host& host = hosts_[entry.host];
  --entry.out;
  --host.out;
  entry.overdue -= overdue;
  host.overdue -= overdue;
  if (entry.probe == command) entry.probe = 0;
  if (answer == Answer::kAnswered) entry.last_answered = std::max(entry.last_answered, command);
  const bool ends = entry.silent && answer == Answer::kAnswered && command > entry.silent_since;
  if (ends) {
    entry.silent = false;
    entry.probe = 0;
    entry.hold_until_ns = 0;
    entry.back_off_step = 0;
  } else if (entry.silent && answer == Answer::kTimedOut && now_ns >= entry.hold_until_ns) {
    entry.hold_until_ns = now_ns + BackOff(options_, entry.back_off_step);
    entry.back_off_step = static_cast<std::uint8_t>(std::min(entry.back_off_step + 1, 16));
  }
  Sort(nexus, now_ns);
  return ends;
}

void Admission::EndBackOff(NexusId nexus, TimeNs now_ns) {
  nexuses_[nexus].hold_until_ns = 0;
  Sort(nexus, now_ns);
}

void Admission::CapBackOff(NexusId nexus, TimeNs latest_ns) {
  nexuses_[nexus].hold_until_ns = std::min(nexuses_[nexus].hold_until_ns, latest_ns);
}

std::uint32_t Admission::Share(std::uint32_t limit, std::uint32_t overdue) {
  return std::max<std::uint32_t>(1, limit - std::min(overdue, limit / 2));
}

Wait Admission::NexusWait(const Nexus& nexus, TimeNs now_ns) const {
  if (nexus.silent) {
    if (nexus.probe != 0) return Wait::kNexusSilent;
    return now_ns < nexus.hold_until_ns ? Wait::kBackOff : Wait::kNone;
  }
  const bool room = nexus.out - nexus.overdue < Share(options_.nexus_commands_max, nexus.overdue);
  return room ? Wait::kNone : Wait::kNexusLimit;
}

bool Admission::HostHasRoom(const Host& host) const {
  return host.out < host.ceiling &&
         host.out - host.overdue < Share(host.commands_max, host.overdue);
}

void Admission::Sort(NexusId nexus, TimeNs now_ns) {
  Nexus& entry = nexuses_[nexus];
  const bool ready = !entry.line.empty() && NexusWait(entry, now_ns) == Wait::kNone;
  if (ready == entry.ready.linked) return;
  auto& queue = hosts_[entry.host].ready;
  if (ready) {
    queue.PushBack(nexuses_, nexus);
  } else {
    queue.Remove(nexuses_, nexus);
  }
}

}  // namespace pathwatch::health

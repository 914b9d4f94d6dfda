#include "lib/passthrough/fabric_story.h"

#include <algorithm>
#include <iterator>

namespace pathwatch::passthrough {
namespace {

using health::DurationNs;
using health::TimeNs;

// The finalizer of splitmix64: every bit of the result depends on every bit of the input.
std::uint64_t Mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

// A number in [0, 1); the lowest bits of a draw are left for other questions.
double Fraction(std::uint64_t draw) { return static_cast<double>(draw >> 11) * 0x1p-53; }

// From [0, 2^64) to [0, limit).
std::uint64_t Scale(std::uint64_t draw, std::uint64_t limit) {
  return static_cast<std::uint64_t>(static_cast<unsigned __int128>(draw) * limit >> 64);
}

}  // namespace

FabricStory::FabricStory(const FabricOptions& options, std::uint32_t nexuses)
    : options_(options),
      transition_ns_(std::min(options.story.transition_ns, options.episode_ns / 4)) {
  for (std::size_t purpose = 0; purpose < kPurposes; ++purpose) {
    salts_[purpose] = Mix(options.seed ^ (std::uint64_t{purpose + 1} << 56));
  }
  for (std::uint32_t array = 0; array < kArrays; ++array) {
    array_shifts_[array] = Shift(kArrayShift, array);
  }
  for (std::uint32_t nexus = 0; nexus < nexuses; ++nexus) {
    nexus_shifts_.push_back(Shift(kNexusShift, nexus));
  }
}

std::uint64_t FabricStory::Draw(Purpose purpose, std::uint64_t first, std::uint64_t second) const {
  return Mix(Mix(salts_[purpose] ^ first) ^ second);
}

DurationNs FabricStory::Shift(Purpose purpose, std::uint32_t of) const {
  return static_cast<DurationNs>(
      Scale(Draw(purpose, of, 0), static_cast<std::uint64_t>(options_.episode_ns)));
}

Episode FabricStory::EpisodeAt(TimeNs now_ns, DurationNs shift) const {
  const TimeNs begin_ns = options_.start_ns - shift;
  const std::int64_t number = (now_ns - begin_ns) / options_.episode_ns;
  return {number, begin_ns + number * options_.episode_ns};
}

TimeNs FabricStory::Held(TimeNs now_ns) const { return std::min(now_ns, hold_ns_); }

std::uint64_t FabricStory::Chance(std::uint32_t path, TimeNs now_ns) const {
  return Draw(kCommands, path, static_cast<std::uint64_t>(now_ns));
}

PathFault FabricStory::PathFaultAt(TimeNs now_ns, std::uint32_t path) const {
  if (options_.faulty_paths <= 0) return PathFault::kNone;
  const auto episode =
      static_cast<std::uint64_t>(EpisodeAt(Held(now_ns), Shift(kPathShift, path)).number);
  if (Fraction(Draw(kPathFaults, path, episode)) >= options_.faulty_paths) return PathFault::kNone;
  constexpr PathFault kKinds[] = {
      PathFault::kSilent,   PathFault::kNoConnect, PathFault::kStandby, PathFault::kUnavailable,
      PathFault::kUnmapped, PathFault::kAttention, PathFault::kSlow};
  return kKinds[Draw(kPathKinds, path, episode) % std::size(kKinds)];
}

LinkFault FabricStory::LinkFaultAt(TimeNs now_ns, std::uint32_t nexus) const {
  const double silent = options_.silent_nexuses;
  const double flapping = options_.story.flapping_nexuses;
  if (silent + flapping <= 0) return {};
  const TimeNs time = Held(now_ns);
  const Episode episode = EpisodeAt(time, nexus_shifts_[nexus]);
  const std::uint64_t draw = Draw(kNexusFaults, nexus, static_cast<std::uint64_t>(episode.number));
  const double fraction = Fraction(draw);
  const bool noticed = (draw & 1) != 0;
  if (fraction < silent) return {LinkFault::Kind::kSilent, noticed};
  if (fraction >= silent + flapping) return {};
  const bool down = (time - episode.begin_ns) / options_.story.flap_ns % 2 == 0;
  return down ? LinkFault{LinkFault::Kind::kDown, noticed} : LinkFault{};
}

std::uint64_t FabricStory::ArrayDraw(std::uint32_t array, std::int64_t episode) const {
  return Draw(kArrayFaults, array, static_cast<std::uint64_t>(episode));
}

Failover FabricStory::FailoverIn(TimeNs now_ns, std::uint32_t array) const {
  using Phase = Failover::Phase;
  Failover failover;
  failover.episode = EpisodeAt(now_ns, array_shifts_[array]);
  if (options_.story.failovers <= 0) return failover;
  const std::uint64_t draw = ArrayDraw(array, failover.episode.number);
  if (Fraction(draw) >= options_.story.failovers) return failover;
  failover.controller = static_cast<std::uint32_t>(draw & 1);
  const DurationNs age = now_ns - failover.episode.begin_ns;
  const auto begin = [&](Phase phase, DurationNs after) {
    if (age < after) return;
    failover.phase = phase;
    failover.since_ns = failover.episode.begin_ns + after;
  };
  begin(Phase::kLeaving, 0);
  begin(Phase::kAway, transition_ns_);
  begin(Phase::kRestarted, options_.episode_ns / 2);
  begin(Phase::kReturning, options_.episode_ns - transition_ns_);
  return failover;
}

Failover FabricStory::FailoverAt(TimeNs now_ns, std::uint32_t array) const {
  using Phase = Failover::Phase;
  if (now_ns <= hold_ns_) return FailoverIn(now_ns, array);
  Failover held = FailoverIn(hold_ns_, array);
  // A transition that is on its way still ends.
  const TimeNs end = held.since_ns + transition_ns_;
  const bool in_transition = held.phase == Phase::kLeaving || held.phase == Phase::kReturning;
  if (in_transition && now_ns >= end) {
    held.phase = held.phase == Phase::kLeaving ? Phase::kAway : Phase::kNone;
    held.since_ns = end;
  }
  return held;
}

bool FabricStory::FailoverMoved(TimeNs then_ns, std::uint32_t array,
                                const Failover& failover) const {
  if (options_.story.failovers <= 0) return false;
  const TimeNs then = std::max(then_ns, options_.start_ns);
  if (failover.since_ns != 0) return failover.since_ns > then;
  // All is quiet: since the end of the last episode that was not.
  Episode episode = failover.episode;
  for (; episode.begin_ns > then; --episode.number, episode.begin_ns -= options_.episode_ns) {
    if (Fraction(ArrayDraw(array, episode.number - 1)) < options_.story.failovers) return true;
  }
  return false;
}

bool FabricStory::FormattedIn(const Episode& episode, std::uint32_t unit) const {
  if (options_.story.formatted_units <= 0) return false;
  const auto number = static_cast<std::uint64_t>(episode.number);
  return Fraction(Draw(kUnitFaults, unit, number)) < options_.story.formatted_units;
}

bool FabricStory::Changed(TimeNs now_ns, Purpose purpose, std::uint32_t path,
                          double fraction) const {
  if (fraction <= 0 || Fraction(Draw(purpose, path, 0)) >= fraction) return false;
  const double when = Fraction(Draw(purpose, path, 1));
  const TimeNs moment =
      options_.start_ns +
      static_cast<DurationNs>(when * static_cast<double>(options_.story.changes_within_ns));
  return moment <= now_ns && moment <= hold_ns_ - options_.story.changes_room_ns;
}

bool FabricStory::RemappedAt(TimeNs now_ns, std::uint32_t path) const {
  return Changed(now_ns, kRemapped, path, options_.story.remapped_paths);
}

bool FabricStory::Lun0UnmappedAt(TimeNs now_ns, std::uint32_t path) const {
  return Changed(now_ns, kUnmapped, path, options_.story.unmapped_lun0);
}

bool FabricStory::SilentAt(TimeNs now_ns, std::uint32_t path, std::uint32_t nexus) const {
  return LinkFaultAt(now_ns, nexus).kind == LinkFault::Kind::kSilent ||
         PathFaultAt(now_ns, path) == PathFault::kSilent;
}

TimeNs FabricStory::EndOfSilence(TimeNs now_ns, std::uint32_t path, std::uint32_t nexus) const {
  // Silence can only end where an episode of the path or of its nexus does.
  const DurationNs path_shift = Shift(kPathShift, path);
  const DurationNs nexus_shift = nexus_shifts_[nexus];
  TimeNs time = now_ns;
  while (time < hold_ns_ && SilentAt(time, path, nexus)) {
    time = std::min(EpisodeAt(time, path_shift).begin_ns, EpisodeAt(time, nexus_shift).begin_ns) +
           options_.episode_ns;
    // A fabric in which silence never ends.
    if (time - now_ns > 1'000 * options_.episode_ns) return health::kNever;
  }
  return SilentAt(time, path, nexus) ? health::kNever : time;
}

}  // namespace pathwatch::passthrough

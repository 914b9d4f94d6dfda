#include "lib/passthrough/fabric.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace pathwatch::passthrough {
namespace {

using health::DurationNs;
using health::TimeNs;

// Keeps draws for different purposes apart.
enum Purpose : std::uint64_t {
  kPathFaults = 1,
  kPathKinds,
  kPathShift,
  kNexusFaults,
  kNexusShift,
  kLatency,
  kAttentions,
};

// The finalizer of splitmix64: every bit of the result depends on every bit of the input.
std::uint64_t Mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

}  // namespace

Fabric::Fabric(const FabricOptions& options) : options_(options) {
  const std::uint32_t wanted =
      (options.paths + options.paths_per_host_max - 1) / options.paths_per_host_max;
  const std::uint32_t groups =
      std::max<std::uint32_t>(1, (wanted + options.paths_per_lun - 1) / options.paths_per_lun);
  hosts_ = groups * options.paths_per_lun;
}

Fabric::Place Fabric::PlaceOf(std::uint32_t path) const {
  const std::uint32_t unit = path / options_.paths_per_lun;
  const std::uint32_t leg = path % options_.paths_per_lun;
  const std::uint32_t groups = hosts_ / options_.paths_per_lun;
  Place place;
  place.host = (unit % groups) * options_.paths_per_lun + leg;
  place.target = (unit / groups) % options_.targets_per_host;
  place.lun = unit / groups / options_.targets_per_host;
  // NAA 6, locally made: a company id that nobody has, then the number of the unit.
  place.wwid = absl::StrFormat("36000000000000000%016x", unit);
  return place;
}

Fabric::Answer Fabric::Send(TimeNs now_ns, std::uint32_t path, const scsi::Cdb&) const {
  const std::uint64_t draw = Draw(kLatency, path, static_cast<std::uint64_t>(now_ns));
  const auto range = static_cast<std::uint64_t>(options_.latency_max_ns - options_.latency_min_ns);
  const DurationNs latency =
      options_.latency_min_ns + static_cast<DurationNs>(range == 0 ? 0 : draw % range);
  Answer answer;
  answer.when_ns = now_ns + latency;
  const auto sense = [&answer](std::uint8_t key, std::uint8_t asc, std::uint8_t ascq) {
    answer.status = 0x02;
    answer.sense_key = key;
    answer.asc = asc;
    answer.ascq = ascq;
  };
  switch (FaultAt(now_ns, path)) {
    case Fault::kNone:
      break;
    case Fault::kSilent: {
      const TimeNs end = EndOfSilence(now_ns, path);
      answer.when_ns = end == health::kNever ? end : end + latency;
      break;
    }
    case Fault::kNoConnect:
      answer.host_status = 0x01;
      break;
    case Fault::kStandby:
      sense(0x2, 0x04, 0x0b);
      break;
    case Fault::kUnavailable:
      sense(0x2, 0x04, 0x0c);
      break;
    case Fault::kUnmapped:
      sense(0x5, 0x25, 0x00);
      break;
    case Fault::kAttention:
      if (Draw(kAttentions, path, static_cast<std::uint64_t>(now_ns)) % 8 == 0) {
        sense(0x6, 0x29, 0x00);
      }
      break;
    case Fault::kSlow:
      answer.when_ns += health::kSecond;
      break;
  }
  return answer;
}

health::State Fabric::Truth(TimeNs now_ns, std::uint32_t path) const {
  switch (FaultAt(now_ns, path)) {
    case Fault::kSilent:
      return health::State::kNoAnswer;
    case Fault::kNoConnect:
      return health::State::kDown;
    case Fault::kStandby:
      return health::State::kGhost;
    case Fault::kUnavailable:
      return health::State::kUnavailable;
    case Fault::kUnmapped:
      return health::State::kUnmapped;
    case Fault::kNone:
    case Fault::kAttention:
    case Fault::kSlow:
      break;
  }
  return health::State::kUp;
}

std::uint64_t Fabric::Draw(std::uint64_t purpose, std::uint64_t first, std::uint64_t second) const {
  return Mix(Mix(Mix(options_.seed ^ (purpose << 56)) ^ first) ^ second);
}

bool Fabric::Chance(double fraction, std::uint64_t draw) const {
  return static_cast<double>(draw >> 11) * 0x1p-53 < fraction;
}

std::int64_t Fabric::Episode(TimeNs now_ns, std::uint64_t shift) const {
  const auto length = static_cast<std::uint64_t>(options_.episode_ns);
  return (std::min(now_ns, hold_ns_) + static_cast<TimeNs>(shift % length)) / options_.episode_ns;
}

std::uint32_t Fabric::NexusOf(std::uint32_t path) const {
  const std::uint32_t unit = path / options_.paths_per_lun;
  const std::uint32_t groups = hosts_ / options_.paths_per_lun;
  const std::uint32_t host =
      (unit % groups) * options_.paths_per_lun + path % options_.paths_per_lun;
  return host * options_.targets_per_host + (unit / groups) % options_.targets_per_host;
}

bool Fabric::NexusSilent(TimeNs now_ns, std::uint32_t nexus) const {
  const std::int64_t episode = Episode(now_ns, Draw(kNexusShift, nexus, 0));
  return Chance(options_.silent_nexuses,
                Draw(kNexusFaults, nexus, static_cast<std::uint64_t>(episode)));
}

Fabric::Fault Fabric::PathFault(TimeNs now_ns, std::uint32_t path) const {
  const auto episode = static_cast<std::uint64_t>(Episode(now_ns, Draw(kPathShift, path, 0)));
  if (!Chance(options_.faulty_paths, Draw(kPathFaults, path, episode))) return Fault::kNone;
  constexpr Fault kKinds[] = {Fault::kSilent,      Fault::kNoConnect, Fault::kStandby,
                              Fault::kUnavailable, Fault::kUnmapped,  Fault::kAttention,
                              Fault::kSlow};
  return kKinds[Draw(kPathKinds, path, episode) % std::size(kKinds)];
}

Fabric::Fault Fabric::FaultAt(TimeNs now_ns, std::uint32_t path) const {
  if (NexusSilent(now_ns, NexusOf(path))) return Fault::kSilent;
  return PathFault(now_ns, path);
}

TimeNs Fabric::EndOfSilence(TimeNs now_ns, std::uint32_t path) const {
  // Silence can only end where an episode of the path or of its nexus does.
  const auto end_of_episode = [this](TimeNs time, std::uint64_t shift) {
    const auto offset =
        static_cast<TimeNs>(shift % static_cast<std::uint64_t>(options_.episode_ns));
    return ((time + offset) / options_.episode_ns + 1) * options_.episode_ns - offset;
  };
  const std::uint64_t path_shift = Draw(kPathShift, path, 0);
  const std::uint64_t nexus_shift = Draw(kNexusShift, NexusOf(path), 0);
  TimeNs time = now_ns;
  while (time < hold_ns_ && FaultAt(time, path) == Fault::kSilent) {
    time = std::min(end_of_episode(time, path_shift), end_of_episode(time, nexus_shift));
    // A fabric in which silence never ends.
    if (time - now_ns > 1'000 * options_.episode_ns) return health::kNever;
  }
  return FaultAt(time, path) == Fault::kSilent ? health::kNever : time;
}

}  // namespace pathwatch::passthrough

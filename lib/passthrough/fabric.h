// A model of a storage fabric: what each command is answered, and when, as a pure function of
// the seed and the time. The daemon runs it in real time for the demo, tests in virtual time.
//
// Time is cut into episodes, a little shifted for each path; in each episode a path, or a whole
// I_T nexus, may have a fault. Faults are options: with a fraction of 0 they never happen.
//
// Thread rule: immutable after construction but for Hold(); any thread.
#ifndef PATHWATCH_LIB_PASSTHROUGH_FABRIC_H_
#define PATHWATCH_LIB_PASSTHROUGH_FABRIC_H_

#include <cstdint>
#include <string>

#include "lib/health/state.h"
#include "lib/health/time.h"
#include "lib/scsi/cdb.h"

namespace pathwatch::passthrough {

struct FabricOptions {
  std::uint64_t seed = 1;
  std::uint32_t paths = 1'000;
  std::uint32_t paths_per_lun = 4;           // each through a host of its own
  std::uint32_t targets_per_host = 4;        // I_T nexuses per host
  std::uint32_t paths_per_host_max = 4'096;  // more hosts are made for more paths
  std::uint32_t can_queue = 1'024;

  health::DurationNs latency_min_ns = 200'000;
  health::DurationNs latency_max_ns = 2'000'000;

  health::DurationNs episode_ns = 20 * health::kSecond;
  double faulty_paths = 0.02;    // of the paths, in each episode
  double silent_nexuses = 0.02;  // of the nexuses, in each episode
};

class Fabric {
 public:
  // Where a path is, in the kernel's words.
  struct Place {
    std::uint32_t host = 0;
    std::uint32_t channel = 0;
    std::uint32_t target = 0;
    std::uint64_t lun = 0;
    std::string wwid;  // of its logical unit
  };

  // The answer to one command.
  struct Answer {
    health::TimeNs when_ns = health::kNever;  // kNever: none as long as the fault lasts
    std::uint8_t status = 0;                  // SAM-5
    std::uint16_t host_status = 0;            // DID_*
    std::uint8_t sense_key = 0;               // with CHECK CONDITION
    std::uint8_t asc = 0;
    std::uint8_t ascq = 0;
  };

  explicit Fabric(const FabricOptions& options);

  std::uint32_t paths() const { return options_.paths; }
  std::uint32_t hosts() const { return hosts_; }
  const FabricOptions& options() const { return options_; }
  // REQUIRES: path < paths(), here and below.
  Place PlaceOf(std::uint32_t path) const;

  // A command that reaches the path at `now_ns`. Any CDB is answered like TEST UNIT READY.
  Answer Send(health::TimeNs now_ns, std::uint32_t path, const scsi::Cdb& cdb) const;

  // The state that a perfect observer would see at `now_ns`.
  health::State Truth(health::TimeNs now_ns, std::uint32_t path) const;

  // From `when_ns` on nothing changes any more: faults hold still, so that what is observed can
  // be compared with the truth.
  void Hold(health::TimeNs when_ns) { hold_ns_ = when_ns; }

 private:
  enum class Fault : std::uint8_t {
    kNone,
    kSilent,       // no answer until the fault is over
    kNoConnect,    // DID_NO_CONNECT
    kStandby,      // 02/04/0B
    kUnavailable,  // 02/04/0C
    kUnmapped,     // 05/25/00
    kAttention,    // now and then a unit attention, otherwise well
    kSlow,         // seconds, but within any reasonable deadline
  };

  std::uint64_t Draw(std::uint64_t purpose, std::uint64_t first, std::uint64_t second) const;
  bool Chance(double fraction, std::uint64_t draw) const;
  // Number of the episode that `now_ns` is in, for something with that shift.
  std::int64_t Episode(health::TimeNs now_ns, std::uint64_t shift) const;
  std::uint32_t NexusOf(std::uint32_t path) const;
  bool NexusSilent(health::TimeNs now_ns, std::uint32_t nexus) const;
  Fault PathFault(health::TimeNs now_ns, std::uint32_t path) const;
  Fault FaultAt(health::TimeNs now_ns, std::uint32_t path) const;
  health::TimeNs EndOfSilence(health::TimeNs now_ns, std::uint32_t path) const;

  const FabricOptions options_;
  std::uint32_t hosts_;
  health::TimeNs hold_ns_ = health::kNever;
};

}  // namespace pathwatch::passthrough

#endif  // PATHWATCH_LIB_PASSTHROUGH_FABRIC_H_

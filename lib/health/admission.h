// Who may send a command now: limits per I_T nexus and per host, and silent nexuses.
//
// Commands past their deadline ("overdue") stay out, since nothing can be withdrawn. They may
// hold at most half of a limit, so that the paths that do answer keep being checked. On a
// silent nexus only one probe is out at a time.
//
// Thread rule: none of its own; part of the core.
#ifndef PATHWATCH_LIB_HEALTH_ADMISSION_H_
#define PATHWATCH_LIB_HEALTH_ADMISSION_H_

#include <cstdint>
#include <vector>

#include "lib/health/ids.h"
#include "lib/health/index_queue.h"
#include "lib/health/options.h"
#include "lib/health/time.h"

namespace pathwatch::health {

// Why a path that was due has to wait.
enum class Wait : std::uint8_t {
  kNone = 0,
  kNexusLimit = 1,   // as many commands as allowed are out on its nexus
  kHostLimit = 2,    // ... on its host
  kNexusSilent = 3,  // the nexus is silent and its probe is out
  kBackOff = 4,      // the nexus is silent and its probe has timed out a short time ago
};

// How a command came back, as far as its nexus is concerned.
enum class Answer : std::uint8_t {
  kAnswered,  // a reply, whatever it says: the nexus is alive
  kTimedOut,  // the kernel gave up (DID_TIME_OUT)
  kNotSent,   // it never left: says nothing about the nexus
};

class Admission {
 public:
  // `options` is not owned.
  explicit Admission(const Options& options) : options_(options) {}

  // For a new id, or again with another limit.
  void SetHost(HostId host, std::uint32_t can_queue);
  // The options are others now.
  void OptionsChanged(TimeNs now_ns);
  // For an id that no path refers to. Starts with nothing known of it.
  void SetNexus(NexusId nexus, HostId host);

  // Puts the path in line (first = before the others of its nexus). REQUIRES: not in line.
  // Returns what it has to wait for, kNone if Next() may give it out at once.
  Wait Enqueue(PathId path, NexusId nexus, bool first, TimeNs now_ns);
  // Takes it out of line; nothing happens if it isn't.
  void Withdraw(PathId path, NexusId nexus);

  // Takes the next path of the host that may send its command now out of line, fairly among the
  // nexuses, and counts the command as out. kNone: nobody may.
  PathId Next(HostId host, CommandId command, TimeNs now_ns);

  // The command has passed its deadline. True if this makes the nexus silent.
  bool Overdue(NexusId nexus, CommandId command, TimeNs now_ns);
  // The command is back. True if this ends the silence of the nexus.
  bool Returned(NexusId nexus, CommandId command, bool overdue, Answer answer, TimeNs now_ns);

  // A silent nexus may send its next probe now, whatever its back-off says. The core also calls
  // it when the back-off is over.
  void EndBackOff(NexusId nexus, TimeNs now_ns);
  // Shortens the back-off of a silent nexus so that it ends at `latest_ns`.
  void CapBackOff(NexusId nexus, TimeNs latest_ns);
  // When a silent nexus may send its next probe; <= now if it needn't wait.
  TimeNs HoldUntil(NexusId nexus) const { return nexuses_[nexus].hold_until_ns; }

  HostId HostOf(NexusId nexus) const { return nexuses_[nexus].host; }
  bool Silent(NexusId nexus) const { return nexuses_[nexus].silent; }
  // 0 for a nexus that was never set.
  std::uint32_t NexusOut(NexusId nexus) const {
    return nexus < nexuses_.size() ? nexuses_[nexus].out : 0;
  }
  std::uint32_t HostOut(HostId host) const { return hosts_[host].out; }

 private:
  struct Waiting {
    Link link;
  };
  struct Nexus {
    Link ready;  // in its host's queue: has paths in line and room for one of them
    IndexQueue<Waiting, &Waiting::link> line;
    HostId host = kNone;
    std::uint32_t out = 0;
    std::uint32_t overdue = 0;
    CommandId last_answered = 0;  // the latest command that was answered
    CommandId silent_since = 0;   // an answer to a later command than this ends the silence
    CommandId probe = 0;          // the probe that is out; 0 = none
    TimeNs hold_until_ns = 0;
    std::uint8_t back_off_step = 0;
    bool silent = false;
  };
  struct Host {
    IndexQueue<Nexus, &Nexus::ready> ready;
    std::uint32_t can_queue = 0;     // as SetHost was told
    std::uint32_t commands_max = 1;  // the limit
    std::uint32_t ceiling = 1;       // never more than this, silent ones included
    std::uint32_t out = 0;
    std::uint32_t overdue = 0;
  };

  // How many commands that are not overdue may be out under `limit`.
  static std::uint32_t Share(std::uint32_t limit, std::uint32_t overdue);
  Wait NexusWait(const Nexus& nexus, TimeNs now_ns) const;
  bool HostHasRoom(const Host& host) const;
  // Puts the nexus into, or takes it out of, its host's ready queue.
  void Sort(NexusId nexus, TimeNs now_ns);

  const Options& options_;
  std::vector<Waiting> waiting_;  // by PathId
  std::vector<Nexus> nexuses_;
  std::vector<Host> hosts_;
};

// The pause after the `step`-th kernel timeout in a row (0 = the first): doubles up to the
// maximum.
DurationNs BackOff(const Options& options, std::uint32_t step);

}  // namespace pathwatch::health

#endif  // PATHWATCH_LIB_HEALTH_ADMISSION_H_

// A small world around the core: devices that answer as the test tells them, time that the test
// moves, and a trace that reads as a story.
//
//   World world;
//   world.Host(0, 192);
//   world.Path(0, {.nexus = 0, .lun = 0});
//   world.Elapse(10'000);                       // milliseconds
//   EXPECT_EQ(world.Trace(), "0 check 0\n1 path 0: unknown -> up\n...");
#ifndef PATHWATCH_TESTS_HEALTH_WORLD_H_
#define PATHWATCH_TESTS_HEALTH_WORLD_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/health/core.h"
#include "lib/scsi/reply.h"

namespace pathwatch::health {

// How a device treats every command that reaches it from now on.
struct Behaviour {
  std::int64_t delay_ms = 1;
  scsi::Reply reply;     // all zero: GOOD
  bool silent = false;   // the command stays out until World::Return
  bool can_open = true;  // false: the node cannot be opened, reply.error says why
  std::vector<std::uint8_t> data = {};
};

Behaviour Good(std::int64_t delay_ms = 1);
Behaviour Silent();
Behaviour HostStatus(std::uint16_t host_status);
Behaviour Errno(int error);
Behaviour Status(std::uint8_t status);
// CHECK CONDITION with fixed format sense.
Behaviour Sense(std::uint8_t key, std::uint8_t asc, std::uint8_t ascq);
// GOOD with these bytes, cut to what the command asks for.
Behaviour Data(std::vector<std::uint8_t> data);

// The default options, but what is not asked for is not read: neither identities nor groups.
Options Unrefreshed();

class World {
 public:
  struct Place {
    NexusId nexus = 0;
    LunId lun = 0;
    HostId host = 0;
    // Asymmetric access: none, unless a test says otherwise.
    std::uint8_t tpgs = 0;
    std::optional<std::uint16_t> group = std::nullopt;
    scsi::LogicalUnitIdentity identity = {};
    std::uint64_t lun_number = 0;
    PolicyId policy = kDefaultPolicy;
  };

  explicit World(const Options& options = Unrefreshed()) : core_(options) {}

  void Host(HostId host, std::uint32_t can_queue);
  void Path(PathId path, const Place& place, std::optional<Standing> restored = std::nullopt);
  void Gone(PathId path, ReasonKind reason = ReasonKind::kDeleted);
  void Now(PathId path);                        // CheckNow
  void Doubt(PathId path);                      // PathDoubted
  void Accept(PathId path, LunId lun);          // AcceptIdentity
  void Move(PathId path, LunId lun);            // PathMoved
  void Set(const Options& options);             // OptionsSet
  void Set(PolicyId id, const Policy& policy);  // PolicySet
  void Assign(PathId path, PolicyId policy);    // PolicyAssigned
  // How the path treats checks, and every other command that has no treatment of its own.
  void Behave(PathId path, const Behaviour& behaviour) { behaviours_[path] = behaviour; }
  // How it treats commands with that operation code ("inquiry", "page", "groups", "luns").
  void Behave(PathId path, const std::string& command, const Behaviour& behaviour) {
    errands_[{path, command}] = behaviour;
  }
  // What the kernel says of its transport from now on; kReady at first.
  void Transport(PathId path, DeviceCondition condition) { conditions_[path] = condition; }
  // The silent command of the path comes back.
  void Return(PathId path, const Behaviour& with);

  // Moves time, answering commands as told. Ends exactly `ms` later.
  void Elapse(std::int64_t ms);

  // Lines since the last call: "TIME_MS check PATH", "TIME_MS inquiry|page|groups|luns PATH",
  // "TIME_MS path PATH: FROM -> TO [scope]",
  // "TIME_MS nexus N silent|answers", "TIME_MS rescan PATH", "TIME_MS forget PATH".
  std::string Trace();
  // The same without the commands.
  std::string Story();
  // Times at which the path was checked, since the last call of ChecksOf for it, in ms.
  std::vector<std::int64_t> ChecksOf(PathId path);

  State state(PathId path) const { return core_.path(path).standing.state; }
  const Core& core() const { return core_; }
  std::int64_t now_ms() const { return now_ / kMillisecond; }
  // The kernel's timeout of the path's last command.
  std::uint32_t timeout_ms(PathId path) { return timeouts_[path]; }
  // Commands out per nexus at the worst moment so far.
  std::uint32_t worst_nexus_out(NexusId nexus) { return worst_nexus_out_[nexus]; }
  std::uint32_t worst_host_out(HostId host) { return worst_host_out_[host]; }

 private:
  struct Out {
    PathId path;
    CommandId command;
    Behaviour behaviour;
    std::uint32_t data_length = 0;
  };

  void Step(const Event& event);
  void Say(const std::string& text, bool check = false);
  void CarryOut(const Action& action);
  void Start(const StartCommand& start);
  void Complete(const Out& out);

  Core core_;
  Actions actions_;
  TimeNs now_ = 0;
  std::map<PathId, Behaviour> behaviours_;
  std::map<std::pair<PathId, std::string>, Behaviour> errands_;
  std::map<PathId, DeviceCondition> conditions_;
  std::multimap<TimeNs, Out> pending_;
  std::map<PathId, Out> silent_;
  std::map<PathId, Place> places_;
  std::map<PathId, std::vector<std::int64_t>> checks_;
  std::map<PathId, std::uint32_t> timeouts_;
  std::map<NexusId, std::uint32_t> worst_nexus_out_;
  std::map<HostId, std::uint32_t> worst_host_out_;
  std::string trace_;
  std::string story_;
};

}  // namespace pathwatch::health

#endif  // PATHWATCH_TESTS_HEALTH_WORLD_H_

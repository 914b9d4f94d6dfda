// pathwatchd: wires discovery, the core, the passthrough and the published state to one loop.
//
// Thread rule: one thread.
#ifndef PATHWATCH_SERVICE_DAEMON_DAEMON_H_
#define PATHWATCH_SERVICE_DAEMON_DAEMON_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/discovery/dm_uevent.h"
#include "lib/discovery/uevent_source.h"
#include "lib/health/core.h"
#include "lib/passthrough/fabric.h"
#include "lib/publish/previous_state.h"
#include "lib/publish/run_directory.h"
#include "lib/ring/loop.h"
#include "lib/ring/signals.h"
#include "service/daemon/checks.h"
#include "service/daemon/control.h"
#include "service/daemon/device_source.h"
#include "service/daemon/inventory.h"
#include "service/daemon/live_configuration.h"
#include "service/daemon/log.h"
#include "service/daemon/options.h"
#include "service/daemon/policies.h"
#include "service/daemon/publication.h"
#include "service/daemon/query/requests.h"
#include "service/daemon/query_socket.h"
#include "service/daemon/rescan.h"
#include "service/left_out.h"

namespace pathwatch::service {

class Daemon final : private CheckListener,
                     private RescanListener,
                     private ControlHandler,
                     private ConfigurationListener,
                     private discovery::UeventReceiver,
                     private Requests {
 public:
  // Takes the lock on the run directory (waiting for a daemon that is just ending), sets the loop
  // up and reads what the daemon before has published. On failure the status says what is missing
  // and the remedy.
  static absl::StatusOr<std::unique_ptr<Daemon>> Create(const DaemonOptions& options);
  ~Daemon();

  // Runs until SIGTERM, SIGINT or the end of DaemonOptions::run_for_ns.
  absl::Status Run();

  // What a simulated fabric really is like, for the time that Run() has ended at.
  // REQUIRES: DaemonOptions::simulated_paths > 0.
  health::StateCounts Truth() const;

 private:
  Daemon(const DaemonOptions& options, publish::RunDirectory run_directory,
         std::unique_ptr<ring::Loop> loop);
  absl::Status Start();
  void MakeDevices();
  absl::Status WatchSignals();

  // Events.
  void OnSignal(int number);
  void OnReached(health::PathId path, const Way& way) override;
  void OnCheckDone(const health::CommandDone& done) override;
  void OnScanned(absl::StatusOr<discovery::Snapshot> snapshot) override;
  void OnRequest(const Request& request) override;
  void OnControlProblem(const std::string& sentence) override;
  void OnUevent(std::span<const std::byte> datagram) override;
  void OnUeventsLost() override;
  void OnUeventsEnded(const absl::Status& status) override;
  void OnConfigured() override;
  void OnReloadEnded() override;
  void OnWake(std::int64_t now_ns);
  void OnHeartbeat(std::int64_t now_ns);
  void OnRescan(std::int64_t now_ns);
  void OnEnd(std::int64_t now_ns);
  // It was to happen at `due_ns`.
  void NoteLag(std::int64_t due_ns, std::int64_t now_ns);
  void CountChanges(const Inventory::Changes& changes);
  DaemonCounters Counters() const;

  // Lets the core take the event, and those that its actions lead to, and carries its actions out.
  void Tell(const health::Event& event);
  void CarryOut(const health::Action& action);
  void Do(const health::StartCommand& action);
  void Do(const health::LookAtTransport& action);
  void Do(const health::PortGroupsUpdated& action);
  void Do(const health::PathUpdated& action);
  void Do(const health::StateChanged& action);
  void Do(const health::NexusSilence& action);
  void Do(const health::RescanWanted& action);
  void Do(const health::Forget& action);

  // What the socket io.pathwatch asks for.
  void CheckNow(const discovery::Hctl& path) override;
  std::int64_t deadline_ns() const override;
  absl::Status AcceptIdentity(const discovery::Hctl& path, const query::Caller& caller) override;
  std::uint64_t Reload(const query::Caller& caller) override;
  Reloads reloads() const override;

  // Null, and a line in the log, if there is no such path.
  const KnownPath* Requested(const discovery::Hctl& path);
  // `who`: "an operator". On failure there is no other identity to accept.
  absl::Status Accept(const KnownPath& path, const std::string& who);
  void TellOfDm(const KnownPath& path, const discovery::DmPathUevent& uevent);
  void DoubtAllDisks();
  void DoubtAfterStandstill(std::int64_t late_ns);
  void TellChanges(const Inventory::Changes& changes);
  const pw_path_record* RecordBefore(const discovery::DiscoveredPath& facts) const;
  health::PathFound FoundEvent(const KnownPath& path) const;
  void ReportScan(const discovery::Snapshot& snapshot);
  absl::Status OpenPublication();
  // The first scan, or one with other rules.
  void Scan();
  void RequestScan();
  const config::Configuration& configuration() const { return live_.now(); }
  // The policy of the path, of which the core hears if it is new.
  health::PolicyId AssignPolicy(const KnownPath& path);
  void AssignPolicyAgain(const KnownPath& path);
  std::string NameOf(health::PathId path) const;

  const DaemonOptions options_;
  const std::string run_dir_;
  publish::RunDirectory run_directory_;
  publish::Writer writer_;
  publish::PreviousState previous_;
  std::optional<passthrough::Fabric> fabric_;
  std::int64_t ended_ns_ = 0;
  absl::Status failure_;  // that ends Run()

  health::Core core_;
  health::Actions actions_;
  std::deque<health::Event> events_;
  bool telling_ = false;
  Inventory inventory_;
  std::set<discovery::Hctl> doubtful_;
  std::set<std::string> scan_remarks_;
  std::set<Way> ways_;  // that paths are reached
  LeftOut left_out_;    // by the last scan

  DaemonCounters counted_;  // of these only what nobody else counts
  std::int64_t heartbeat_due_ns_ = 0;

  // The loop is destroyed first: nothing calls back after it, see ~Daemon.
  std::unique_ptr<ring::Loop> loop_;
  std::unique_ptr<Log> log_;
  RateLimit problem_lines_{1};
  LiveConfiguration live_;
  Policies policies_;
  std::unique_ptr<ring::SignalSource> signals_;
  std::unique_ptr<discovery::UeventSource> uevents_;  // null: the fabric is simulated
  std::unique_ptr<ControlSocket> control_;
  std::unique_ptr<DeviceSource> source_;
  std::unique_ptr<Checks> checks_;
  std::unique_ptr<Publication> publication_;
  std::unique_ptr<Rescan> rescan_;
  std::unique_ptr<QuerySocket> query_;  // null until something is published
  ring::BoundTimer<Daemon, &Daemon::OnWake> wake_{*this};
  ring::BoundTimer<Daemon, &Daemon::OnHeartbeat> heartbeat_{*this};
  ring::BoundTimer<Daemon, &Daemon::OnRescan> rescan_timer_{*this};
  ring::BoundTimer<Daemon, &Daemon::OnEnd> end_{*this};
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_DAEMON_DAEMON_H_

#include "service/daemon/daemon.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <random>
#include <thread>
#include <utility>

#include "lib/checker/state_names.h"
#include "lib/discovery/hctl.h"
#include "lib/publish/boot_id.h"
#include "service/daemon/describe.h"
#include "service/daemon/group_name.h"
#include "service/daemon/local_source.h"
#include "service/daemon/record.h"
#include "service/daemon/settings.h"
#include "service/daemon/simulated_source.h"
#include "service/passthrough_text.h"
#include "service/version.h"

namespace pathwatch::service {
namespace {

using config::OptionId;
using health::kMillisecond;

// Half of the time after which readers may wonder; see proto/state_table.h.
constexpr std::int64_t kHeartbeatNs = 500 * kMillisecond;
// A loop that gets so late to a heartbeat was stopped or starved.
constexpr std::int64_t kStandstillNs = 2 * kHeartbeatNs;
// How long the last log lines may take when the daemon ends.
constexpr std::int64_t kLastLinesNs = 200 * kMillisecond;
// Kernel workers besides those that may sleep in a host's tag allocation.
constexpr std::uint32_t kOtherWorkers = 4;

void RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// Before the loop exists there is nothing else to do, so this may wait.
absl::StatusOr<publish::RunDirectory> TakeRunDirectory(const std::string& path) {
  bool said = false;
  for (;;) {
    auto taken = publish::RunDirectory::Take(path);
    if (!taken.ok()) return taken.status();
    if (auto* directory = std::get_if<publish::RunDirectory>(&*taken)) return std::move(*directory);
    if (!said) {
      std::fprintf(stderr, "%s\n", std::get<publish::HeldByEnding>(*taken).sentence.c_str());
    }
    said = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

publish::DeviceKey KeyOf(const discovery::DiscoveredPath& facts) {
  const discovery::Hctl& hctl = facts.hctl;
  return {hctl.host, hctl.channel, hctl.target, hctl.lun, facts.generation};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Daemon>> Daemon::Create(const DaemonOptions& options) {
  RaiseFileLimit();
  auto run_directory = TakeRunDirectory(options.configuration.Text(OptionId::kRunDir));
  if (!run_directory.ok()) return run_directory.status();
  auto loop = ring::Loop::Create({});
  if (!loop.ok()) return loop.status();
  std::unique_ptr<Daemon> daemon(new Daemon(options, *std::move(run_directory), *std::move(loop)));
  absl::Status started = daemon->Start();
  if (!started.ok()) return started;
  return daemon;
}

Daemon::Daemon(const DaemonOptions& options, publish::RunDirectory run_directory,
               std::unique_ptr<ring::Loop> loop)
    : options_(options),
      run_dir_(options.configuration.Text(OptionId::kRunDir)),
      run_directory_(std::move(run_directory)),
      core_(HealthOptions(options.configuration)),
      loop_(std::move(loop)),
      log_(Log::Open(*loop_, LogOptionsOf(options.configuration), STDERR_FILENO)),
      live_(*loop_, options.source, options.configuration, *log_, *this),
      policies_(live_.now()) {}

Daemon::~Daemon() {
  // A daemon that comes after us must not start while the kernel still sends commands for us: then
  // the lock is given back by the end of the process, which waits for them.
  if (source_ != nullptr && source_->WorkerMaySleep()) run_directory_.KeepUntilExit();
  // Commands that are out keep their buffers until here, and the kernel forgets us with the loop.
  (void)log_->Flush(loop_->clock_ns() + kLastLinesNs);
  if (query_ != nullptr) query_->Close();
  loop_.reset();
}

absl::Status Daemon::Start() {
  writer_.epoch =
      (static_cast<std::uint64_t>(std::random_device{}()) << 32) | std::random_device{}();
  writer_.pid = static_cast<std::uint32_t>(getpid());
  writer_.version = std::string(kVersion);
  const auto boot_id = publish::ReadBootId();
  if (!boot_id.ok()) return boot_id.status();
  writer_.boot_id = *boot_id;
  const auto readers = GroupOfReaders(configuration().Text(OptionId::kSocketGroup));
  if (!readers.ok()) return readers.status();
  writer_.group = *readers;
  previous_ = publish::ReadPreviousState(run_dir_ + "/state", *boot_id, loop_->now_ns());
  if (!previous_.remark.empty()) log_->Warn("{}", previous_.remark);

  if (absl::Status signals = WatchSignals(); !signals.ok()) return signals;
  auto control = ControlSocket::Open(
      *loop_, {.run_dir = run_dir_, .group = configuration().Text(OptionId::kAdminGroup)}, *this);
  if (!control.ok()) return control.status();
  control_ = *std::move(control);

  MakeDevices();
  // Before the first check: what device mapper fails from now on is heard of.
  if (!fabric_.has_value()) {
    discovery::UeventReceiver& receiver = *this;
    auto uevents = discovery::UeventSource::Open(*loop_, receiver);
    if (!uevents.ok()) return uevents.status();
    uevents_ = *std::move(uevents);
  }
  CheckListener& check_listener = *this;
  checks_ = std::make_unique<Checks>(*loop_, *source_, inventory_, check_listener, *log_);
  publication_ = std::make_unique<Publication>(core_, inventory_);
  RescanListener& rescan_listener = *this;
  rescan_ =
      std::make_unique<Rescan>(*loop_, configuration().Text(OptionId::kSysfs), rescan_listener);
  log_->Info("pathwatchd {} on Linux {}.{}: {}", std::string(kVersion),
             loop_->features().kernel_major, loop_->features().kernel_minor, source_->Describe());

  loop_->Arm(heartbeat_, loop_->now_ns() + kHeartbeatNs);
  Scan();
  return failure_;
}

void Daemon::MakeDevices() {
  if (options_.simulated_paths == 0) {
    source_ = std::make_unique<LocalSource>(*loop_, LocalOptionsOf(configuration()));
  } else {
    passthrough::FabricOptions fabric;
    fabric.paths = options_.simulated_paths;
    fabric.seed = options_.simulated_seed;
    fabric.start_ns = loop_->now_ns();
    if (!options_.simulated_faults) fabric = passthrough::Calm(fabric);
    fabric_.emplace(fabric);
    // What is observed at the end can only be compared with the truth if that stood still for
    // long enough to be seen.
    const auto settle = fabric.story.transition_ns + configuration().Number(OptionId::kDeadline) +
                        2 * configuration().Number(OptionId::kInterval);
    if (options_.run_for_ns > 0) fabric_->Hold(loop_->now_ns() + options_.run_for_ns - settle);
    source_ = std::make_unique<SimulatedSource>(*loop_, *fabric_);
    log_->Info("simulated fabric of {} paths, seed {}", options_.simulated_paths,
               options_.simulated_seed);
  }
  if (options_.run_for_ns > 0) loop_->Arm(end_, loop_->now_ns() + options_.run_for_ns);
}

absl::Status Daemon::WatchSignals() {
  // The log's reader may go away.
  std::signal(SIGPIPE, SIG_IGN);
  constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP};
  auto signals = ring::SignalSource::Create(*loop_, kSignals, [this](int n) { OnSignal(n); });
  if (!signals.ok()) return signals.status();
  signals_ = *std::move(signals);
  return absl::OkStatus();
}

absl::Status Daemon::Run() {
  absl::Status ran = loop_->Run();
  ended_ns_ = loop_->now_ns();
  if (publication_->open()) OnHeartbeat(ended_ns_);
  if (!ran.ok()) return ran;
  return failure_;
}

health::StateCounts Daemon::Truth() const {
  health::StateCounts counts{};
  for (std::uint32_t path = 0; path < fabric_->paths(); ++path) {
    ++counts[static_cast<std::size_t>(fabric_->Truth(ended_ns_, path))];
  }
  return counts;
}

void Daemon::OnSignal(int number) {
  if (number == SIGHUP) {
    log_->Info("SIGHUP: reading the configuration, and looking which devices exist");
    live_.Reload();
    RequestScan();
    return;
  }
  log_->Info("{}: ending", number == SIGINT ? "SIGINT" : "SIGTERM");
  loop_->Stop();
}

void Daemon::OnReached(health::PathId path, const Way& way) {
  publication_->SetWay(path, way);
  // Thousands of paths share a reason.
  if (!ways_.insert(way).second) return;
  log_->Info("path {} and others like it are reached through {}: {}", NameOf(path),
             pw_passthrough_name(way.passthrough), DescribeChoice(way.choice, way.error));
}

void Daemon::OnCheckDone(const health::CommandDone& done) { Tell(done); }

void Daemon::OnControlProblem(const std::string& sentence) {
  if (problem_lines_.Allow(loop_->now_ns())) log_->Warn("control: {}", sentence);
}

void Daemon::OnWake(std::int64_t now_ns) {
  NoteLag(actions_.wake_ns, now_ns);
  Tell(health::Tick{});
}

void Daemon::OnHeartbeat(std::int64_t now_ns) {
  if (heartbeat_due_ns_ != 0) {
    NoteLag(heartbeat_due_ns_, now_ns);
    DoubtAfterStandstill(now_ns - heartbeat_due_ns_);
  }
  checks_->Sweep();
  publication_->Flush(now_ns, Counters(), loop_->statistics());
  const absl::Status written = publication_->TakeFailure();
  if (!written.ok() && problem_lines_.Allow(now_ns)) {
    log_->Error("{}", std::string(written.message()));
  }
  log_->Sweep();
  heartbeat_due_ns_ = now_ns + kHeartbeatNs;
  loop_->Arm(heartbeat_, heartbeat_due_ns_);
}

// What device mapper has failed meanwhile is still in the socket, and readers may believe us again
// as soon as they see the heartbeat.
void Daemon::DoubtAfterStandstill(std::int64_t late_ns) {
  if (late_ns <= kStandstillNs || uevents_ == nullptr) return;
  log_->Warn("this process stood still for {} ms: every path is checked",
             late_ns / health::kMillisecond);
  DoubtAllDisks();
}

void Daemon::OnRescan(std::int64_t) { RequestScan(); }

void Daemon::OnEnd(std::int64_t) { loop_->Stop(); }

void Daemon::Scan() {
  if (fabric_.has_value()) {
    OnScanned(ScanFabric(*fabric_));
  } else {
    RequestScan();
  }
}

void Daemon::RequestScan() {
  // Devices neither come to a simulated fabric nor go.
  if (fabric_.has_value()) return;
  rescan_->Request(inventory_.snapshot(), std::exchange(doubtful_, {}));
}

void Daemon::OnScanned(absl::StatusOr<discovery::Snapshot> snapshot) {
  loop_->Arm(rescan_timer_, loop_->now_ns() + configuration().Number(OptionId::kRescan));
  if (!snapshot.ok()) {
    log_->Warn("the scan for devices has failed, what is known stays: {}",
               std::string(snapshot.status().message()));
  } else {
    left_out_ = TakeLeftOut(configuration(), *snapshot);
    ReportScan(*snapshot);
    const auto name_before = [this](const discovery::DiscoveredPath& facts) {
      const pw_path_record* before = RecordBefore(facts);
      return std::string(before == nullptr ? "" : before->wwid);
    };
    const Inventory::Changes changes = inventory_.Apply(*std::move(snapshot), name_before);
    CountChanges(changes);
    TellChanges(changes);
    publication_->Freed(changes);
    previous_ = {};
    if (!changes.found.empty() || !changes.gone.empty()) {
      log_->Info("{} paths found, {} gone", changes.found.size(), changes.gone.size());
    }
  }
  if (publication_->open()) return;
  failure_ = OpenPublication();
  if (!failure_.ok()) loop_->Stop();
}

absl::Status Daemon::OpenPublication() {
  const std::int64_t now_ns = loop_->now_ns();
  absl::Status opened = publication_->Open(run_dir_, writer_, now_ns);
  if (!opened.ok()) return opened;
  OnHeartbeat(now_ns);
  Requests& requests = *this;
  auto socket = QuerySocket::Open(*loop_, configuration(), writer_.group, publication_->file(),
                                  requests, *log_);
  if (!socket.ok()) return socket.status();
  query_ = *std::move(socket);
  return absl::OkStatus();
}

void Daemon::TellChanges(const Inventory::Changes& changes) {
  for (const health::HostId host : changes.hosts) {
    publication_->SetHost(host);
    Tell(health::HostFound{host, inventory_.host(host).facts.can_queue});
  }
  if (!changes.hosts.empty() && !fabric_.has_value()) {
    const auto hosts = static_cast<std::uint32_t>(inventory_.hosts_end());
    const absl::Status limited =
        loop_->LimitWorkers(hosts * passthrough::HostGate::kWorkersMax + kOtherWorkers);
    if (!limited.ok()) log_->Warn("{}", std::string(limited.message()));
  }
  for (const health::PathId path : changes.gone) {
    checks_->Retire(path);
    policies_.Release(path);
    const bool left_out = left_out_.paths.contains(inventory_.path(path).facts.hctl);
    Tell(health::PathGone{path,
                          left_out ? health::ReasonKind::kLeftOut : health::ReasonKind::kDeleted});
  }
  for (const health::PathId path : changes.found) {
    const bool is_new = !publication_->Knows(path);
    publication_->SetFacts(path);
    const KnownPath& known = inventory_.path(path);
    if (const auto history = previous_.histories.find(KeyOf(known.facts));
        history != previous_.histories.end()) {
      publication_->RestoreHistory(path, history->second);
    }
    health::PathFound event = FoundEvent(known);
    event.policy = AssignPolicy(known);
    Tell(event);
    if (is_new && query_ != nullptr) {
      publication_->PathAppeared(path, loop_->now_ns());
      query_->service().OnChange();
    }
  }
  for (const health::PathId path : changes.changed) {
    publication_->SetFacts(path);
    publication_->StatusChanged(path);
    AssignPolicyAgain(inventory_.path(path));
  }
  for (const health::PathId path : changes.renamed) {
    Tell(health::PathMoved{path, inventory_.path(path).lun});
  }
  for (const health::PathId path : changes.doubted) Tell(health::IdentityDoubted{path});
  for (const health::NexusId nexus : changes.nexuses) publication_->NexusChanged(nexus);
}

const pw_path_record* Daemon::RecordBefore(const discovery::DiscoveredPath& facts) const {
  const auto before = previous_.paths.find(KeyOf(facts));
  return before == previous_.paths.end() ? nullptr : &before->second;
}

health::PathFound Daemon::FoundEvent(const KnownPath& path) const {
  const discovery::DiscoveredPath& facts = path.facts;
  health::PathFound event;
  event.path = path.id;
  event.host = path.host;
  event.nexus = path.nexus;
  event.lun = path.lun;
  event.lun_number = facts.hctl.lun;
  event.command_timeout_ms = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(facts.timeout_s * std::uint64_t{1'000}, UINT32_MAX));
  event.tpgs = facts.tpgs;
  event.target_port_group = facts.target_port_group;
  event.relative_target_port = facts.relative_target_port;
  event.identity = facts.identity;
  const pw_path_record* before = RecordBefore(facts);
  if (before != nullptr && facts.lu_id == before->wwid) event.restored = RestoredStanding(*before);
  return event;
}

void Daemon::ReportScan(const discovery::Snapshot& snapshot) {
  std::set<std::string> remarks(snapshot.warnings.begin(), snapshot.warnings.end());
  for (const discovery::DiscoveredPath& path : snapshot.paths) {
    for (const std::string& warning : path.warnings) {
      remarks.insert("path " + discovery::FormatHctl(path.hctl) + ": " + warning);
    }
  }
  for (std::string& remark : left_out_.Remarks()) remarks.insert(std::move(remark));
  for (const discovery::NotChecked& device : snapshot.not_checked) {
    remarks.insert("device " + discovery::FormatHctl(device.hctl) +
                   " is not checked: " + device.reason);
  }
  // Each once, until it has been gone for a scan.
  for (const std::string& remark : remarks) {
    if (!scan_remarks_.contains(remark)) log_->Info("{}", remark);
  }
  scan_remarks_ = std::move(remarks);
}

void Daemon::OnConfigured() {
  const LogOptions log = LogOptionsOf(configuration());
  log_->SetLevel(log.level);
  log_->SetLineLimit(log.repeats, log.period_ns);
  log_->SetChangesMax(log.changes_max_per_s);
  if (source_->Order(LocalOptionsOf(configuration()).ordered)) {
    log_->Info("{}", source_->Describe());
    ways_.clear();
    checks_->ReopenAll();
  }
  policies_.Use(configuration());
  Tell(health::OptionsSet{HealthOptions(configuration())});
  for (const discovery::DiscoveredPath& facts : inventory_.snapshot().paths) {
    AssignPolicyAgain(*inventory_.Find(facts.hctl));
  }
  // What is left out may be something else now.
  Scan();
}

health::PolicyId Daemon::AssignPolicy(const KnownPath& path) {
  return policies_.Assign(path.id, path.facts, inventory_.nexus(path.nexus).transport,
                          [this](const health::PolicySet& set) { Tell(set); });
}

void Daemon::AssignPolicyAgain(const KnownPath& path) {
  if (path.removed) return;
  const health::PolicyId before = policies_.of(path.id);
  const health::PolicyId now = AssignPolicy(path);
  if (now != before) Tell(health::PolicyAssigned{path.id, now});
}

void Daemon::Tell(const health::Event& event) {
  if (telling_) {
    events_.push_back(event);
    return;
  }
  telling_ = true;
  core_.Step(loop_->now_ns(), event, actions_);
  for (;;) {
    // Carrying out may add events, never actions.
    for (const health::Action& action : actions_.list) CarryOut(action);
    actions_.list.clear();
    if (events_.empty()) break;
    const health::Event next = events_.front();
    events_.pop_front();
    core_.Step(loop_->now_ns(), next, actions_);
  }
  telling_ = false;
  if (actions_.wake_ns == health::kNever) {
    loop_->Disarm(wake_);
  } else {
    loop_->Arm(wake_, actions_.wake_ns);
  }
}

void Daemon::CarryOut(const health::Action& action) {
  std::visit([this](const auto& what) { Do(what); }, action);
}

void Daemon::Do(const health::StartCommand& action) {
  publication_->TrafficChanged(action.path);
  const Checks::Outcome outcome = checks_->Start(action);
  if (outcome.sent) return;
  scsi::Reply reply;
  reply.error = outcome.error;
  events_.push_back(health::CommandDone{action.path, action.command, reply, /*sent=*/false, {}});
}

void Daemon::Do(const health::LookAtTransport& action) {
  const KnownPath& path = inventory_.path(action.path);
  const discovery::DeviceLook look = source_->Look(path.facts, inventory_.nexus(path.nexus));
  publication_->SetLook(action.path, look);
  events_.push_back(health::TransportSeen{action.path, look.condition});
}

void Daemon::Do(const health::PortGroupsUpdated& action) {
  publication_->PortGroupsUpdated(action.lun);
}

void Daemon::Do(const health::PathUpdated& action) {
  publication_->StatusChanged(action.path);
  if (query_ != nullptr) query_->service().OnPath();
}

void Daemon::Do(const health::StateChanged& action) {
  publication_->StateChanged(action, loop_->now_ns());
  if (query_ != nullptr) query_->service().OnChange();
  const bool first_look =
      action.from.state == health::State::kUnknown && action.to.state == health::State::kUp;
  const LogLevel level = first_look                        ? LogLevel::kDebug
                         : health::Usable(action.to.state) ? LogLevel::kInfo
                                                           : LogLevel::kWarn;
  if (!log_->WantsChange(level)) return;
  const discovery::DiscoveredPath& facts = inventory_.path(action.path).facts;
  std::string reason = DescribeReason(action.to.reason);
  if (const auto* found = core_.found_identity(action.path); found != nullptr) {
    reason += ": its identity changed from " + facts.lu_id + " to " + found->name;
  }
  log_->WriteChange(level, FieldsOf(facts, CauseOf(action.to.state)), "path {}: {} -> {}: {}",
                    NameOf(action.path), health::Name(action.from.state),
                    DescribeStanding(action.to), reason);
}

void Daemon::Do(const health::NexusSilence& action) {
  LogFields fields;
  fields.nexus = inventory_.nexus(action.nexus).name;
  fields.cause = action.silent ? LogCause::kNexusSilent : LogCause::kNexusAnswers;
  if (action.silent) {
    log_->Write(LogLevel::kWarn, fields,
                "I_T nexus {} is silent: nothing there answers; one probe at a time goes on",
                fields.nexus);
  } else {
    log_->Write(LogLevel::kInfo, fields, "I_T nexus {} answers again", fields.nexus);
  }
}

void Daemon::Do(const health::RescanWanted& action) {
  doubtful_.insert(inventory_.path(action.path).facts.hctl);
  RequestScan();
}

void Daemon::Do(const health::Forget& action) {
  const health::LunId lun = inventory_.path(action.path).lun;
  publication_->PathForgotten(action.path);
  publication_->Freed(inventory_.Forget(action.path));
  publication_->RecountExpected(lun);
}

std::string Daemon::NameOf(health::PathId path) const {
  const discovery::DiscoveredPath& facts = inventory_.path(path).facts;
  std::string name = discovery::FormatHctl(facts.hctl);
  if (!facts.sd_name.empty()) name += " (" + facts.sd_name + ")";
  return name;
}

}  // namespace pathwatch::service

#include "service/cli/doctor_command.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/config/load_files.h"
#include "lib/ring/command_probe.h"
#include "service/cli/checker_plugin.h"
#include "service/cli/doctor_configuration.h"
#include "service/cli/doctor_daemon.h"
#include "service/cli/doctor_devices.h"
#include "service/cli/doctor_handlers.h"
#include "service/cli/doctor_kernel.h"
#include "service/cli/doctor_limits.h"
#include "service/cli/doctor_multipath.h"
#include "service/cli/doctor_passthrough.h"
#include "service/cli/exit_code.h"
#include "service/cli/find_process.h"
#include "service/cli/finding.h"
#include "service/cli/host_scan.h"
#include "service/cli/multipath_conf.h"
#include "service/cli/state_view.h"

namespace pathwatch::cli {
namespace {

std::string CauseOf(const absl::Status& status) {
  const std::string sentence(status.message());
  return sentence.substr(0, sentence.find(": "));
}

Findings ExamineDevices(const DoctorOptions& options, const discovery::Snapshot& snapshot,
                        const KernelFacts& kernel, ring::CommandProbe* probe) {
  const NodeDirectories directories = {
      .dev = options.dev_dir,
      .bsg = options.bsg_dir.empty() ? options.dev_dir + "/bsg" : options.bsg_dir};
  std::vector<DeviceWay> ways;
  ways.reserve(snapshot.paths.size());
  for (const discovery::DiscoveredPath& path : snapshot.paths) {
    ways.push_back(FindWay(path, directories, probe));
  }
  Findings findings = JudgeDevices(snapshot);
  Append(JudgeWays(ways, {.sg_loaded = SgLoaded(options.sysfs_root),
                          .ring_works = kernel.ring.ok(),
                          .why_no_commands = CauseOf(kernel.commands)}),
         findings);
  Append(JudgeHandlers(ReadHandlers(options.sysfs_root, snapshot.paths)), findings);
  Append(JudgeHosts(snapshot), findings);
  return findings;
}

LimitFacts ReadLimits(const DoctorOptions& options, const absl::StatusOr<StateView>& view,
                      std::size_t devices, bool ring_works) {
  LimitFacts facts = {
      .limits = ReadOwnLimits(), .daemon_pid = 0, .devices = devices, .ring_works = ring_works};
  if (!view.ok() || view->stale) return facts;
  if (const auto limits = ReadLimitsOf(options.proc_root, view->header.daemon_pid)) {
    facts.limits = *limits;
    facts.daemon_pid = view->header.daemon_pid;
  }
  return facts;
}

config::Loaded LoadConfiguration(const DoctorOptions& options) {
  const bool named = !options.config_file.empty();
  return config::LoadFiles(
      named ? options.config_file : options.etc_dir + "/pathwatch/pathwatch.toml", named);
}

Findings Examine(const Context& context, const DoctorOptions& options) {
  const auto probe = ring::CommandProbe::Create();
  const KernelFacts kernel = ReadKernelFacts(probe.status());
  Findings findings = JudgeKernel(kernel);

  const config::Loaded loaded = LoadConfiguration(options);
  findings.push_back(JudgeConfiguration(loaded));

  std::size_t devices = 0;
  auto snapshot = ScanHost(options.sysfs_root);
  if (snapshot.ok()) {
    // With problems, a configuration says nothing.
    const config::Configuration rules =
        loaded.problems.empty() ? loaded.configuration : config::Configuration();
    Append(JudgeLeftOut(service::TakeLeftOut(rules, *snapshot)), findings);
    devices = snapshot->paths.size();
    Append(ExamineDevices(options, *snapshot, kernel, probe.ok() ? probe->get() : nullptr),
           findings);
  } else {
    findings.push_back(FromSentence(Level::kProblem, "devices",
                                    std::string(snapshot.status().message()),
                                    "See that sysfs is mounted (--sysfs)"));
  }

  Append(JudgeMultipath({.pid = FindProcess(options.proc_root, "multipathd"),
                         .conf = ReadMultipathConf(options.etc_dir),
                         .plugin = FindPlugin(options.root_dir)}),
         findings);
  const auto view = LoadState(context.run_dir, context.clocks.boot_now_ns);
  Append(JudgeLimits(ReadLimits(options, view, devices, kernel.ring.ok())), findings);
  const bool alive = view.ok() && LooksAlive(options.proc_root, view->header.daemon_pid);
  findings.push_back(JudgeDaemon(view, alive));
  if (view.ok() && !view->stale) Append(JudgePublishedWays(*view), findings);
  return findings;
}

int ExitCodeOf(Level worst) {
  switch (worst) {
    case Level::kOk:
      return kExitOk;
    case Level::kWarning:
      return kExitWarning;
    case Level::kProblem:
      return kExitProblem;
  }
  return kExitProblem;
}

}  // namespace

int RunDoctor(const Context& context, const DoctorOptions& options) {
  const Findings findings = Examine(context, options);
  context.out << (options.json ? FindingsAsJson(findings) : FindingsAsText(findings));
  return ExitCodeOf(Worst(findings));
}

}  // namespace pathwatch::cli

#include "service/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "service/cli/command.h"
#include "service/cli/context.h"
#include "service/cli/control_arguments.h"
#include "service/cli/exit_code.h"
#include "service/cli/host_arguments.h"
#include "service/cli/live_arguments.h"
#include "service/cli/paths_arguments.h"
#include "service/cli/view_arguments.h"
#include "service/version.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes:\n"
    "   0  done; for status, doctor and config check: all well\n"
    "   1  status: degraded, a path is not usable; doctor: a warning\n"
    "   2  status: a logical unit has no usable path; doctor, config: a problem\n"
    "   3  the published state is missing, out of date or partly unreadable\n"
    "   4  a PATH, a WWID, a nexus, a host or an OPTION is not known\n"
    "   5  pathwatchd did not take the request; probe: a path got no verdict\n"
    "   6  accept-identity: the path is not in state wrong_lu\n"
    "  64  wrong usage\n"
    "  74  the output could not be written\n"
    "\n"
    "probe, accept-identity and config reload ask pathwatchd on the socket DIR/io.pathwatch. All "
    "others read the file DIR/state, so they also work while pathwatchd is stuck; doctor, dump and "
    "the rest of config work without one.";

// In the order in which --help lists them.
std::vector<Command> AddCommands(CLI::App& app) {
  return {AddPaths(app),   AddStatus(app),        AddLuns(app), AddNexuses(app),
          AddExplain(app), AddWatch(app),         AddTop(app),  AddProbe(app),
          AddDoctor(app),  AddConfiguration(app), AddDump(app), AddAcceptIdentity(app)};
}

// What CLI11 prints for --help and --version goes to `out`.
int Explain(const CLI::App& app, const CLI::ParseError& error, std::ostream& out,
            std::ostream& err) {
  const bool was_asked_for = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
  if (was_asked_for) {
    app.exit(error, out, err);
    return kExitOk;
  }
  Complain(err, error.what());
  err << "See pathwatch --help.\n";
  return kExitUsage;
}

}  // namespace

int RunCommandLine(int argc, const char* const* argv, const present::Clocks& clocks,
                   std::ostream& out, std::ostream& err) {
  std::string run_dir = "/run/pathwatch";
  CLI::App app("Shows what pathwatchd knows about the SCSI paths of this host.", "pathwatch");
  app.set_version_flag("--version", "pathwatch " + std::string(kVersion),
                       "Print the version and exit");
  app.add_option("--run-dir", run_dir, "Directory in which pathwatchd publishes")
      ->type_name("DIR")
      ->capture_default_str();
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();  // --run-dir may also come after the command
  const std::vector<Command> commands = AddCommands(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Explain(app, error, out, err);
  }
  const Context context{run_dir, clocks, out, err};
  for (const Command& command : commands) {
    if (command.app->parsed()) return command.run(context);
  }
  return kExitUsage;
}

}  // namespace pathwatch::cli

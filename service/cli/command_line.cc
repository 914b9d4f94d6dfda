#include "service/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "service/cli/accept_command.h"
#include "service/cli/check_command.h"
#include "service/cli/config_arguments.h"
#include "service/cli/context.h"
#include "service/cli/doctor_command.h"
#include "service/cli/exit_code.h"
#include "service/cli/explain_command.h"
#include "service/cli/luns_command.h"
#include "service/cli/nexuses_command.h"
#include "service/cli/paths_command.h"
#include "service/cli/status_command.h"
#include "service/cli/watch_command.h"
#include "service/present/words.h"
#include "service/version.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kPathHelp = "H:C:T:L, a block device (sdc) or an sg device (sg3)";

constexpr const char* kJsonHelp = "Print JSON instead of a table";

constexpr const char* kFooter =
    "Exit codes:\n"
    "   0  done; for status, doctor and config check: all well\n"
    "   1  status: degraded, a path is not usable; doctor: a warning\n"
    "   2  status: a logical unit has no usable path; doctor, config: a problem\n"
    "   3  the published state is missing, out of date or partly unreadable\n"
    "   4  a PATH, a WWID or an OPTION is not known\n"
    "   5  pathwatchd did not take the request\n"
    "   6  accept-identity: the path is not in state wrong_lu\n"
    "  64  wrong usage\n"
    "\n"
    "All commands read the file DIR/state, so they also work while pathwatchd is stuck; doctor and "
    "config work without one.";

constexpr const char* kDoctorFooter =
    "Exit codes:\n"
    "   0  every finding is ok\n"
    "   1  the worst finding is a warning\n"
    "   2  there is a problem\n"
    "\n"
    "Changes nothing, and sends no command to a device.";

struct Arguments {
  std::string run_dir = "/run/pathwatch";
  PathsOptions paths;
  std::vector<std::string> state_words;
  bool status_json = false;
  LunsOptions luns;
  bool nexuses_json = false;
  std::string path_to_explain;
  bool explain_json = false;
  WatchOptions watch;
  std::vector<std::string> paths_to_check;
  std::string path_to_accept;
  DoctorOptions doctor;
  ConfigArguments config;
};

std::string UnknownStateSentence(const std::string& word) {
  return present::ParseState(word) ? ""
                                   : "no state " + word + "; there are: " + present::StateWords();
}

// Numbers with a sign would be taken as huge ones.
std::string NotANumberSentence(const std::string& word) {
  const bool digits = !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
  return digits ? "" : word + " is not a whole number";
}

CLI::App* AddPaths(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand("paths", "List the paths with their states");
  command->add_option("PATH", arguments.paths.paths, std::string(kPathHelp) + "; default: all")
      ->type_name("");
  command->add_flag("--json", arguments.paths.json, kJsonHelp);
  command->add_option("--state", arguments.state_words, "Only paths in this state; may be repeated")
      ->type_name("STATE")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Validator(UnknownStateSentence, ""));
  return command;
}

CLI::App* AddStatus(CLI::App& app, Arguments& arguments) {
  CLI::App* command =
      app.add_subcommand("status", "Summarize the health of all paths; the exit code tells it too");
  command->add_flag("--json", arguments.status_json, "Print JSON instead of text");
  return command;
}

CLI::App* AddLuns(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand(
      "luns", "List the logical units with their paths and target port groups (*: preferred)");
  command->add_option("WWID", arguments.luns.luns, "A WWID or the name of a dm map; default: all")
      ->type_name("");
  command->add_flag("--json", arguments.luns.json, kJsonHelp);
  return command;
}

CLI::App* AddNexuses(CLI::App& app, Arguments& arguments) {
  CLI::App* command =
      app.add_subcommand("nexuses", "List the I_T nexuses with their ports and paths");
  command->add_flag("--json", arguments.nexuses_json, kJsonHelp);
  return command;
}

CLI::App* AddExplain(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand(
      "explain", "Tell the story of a path: what it is, how it stands and why, and what to do");
  command->add_option("PATH", arguments.path_to_explain, kPathHelp)->type_name("")->required();
  command->add_flag("--json", arguments.explain_json, "Print JSON instead of text");
  return command;
}

CLI::App* AddWatch(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand(
      "watch", "Print a line for each change of a path's state, until interrupted");
  command->add_option("PATH", arguments.watch.paths, std::string(kPathHelp) + "; default: all")
      ->type_name("");
  command->add_flag("--json", arguments.watch.json, "Print an object of JSON in each line");
  command->add_option("--last", arguments.watch.last, "First print the last N known changes")
      ->type_name("N")
      ->check(CLI::Validator(NotANumberSentence, ""));
  command->add_option("--seconds", arguments.watch.seconds, "End after N seconds")
      ->type_name("N")
      ->check(CLI::Validator(NotANumberSentence, ""));
  return command;
}

CLI::App* AddAcceptIdentity(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand(
      "accept-identity",
      "Tell pathwatchd that a path in state wrong_lu rightly leads to another logical unit now");
  command->add_option("PATH", arguments.path_to_accept, kPathHelp)->type_name("")->required();
  return command;
}

CLI::App* AddCheck(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand("check", "Ask pathwatchd to check paths now");
  command->add_option("PATH", arguments.paths_to_check, kPathHelp)->type_name("")->required();
  return command;
}

CLI::App* AddDoctor(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand(
      "doctor",
      "Examine whether this host is fit for pathwatchd, and say what to do where it isn't");
  DoctorOptions& options = arguments.doctor;
  command->add_flag("--json", options.json, "Print JSON instead of text");
  command->add_option("--sysfs", options.sysfs_root, "Where sysfs is mounted")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--dev", options.dev_dir, "Directory of the device nodes")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--bsg-dir", options.bsg_dir, "Directory of the bsg nodes; default: DEV/bsg")
      ->type_name("DIR");
  command
      ->add_option("--config", options.config_file,
                   "The configuration of pathwatchd, with conf.d beside it; default: "
                   "/etc/pathwatch/pathwatch.toml")
      ->type_name("FILE");
  command->footer(kDoctorFooter);
  return command;
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
  Arguments arguments;
  CLI::App app("Shows what pathwatchd knows about the SCSI paths of this host.", "pathwatch");
  app.set_version_flag("--version", "pathwatch " + std::string(kVersion),
                       "Print the version and exit");
  app.add_option("--run-dir", arguments.run_dir, "Directory in which pathwatchd publishes")
      ->type_name("DIR")
      ->capture_default_str();
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();  // --run-dir may also come after the command
  const CLI::App* paths = AddPaths(app, arguments);
  const CLI::App* status = AddStatus(app, arguments);
  const CLI::App* luns = AddLuns(app, arguments);
  const CLI::App* nexuses = AddNexuses(app, arguments);
  const CLI::App* explain = AddExplain(app, arguments);
  const CLI::App* watch = AddWatch(app, arguments);
  const CLI::App* check = AddCheck(app, arguments);
  const CLI::App* doctor = AddDoctor(app, arguments);
  const CLI::App* config = AddConfig(app, arguments.config);
  AddAcceptIdentity(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Explain(app, error, out, err);
  }

  const Context context{arguments.run_dir, clocks, out, err};
  for (const std::string& word : arguments.state_words) {
    arguments.paths.states.push_back(*present::ParseState(word));
  }
  if (paths->parsed()) return RunPaths(context, arguments.paths);
  if (status->parsed()) return RunStatus(context, arguments.status_json);
  if (luns->parsed()) return RunLuns(context, arguments.luns);
  if (nexuses->parsed()) return RunNexuses(context, arguments.nexuses_json);
  if (explain->parsed()) {
    return RunExplain(context, arguments.path_to_explain, arguments.explain_json);
  }
  if (watch->parsed()) return RunWatch(context, arguments.watch, RealPace());
  if (check->parsed()) return RunCheck(context, arguments.paths_to_check);
  if (doctor->parsed()) return RunDoctor(context, arguments.doctor);
  if (config->parsed()) return RunConfig(context, *config, arguments.config);
  return RunAcceptIdentity(context, arguments.path_to_accept);
}

}  // namespace pathwatch::cli

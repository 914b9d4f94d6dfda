#include "service/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "service/cli/check_command.h"
#include "service/cli/context.h"
#include "service/cli/exit_code.h"
#include "service/cli/paths_command.h"
#include "service/cli/status_command.h"
#include "service/cli/words.h"
#include "service/version.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kPathHelp = "H:C:T:L, a block device (sdc) or an sg device (sg3)";

constexpr const char* kFooter =
    "Exit codes:\n"
    "   0  done; for status: all well\n"
    "   1  status: degraded, a path is not usable\n"
    "   2  status: a logical unit has no usable path\n"
    "   3  the published state is missing, out of date or partly unreadable\n"
    "   4  a PATH is not known\n"
    "   5  pathwatchd did not take the request\n"
    "  64  wrong usage\n"
    "\n"
    "All commands read the file RUN_DIR/state, so they also work while pathwatchd is stuck.";

struct Arguments {
  std::string run_dir = "/run/pathwatch";
  PathsOptions paths;
  std::vector<std::string> state_words;
  bool status_json = false;
  std::vector<std::string> paths_to_check;
};

std::string UnknownStateSentence(const std::string& word) {
  return ParseState(word) ? "" : "no state " + word + "; there are: " + StateWords();
}

CLI::App* AddPaths(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand("paths", "List the paths with their states");
  command->add_option("PATH", arguments.paths.paths, std::string(kPathHelp) + "; default: all")
      ->type_name("");
  command->add_flag("--json", arguments.paths.json, "Print JSON instead of a table");
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

CLI::App* AddCheck(CLI::App& app, Arguments& arguments) {
  CLI::App* command = app.add_subcommand("check", "Ask pathwatchd to check paths now");
  command->add_option("PATH", arguments.paths_to_check, kPathHelp)->type_name("")->required();
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

int RunCommandLine(int argc, const char* const* argv, const Clocks& clocks, std::ostream& out,
                   std::ostream& err) {
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
  AddCheck(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Explain(app, error, out, err);
  }

  const Context context{arguments.run_dir, clocks, out, err};
  for (const std::string& word : arguments.state_words) {
    arguments.paths.states.push_back(*ParseState(word));
  }
  if (paths->parsed()) return RunPaths(context, arguments.paths);
  if (status->parsed()) return RunStatus(context, arguments.status_json);
  return RunCheck(context, arguments.paths_to_check);
}

}  // namespace pathwatch::cli

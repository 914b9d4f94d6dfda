#include "service/cli/live_arguments.h"

#include <memory>
#include <string>

#include "service/cli/watch_command.h"

namespace pathwatch::cli {

Command AddWatch(CLI::App& app) {
  const auto options = std::make_shared<WatchOptions>();
  CLI::App* command = app.add_subcommand(
      "watch", "Print a line for each change of a path's state, until interrupted");
  command->add_option("PATH", options->paths, std::string(kPathHelp) + "; default: all")
      ->type_name("");
  command->add_flag("--json", options->json, "Print an object of JSON in each line");
  command->add_option("--last", options->last, "First print the last N known changes")
      ->type_name("N")
      ->check(CLI::Validator(NotANumberSentence, ""));
  command->add_option("--seconds", options->seconds, "End after N seconds")
      ->type_name("N")
      ->check(CLI::Validator(NotANumberSentence, ""));
  return {command,
          [options](const Context& context) { return RunWatch(context, *options, RealPace()); }};
}

}  // namespace pathwatch::cli

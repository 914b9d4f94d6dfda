#include "service/cli/paths_arguments.h"

#include <memory>
#include <string>
#include <vector>

#include "service/cli/path_format.h"
#include "service/cli/paths_command.h"
#include "service/present/words.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kFooter =
    "Each filter may be repeated and may list several with commas; a path that fits one of them "
    "fits the filter. Filters narrow each other, and the list of PATHs.";

struct Arguments {
  PathsOptions options;
  std::vector<std::string> state_words;
};

std::string UnknownStateSentence(const std::string& word) {
  return present::ParseState(word) ? ""
                                   : "no state " + word + "; there are: " + present::StateWords();
}

CLI::Option* AddFilter(CLI::App& command, const char* name, std::vector<std::string>& words,
                       const char* type, const std::string& help) {
  return command.add_option(name, words, help)
      ->type_name(type)
      ->delimiter(',')
      ->allow_extra_args(false);
}

int Run(const Context& context, Arguments& arguments) {
  PathsOptions& options = arguments.options;
  for (const std::string& word : arguments.state_words) {
    options.filter.states.push_back(*present::ParseState(word));
  }
  return RunPaths(context, options);
}

}  // namespace

Command AddPaths(CLI::App& app) {
  const auto arguments = std::make_shared<Arguments>();
  PathsOptions& options = arguments->options;
  CLI::App* command = app.add_subcommand("paths", "List the paths with their states");
  command->add_option("PATH", options.filter.paths, std::string(kPathHelp) + "; default: all")
      ->type_name("");
  CLI::Option* json = command->add_flag("--json", options.json, kJsonTableHelp);
  command
      ->add_option("--format", options.format,
                   "Print a line for each path, with wildcards as multipathd has them")
      ->type_name("TEXT")
      ->excludes(json);
  AddFilter(*command, "--state", arguments->state_words, "STATE",
            "Only paths in this state: " + present::StateWords())
      ->check(CLI::Validator(UnknownStateSentence, ""));
  AddFilter(*command, "--lun", options.filter.luns, "WWID",
            "Only paths of this logical unit: a WWID or the name of a dm map; 3600* or 3600... "
            "stands for all that begin so");
  AddFilter(*command, "--nexus", options.filter.nexuses, "H:C:T",
            "Only paths of this I_T nexus, as 3:0:0");
  AddFilter(*command, "--host", options.filter.hosts, "HOST",
            "Only paths of this host, as host3 or 3");
  command->footer(std::string(kFooter) + "\n\nWildcards of --format:\n" + PathFormatHelp());
  return {command, [arguments](const Context& context) { return Run(context, *arguments); }};
}

}  // namespace pathwatch::cli

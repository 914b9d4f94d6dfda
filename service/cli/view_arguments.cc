#include "service/cli/view_arguments.h"

#include <memory>
#include <string>

#include "service/cli/explain_command.h"
#include "service/cli/luns_command.h"
#include "service/cli/nexuses_command.h"
#include "service/cli/status_command.h"
#include "service/cli/status_nagios.h"

namespace pathwatch::cli {

Command AddStatus(CLI::App& app) {
  struct Arguments {
    bool json = false;
    bool nagios = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("status", "Summarize the health of all paths; the exit code tells it too");
  CLI::Option* json = command->add_flag("--json", arguments->json, kJsonTextHelp);
  command
      ->add_flag("--nagios", arguments->nagios,
                 "Print what a plugin of Nagios does: a line with performance data, then the worst "
                 "paths; exit code 0, 1, 2 or 3")
      ->excludes(json);
  return {command, [arguments](const Context& context) {
            return arguments->nagios ? RunStatusNagios(context)
                                     : RunStatus(context, arguments->json);
          }};
}

Command AddLuns(CLI::App& app) {
  const auto options = std::make_shared<LunsOptions>();
  CLI::App* command = app.add_subcommand(
      "luns",
      "List the logical units with their paths and target port groups (*: preferred), and paths of "
      "which device mapper or multipathd does not say the same");
  command->add_option("WWID", options->luns, "A WWID or the name of a dm map; default: all")
      ->type_name("");
  command->add_flag("--json", options->json, kJsonTableHelp);
  return {command, [options](const Context& context) { return RunLuns(context, *options); }};
}

Command AddNexuses(CLI::App& app) {
  const auto json = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("nexuses", "List the I_T nexuses with their ports and paths");
  command->add_flag("--json", *json, kJsonTableHelp);
  return {command, [json](const Context& context) { return RunNexuses(context, *json); }};
}

Command AddExplain(CLI::App& app) {
  struct Arguments {
    std::string path;
    bool json = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "explain", "Tell the story of a path: what it is, how it stands and why, and what to do");
  command->add_option("PATH", arguments->path, kPathHelp)->type_name("")->required();
  command->add_flag("--json", arguments->json, kJsonTextHelp);
  return {command, [arguments](const Context& context) {
            return RunExplain(context, arguments->path, arguments->json);
          }};
}

}  // namespace pathwatch::cli

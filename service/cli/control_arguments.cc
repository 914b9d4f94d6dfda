#include "service/cli/control_arguments.h"

#include <memory>
#include <string>
#include <vector>

#include "service/cli/request_commands.h"

namespace pathwatch::cli {

Command AddProbe(CLI::App& app) {
  struct Arguments {
    std::vector<std::string> paths;
    bool json = false;
  };
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "probe", "Have pathwatchd check paths now, and print what the checks have found");
  command->alias("check");
  command->add_option("PATH", arguments->paths, kPathHelp)->type_name("")->required();
  command->add_flag("--json", arguments->json, kJsonTableHelp);
  return {command, [arguments](const Context& context) {
            return RunProbe(context, arguments->paths, arguments->json);
          }};
}

Command AddAcceptIdentity(CLI::App& app) {
  const auto path = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "accept-identity",
      "Tell pathwatchd that a path in state wrong_lu rightly leads to another logical unit now");
  command->add_option("PATH", *path, kPathHelp)->type_name("")->required();
  return {command, [path](const Context& context) { return RunAcceptIdentity(context, *path); }};
}

}  // namespace pathwatch::cli

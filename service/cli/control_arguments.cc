#include "service/cli/control_arguments.h"

#include <memory>
#include <string>
#include <vector>

#include "service/cli/accept_command.h"
#include "service/cli/check_command.h"

namespace pathwatch::cli {

Command AddCheck(CLI::App& app) {
  const auto paths = std::make_shared<std::vector<std::string>>();
  CLI::App* command = app.add_subcommand("check", "Ask pathwatchd to check paths now");
  command->add_option("PATH", *paths, kPathHelp)->type_name("")->required();
  return {command, [paths](const Context& context) { return RunCheck(context, *paths); }};
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

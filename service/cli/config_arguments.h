// The arguments of `pathwatch config`, which has commands of its own.
#ifndef PATHWATCH_SERVICE_CLI_CONFIG_ARGUMENTS_H_
#define PATHWATCH_SERVICE_CLI_CONFIG_ARGUMENTS_H_

#include <CLI/CLI.hpp>

#include "service/cli/config_command.h"
#include "service/cli/context.h"

namespace pathwatch::cli {

struct ConfigArguments {
  ConfigFiles files;
  ConfigShowOptions show;
};

// Adds the command. REQUIRES: `arguments` outlives `app`.
CLI::App* AddConfig(CLI::App& app, ConfigArguments& arguments);

// Runs the command of `config` that was asked for. Returns an exit code. REQUIRES: it was parsed.
int RunConfig(const Context& context, const CLI::App& config, const ConfigArguments& arguments);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_CONFIG_ARGUMENTS_H_

// A command of `pathwatch`, with what the command line says about it.
#ifndef PATHWATCH_SERVICE_CLI_COMMAND_H_
#define PATHWATCH_SERVICE_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "service/cli/context.h"

namespace pathwatch::cli {

struct Command {
  const CLI::App* app;  // owned by the app that it was added to
  // Returns an exit code. REQUIRES: the command line was parsed and has asked for the command.
  std::function<int(const Context&)> run;
};

// What several commands say in their help.
inline constexpr const char* kPathHelp = "H:C:T:L, a block device (sdc) or an sg device (sg3)";
inline constexpr const char* kJsonTableHelp = "Print JSON instead of a table";
inline constexpr const char* kJsonTextHelp = "Print JSON instead of text";

// Sentences for CLI::Validator: "" if all is well. Numbers with a sign would be taken as huge ones.
inline std::string NotANumberSentence(const std::string& word) {
  const bool digits = !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
  return digits ? "" : word + " is not a whole number";
}

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_COMMAND_H_

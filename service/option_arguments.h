// Options of the configuration on a program's command line: "--interval 5s" is check.interval.
//
// Thread rule: one thread at a time.
#ifndef PATHWATCH_SERVICE_OPTION_ARGUMENTS_H_
#define PATHWATCH_SERVICE_OPTION_ARGUMENTS_H_

#include <deque>
#include <string>

#include "CLI/CLI.hpp"
#include "lib/config/configuration.h"
#include "lib/config/option.h"

namespace pathwatch::service {

class OptionArguments {
 public:
  // `app` is not owned; this object outlives its parsing.
  explicit OptionArguments(CLI::App& app) : app_(app) {}
  OptionArguments(const OptionArguments&) = delete;
  OptionArguments& operator=(const OptionArguments&) = delete;

  // A value that the option cannot have is a CLI::ValidationError. REQUIRES: not a list.
  void Add(const config::Option& option);

  // Those that were given. REQUIRES: the app has parsed.
  config::CommandLine Given() const;

 private:
  struct Argument {
    const config::Option* option;
    std::string text;
    CLI::Option* found = nullptr;
  };

  CLI::App& app_;
  std::deque<Argument> arguments_;  // the app knows where each text is
};

}  // namespace pathwatch::service

#endif  // PATHWATCH_SERVICE_OPTION_ARGUMENTS_H_

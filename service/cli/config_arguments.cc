#include "service/cli/config_arguments.h"

#include <cstddef>
#include <string>

#include "service/cli/request_commands.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes:\n"
    "   0  done; for check: no problem\n"
    "   2  there is a problem in the files\n"
    "   4  show: an OPTION is not known\n"
    "   5  reload: pathwatchd did not take the request\n"
    "\n"
    "The main file is read first, then the files *.toml of the directory conf.d beside it, by "
    "name; "
    "what is said later wins. Options on pathwatchd's command line win over files; they are not "
    "known here.";

std::string NotAnArraySentence(const std::string& word) {
  const std::size_t slash = word.find('/');
  const bool both = slash != std::string::npos && slash > 0 && slash + 1 < word.size();
  return both ? "" : word + " is not VENDOR/PRODUCT";
}

std::string UnknownTransportSentence(const std::string& word) {
  for (const char* transport : {"fc", "iscsi", "sas", "other"}) {
    if (word == transport) return "";
  }
  return "no transport " + word + "; there are: fc, iscsi, sas, other";
}

void AddFile(CLI::App& command, ConfigFiles& files) {
  command
      .add_option_function<std::string>(
          "--config",
          [&files](const std::string& file) { files = {.main = file, .must_exist = true}; },
          "The main file; default: " + files.main + ", which may be missing")
      ->type_name("FILE");
}

void AddShow(CLI::App& config, ConfigArguments& arguments) {
  CLI::App* command = config.add_subcommand(
      "show", "List the values with where they come from: all, or those for a device");
  ConfigShowOptions& options = arguments.show;
  command->add_option("OPTION", options.names, "An option, as check.interval; default: all")
      ->type_name("");
  AddFile(*command, arguments.files);
  command
      ->add_option("--array", options.array,
                   "What counts for the devices of this array, behind TRANSPORT")
      ->type_name("VENDOR/PRODUCT")
      ->check(CLI::Validator(NotAnArraySentence, ""));
  command
      ->add_option("--transport", options.transport,
                   "What counts for devices behind fc, iscsi, sas or other; default: other")
      ->type_name("TRANSPORT")
      ->check(CLI::Validator(UnknownTransportSentence, ""));
  command->add_flag("--json", options.json, "Print JSON instead of a table");
  command->footer(kFooter);
}

void AddCheck(CLI::App& config, ConfigArguments& arguments) {
  CLI::App* command =
      config.add_subcommand("check", "Say what is wrong with the files, before pathwatchd does");
  AddFile(*command, arguments.files);
  command->footer(kFooter);
}

}  // namespace

CLI::App* AddConfig(CLI::App& app, ConfigArguments& arguments) {
  CLI::App* config =
      app.add_subcommand("config", "Show and check the files that configure pathwatchd");
  config->require_subcommand(1);
  config->footer(kFooter);
  AddShow(*config, arguments);
  AddCheck(*config, arguments);
  config->add_subcommand("reload",
                         "Have pathwatchd read its files again, and say whether it took them");
  config->add_subcommand("defaults", "Print a commented file with every option at its default");
  return config;
}

int RunConfig(const Context& context, const CLI::App& config, const ConfigArguments& arguments) {
  if (config.got_subcommand("show")) return RunConfigShow(context, arguments.files, arguments.show);
  if (config.got_subcommand("check")) return RunConfigCheck(context, arguments.files);
  if (config.got_subcommand("reload")) return RunConfigReload(context);
  return RunConfigDefaults(context);
}

}  // namespace pathwatch::cli

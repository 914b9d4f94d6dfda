#include "service/cli/host_arguments.h"

#include <memory>

#include "service/cli/config_arguments.h"
#include "service/cli/doctor_command.h"
#include "service/cli/dump_command.h"
#include "service/cli/multipath_conf_command.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kDoctorFooter =
    "Exit codes:\n"
    "   0  every finding is ok\n"
    "   1  the worst finding is a warning\n"
    "   2  there is a problem\n"
    "   3  --multipath-conf: the published state is missing, out of date or partly unreadable\n"
    "\n"
    "Changes nothing, and sends no command to a device.";

constexpr const char* kDumpFooter =
    "Exit codes:\n"
    "   0  done; what could not be had is replaced by a text that says why\n"
    "  74  the archive could not be written, or its file exists\n"
    "\n"
    "Only its owner can read the file. It has a README.txt that says what is in it: no "
    "environment, "
    "no command lines, no files but the published state and the configuration.";

}  // namespace

Command AddDoctor(CLI::App& app) {
  const auto options = std::make_shared<DoctorOptions>();
  CLI::App* command = app.add_subcommand(
      "doctor",
      "Examine whether this host is fit for pathwatchd, and say what to do where it isn't");
  CLI::Option* json = command->add_flag("--json", options->json, kJsonTextHelp);
  command
      ->add_flag("--multipath-conf", options->multipath_conf,
                 "Print what makes multipathd take the states of paths from pathwatch instead: a "
                 "file for /etc/multipath/conf.d, made for the arrays that are published")
      ->excludes(json);
  command->add_option("--sysfs", options->sysfs_root, "Where sysfs is mounted")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--dev", options->dev_dir, "Directory of the device nodes")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--bsg-dir", options->bsg_dir, "Directory of the bsg nodes; default: DEV/bsg")
      ->type_name("DIR");
  command
      ->add_option("--config", options->config_file,
                   "The configuration of pathwatchd, with conf.d beside it; default: "
                   "/etc/pathwatch/pathwatch.toml")
      ->type_name("FILE");
  command->footer(kDoctorFooter);
  return {command, [options](const Context& context) {
            return options->multipath_conf ? RunMultipathConf(context, *options)
                                           : RunDoctor(context, *options);
          }};
}

Command AddConfiguration(CLI::App& app) {
  const auto arguments = std::make_shared<ConfigArguments>();
  const CLI::App* command = AddConfig(app, *arguments);
  return {command, [command, arguments](const Context& context) {
            return RunConfig(context, *command, *arguments);
          }};
}

Command AddDump(CLI::App& app) {
  const auto options = std::make_shared<DumpOptions>();
  CLI::App* command = app.add_subcommand(
      "dump", "Write an archive for those who look into a problem: state, configuration, findings");
  command
      ->add_option("-o,--output", options->output,
                   "A new file, or - for stdout; default: pathwatch-HOST-TIME.tar.gz here")
      ->type_name("FILE");
  command
      ->add_option("--config", options->config_file,
                   "The configuration of pathwatchd, with conf.d beside it; default: "
                   "/etc/pathwatch/pathwatch.toml")
      ->type_name("FILE");
  command->footer(kDumpFooter);
  return {command, [options](const Context& context) { return RunDump(context, *options); }};
}

}  // namespace pathwatch::cli

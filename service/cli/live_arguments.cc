#include "service/cli/live_arguments.h"

#include <memory>
#include <string>

#include "service/cli/top/top_command.h"
#include "service/cli/watch_command.h"

namespace pathwatch::cli {
namespace {

constexpr const char* kTopFooter =
    "Keys: n p Tab the other page (paths, I_T nexuses); arrows PgUp PgDn Home End scroll; s l d c "
    "sort by state, latency, device, last change; < > the sort before, the next one; / shows only "
    "what contains a text; u shows only what is not usable; q ends.\n"
    "The latency of a nexus is the average, and the maximum, of its paths' last checks: one value "
    "for each path, whenever it was checked.";

std::string NotAnIntervalSentence(const std::string& word) {
  const bool fits = NotANumberSentence(word).empty() && word.size() <= 4 && std::stoi(word) >= 1 &&
                    std::stoi(word) <= 3'600;
  return fits ? "" : word + " is not a whole number of seconds from 1 to 3600";
}

}  // namespace

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

Command AddTop(CLI::App& app) {
  const auto options = std::make_shared<top::TopOptions>();
  CLI::App* command = app.add_subcommand(
      "top", "Show everything at a glance, live, on the whole terminal; h shows the keys");
  command->add_option("--interval", options->interval_s, "Seconds between two looks")
      ->type_name("SECONDS")
      ->check(CLI::Validator(NotAnIntervalSentence, ""))
      ->capture_default_str();
  command->add_option("--seconds", options->seconds, "End after N seconds")
      ->type_name("N")
      ->check(CLI::Validator(NotANumberSentence, ""));
  command->footer(kTopFooter);
  return {command, [options](const Context& context) { return top::RunTop(context, *options); }};
}

}  // namespace pathwatch::cli

#include "service/cli/config_command.h"

#include <ostream>
#include <vector>

#include "lib/config/configuration.h"
#include "lib/config/defaults_text.h"
#include "lib/config/load_files.h"
#include "lib/config/problem.h"
#include "service/cli/config_row.h"
#include "service/cli/exit_code.h"
#include "service/cli/finding.h"
#include "service/present/escape.h"

namespace pathwatch::cli {
namespace {

void Print(const std::vector<config::Problem>& problems, std::ostream& out) {
  for (const config::Problem& problem : problems) {
    out << present::EscapeForTerminal(config::TextOf(problem)) << "\n";
  }
  out << Counted(problems.size(), "problem") << "\n";
}

}  // namespace

int RunConfigDefaults(const Context& context) {
  context.out << config::DefaultsText();
  return kExitOk;
}

int RunConfigCheck(const Context& context, const ConfigFiles& files) {
  const config::Loaded loaded = config::LoadFiles(files.main, files.must_exist);
  if (!loaded.problems.empty()) {
    Print(loaded.problems, context.out);
    return kExitProblem;
  }
  context.out << "ok: " << Counted(loaded.configuration.files(), "file") << ", "
              << Counted(loaded.configuration.settings(), "option")
              << " set, the rest are defaults\n";
  return kExitOk;
}

int RunConfigShow(const Context& context, const ConfigFiles& files,
                  const ConfigShowOptions& options) {
  std::vector<std::string> complaints;
  const std::vector<config::OptionId> wanted = FindOptions(options.names, complaints);
  for (const std::string& complaint : complaints) Complain(context.err, complaint);
  if (!complaints.empty()) return kExitUnknownPath;

  const config::Loaded loaded = config::LoadFiles(files.main, files.must_exist);
  if (!loaded.problems.empty()) {
    Print(loaded.problems, context.err);
    return kExitProblem;
  }
  const bool for_device = !options.array.empty() || !options.transport.empty();
  const ConfigRows rows =
      for_device ? RowsForDevice(loaded.configuration, wanted, options.array, options.transport)
                 : RowsForAll(loaded.configuration, wanted);
  context.out << (options.json ? ConfigAsJson(rows) : ConfigAsText(rows));
  return kExitOk;
}

}  // namespace pathwatch::cli

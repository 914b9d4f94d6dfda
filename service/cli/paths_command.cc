#include "service/cli/paths_command.h"

#include <algorithm>

#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_argument.h"
#include "service/cli/path_text.h"
#include "service/cli/state_view.h"
#include "service/present/json.h"
#include "service/present/path_json.h"

namespace pathwatch::cli {
namespace {

// The paths of `view` that were asked for, in the order of the view. `named` are pointers into it.
std::vector<const pw_path_record*> Select(const StateView& view, const PathsOptions& options,
                                          const std::vector<const pw_path_record*>& named) {
  std::vector<const pw_path_record*> selected;
  for (const pw_path_record& path : view.paths) {
    const bool name_fits =
        options.paths.empty() || std::find(named.begin(), named.end(), &path) != named.end();
    const bool state_fits =
        options.states.empty() ||
        std::find(options.states.begin(), options.states.end(), path.state) != options.states.end();
    if (name_fits && state_fits) selected.push_back(&path);
  }
  return selected;
}

std::string PathsAsJson(const StateView& view, const std::vector<const pw_path_record*>& paths,
                        const present::Clocks& clocks) {
  present::Json json;
  json.BeginObject();
  json.BeginArray("paths");
  for (const pw_path_record* path : paths) {
    present::WritePath(FactsOf(view, *path), present::PathFields::All(), clocks, json);
  }
  json.EndArray();
  json.EndObject();
  return json.Document() + "\n";
}

}  // namespace

int RunPaths(const Context& context, const PathsOptions& options) {
  Wanted wanted;
  wanted.details = [&options](const pw_path_record& path) {
    return options.paths.empty() || HasOneOfTheNames(path, options.paths);
  };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const StateView& view = loaded->view;
  std::vector<std::string> complaints;
  const auto named = FindPaths(view, options.paths, complaints);
  for (const std::string& complaint : complaints) Complain(context.err, complaint);

  const auto selected = Select(view, options, named);
  context.out << (options.json ? PathsAsJson(view, selected, context.clocks)
                               : PathTable(view, selected, context.clocks));
  if (!complaints.empty()) return kExitUnknownPath;
  return loaded->code;
}

}  // namespace pathwatch::cli

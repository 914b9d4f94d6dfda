#include "service/cli/paths_command.h"

#include <string>
#include <vector>

#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_text.h"
#include "service/cli/state_view.h"
#include "service/present/json.h"
#include "service/present/path_json.h"

namespace pathwatch::cli {
namespace {

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
  wanted.luns = !options.filter.luns.empty();
  wanted.details = [&options](const pw_path_record& path) { return MayFit(path, options.filter); };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const StateView& view = loaded->view;
  std::vector<std::string> complaints;
  const auto selected = SelectPaths(view, options.filter, complaints);
  for (const std::string& complaint : complaints) Complain(context.err, complaint);
  context.out << (options.json ? PathsAsJson(view, selected, context.clocks)
                               : PathTable(view, selected, context.clocks));
  if (!complaints.empty()) return kExitUnknownPath;
  return loaded->code;
}

}  // namespace pathwatch::cli

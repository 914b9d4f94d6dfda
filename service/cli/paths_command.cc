#include "service/cli/paths_command.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "service/cli/dm_maps.h"
#include "service/cli/dm_status.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/path_format.h"
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

// A line for each path; what device mapper says is asked for only if it is to be shown.
std::string PathsAsLines(const Context& context, const StateView& view,
                         const std::vector<const pw_path_record*>& paths,
                         const PathFormat& format) {
  DmMaps maps(ReadMultipathStatus);
  std::string text;
  for (const pw_path_record* path : paths) {
    const present::PathFacts facts = FactsOf(view, *path);
    text +=
        format.Line(facts, format.WantsDmState() ? maps.StateOf(facts) : "", context.clocks) + "\n";
  }
  if (!maps.complaint().empty()) {
    Complain(context.err, "some states in dm tables are not known: " + maps.complaint());
  }
  return text;
}

// Empty if none was asked for. On failure what there is, too, is on context.err.
absl::StatusOr<std::optional<PathFormat>> FormatOf(const Context& context,
                                                   const PathsOptions& options) {
  if (!options.format) return std::nullopt;
  auto format = PathFormat::Parse(*options.format);
  if (format.ok()) return *std::move(format);
  Complain(context.err, "--format: " + std::string(format.status().message()) + "; there are:");
  context.err << PathFormatHelp();
  return format.status();
}

}  // namespace

int RunPaths(const Context& context, const PathsOptions& options) {
  const auto format = FormatOf(context, options);
  if (!format.ok()) return kExitUsage;
  Wanted wanted;
  wanted.luns = !options.filter.luns.empty();
  wanted.details = [&options](const pw_path_record& path) { return MayFit(path, options.filter); };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  const StateView& view = loaded->view;
  std::vector<std::string> complaints;
  const auto selected = SelectPaths(view, options.filter, complaints);
  for (const std::string& complaint : complaints) Complain(context.err, complaint);
  if (*format) {
    context.out << PathsAsLines(context, view, selected, **format);
  } else {
    context.out << (options.json ? PathsAsJson(view, selected, context.clocks)
                                 : PathTable(view, selected, context.clocks));
  }
  if (!complaints.empty()) return kExitUnknownPath;
  return loaded->code;
}

}  // namespace pathwatch::cli

#include "service/cli/luns_command.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <utility>

#include "lib/config/nearest_name.h"
#include "service/cli/dm_differences.h"
#include "service/cli/dm_status.h"
#include "service/cli/exit_code.h"
#include "service/cli/find_process.h"
#include "service/cli/loaded_state.h"
#include "service/cli/lun_text.h"
#include "service/cli/multipathd_client.h"
#include "service/cli/multipathd_paths.h"
#include "service/present/json.h"

namespace pathwatch::cli {
namespace {

constexpr std::chrono::seconds kPatience(2);

bool HasName(const present::LunFacts& facts, std::string_view name) {
  return !name.empty() && (name == facts.lun->wwid || name == facts.lun->dm_name);
}

// Sentences for the names that no logical unit has.
std::vector<std::string> Unknown(const std::vector<present::LunFacts>& luns,
                                 const std::vector<std::string>& names) {
  std::vector<std::string> sentences;
  for (const std::string& name : names) {
    config::NearestName nearest(name);
    bool found = false;
    for (const present::LunFacts& facts : luns) {
      found = found || HasName(facts, name);
      nearest.Offer(facts.lun->wwid);
      nearest.Offer(facts.lun->dm_name);
    }
    if (!found) sentences.push_back("no logical unit " + name + nearest.Question());
  }
  return sentences;
}

std::string LunsAsJson(const std::vector<LunRow>& rows, const present::Clocks& clocks) {
  present::Json json;
  json.BeginObject();
  json.BeginArray("luns");
  for (const LunRow& row : rows) {
    json.BeginObject();
    present::WriteLunFields(row.facts, clocks, json);
    WriteDifferences(row.differences, json);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Document() + "\n";
}

// The paths that dm maps hold, by the logical units that are to be shown.
using MappedPaths = std::map<const pw_lun_record*, std::vector<const pw_path_record*>>;

MappedPaths PathsInMaps(const StateView& view, const std::vector<present::LunFacts>& luns) {
  MappedPaths paths;
  for (const present::LunFacts& facts : luns) paths[facts.lun];
  for (const pw_path_record& path : view.paths) {
    const auto lun = paths.find(LunOf(view, path));
    const pw_detail_record* detail = DetailOf(view, path);
    const bool mapped = detail != nullptr && detail->dm_name[0] != '\0';
    if (lun != paths.end() && mapped && path.state != PW_STATE_REMOVED) {
      lun->second.push_back(&path);
    }
  }
  std::erase_if(paths, [](const auto& entry) { return entry.second.empty(); });
  return paths;
}

MultipathdView LookAtMultipathd(const DmSources& sources, std::ostream& err) {
  MultipathdView view;
  view.runs = sources.multipathd_runs();
  if (!view.runs) return view;
  const auto answer = sources.ask_multipathd(MultipathdPathsCommand());
  auto paths = answer.ok() ? ParseMultipathdPaths(*answer)
                           : absl::StatusOr<MultipathdPaths>(answer.status());
  view.answered = paths.ok();
  if (view.answered) {
    view.paths = *std::move(paths);
  } else {
    Complain(err, "multipathd's states of paths are not known: " +
                      std::string(paths.status().message()));
  }
  return view;
}

std::vector<LunRow> RowsOf(const Context& context, const StateView& view,
                           std::vector<present::LunFacts> luns, const DmSources& sources) {
  const MappedPaths mapped = PathsInMaps(view, luns);
  DmMaps maps(sources.read_map);
  const MultipathdView multipathd =
      mapped.empty() ? MultipathdView() : LookAtMultipathd(sources, context.err);
  std::vector<LunRow> rows;
  for (present::LunFacts& facts : luns) {
    LunRow row = {.facts = std::move(facts), .differences = {}};
    const auto paths = mapped.find(row.facts.lun);
    if (paths != mapped.end()) {
      for (const pw_path_record* path : paths->second) {
        auto difference = DifferenceOf({.path = *path,
                                        .dm_state = maps.StateOf(FactsOf(view, *path)),
                                        .multipathd = multipathd,
                                        .stale = view.stale,
                                        .boot_now_ns = context.clocks.boot_now_ns});
        if (difference) row.differences.push_back(*std::move(difference));
      }
    }
    rows.push_back(std::move(row));
  }
  if (!maps.complaint().empty()) {
    Complain(context.err, "some states in dm tables are not known: " + maps.complaint());
  }
  return rows;
}

}  // namespace

DmSources HostSources() {
  return {.read_map = ReadMultipathStatus,
          .multipathd_runs = [] { return FindProcess("/proc", "multipathd").has_value(); },
          .ask_multipathd =
              [](const std::string& command) {
                return AskMultipathd(MultipathdSockets(), command, kPatience);
              }};
}

int RunLuns(const Context& context, const LunsOptions& options, const DmSources& sources) {
  Wanted wanted;
  wanted.luns = true;
  wanted.port_groups = true;
  wanted.details = [](const pw_path_record& path) { return path.state != PW_STATE_REMOVED; };
  const auto loaded = LoadOrComplain(context, wanted);
  if (!loaded) return kExitNoData;
  std::vector<present::LunFacts> luns = LunsOf(loaded->view);
  const std::vector<std::string> unknown = Unknown(luns, options.luns);
  for (const std::string& sentence : unknown) Complain(context.err, sentence);
  if (!options.luns.empty()) {
    std::erase_if(luns, [&options](const present::LunFacts& facts) {
      return std::none_of(options.luns.begin(), options.luns.end(),
                          [&facts](const std::string& name) { return HasName(facts, name); });
    });
  }
  const std::vector<LunRow> rows = RowsOf(context, loaded->view, std::move(luns), sources);
  context.out << (options.json ? LunsAsJson(rows, context.clocks) : LunTable(rows));
  return unknown.empty() ? loaded->code : kExitUnknownPath;
}

}  // namespace pathwatch::cli

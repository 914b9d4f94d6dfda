#include "service/cli/luns_command.h"

#include <algorithm>
#include <string_view>

#include "lib/config/nearest_name.h"
#include "service/cli/exit_code.h"
#include "service/cli/loaded_state.h"
#include "service/cli/lun_text.h"
#include "service/present/json.h"

namespace pathwatch::cli {
namespace {

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

std::string LunsAsJson(const std::vector<present::LunFacts>& luns, const present::Clocks& clocks) {
  present::Json json;
  json.BeginObject();
  json.BeginArray("luns");
  for (const present::LunFacts& facts : luns) present::WriteLun(facts, clocks, json);
  json.EndArray();
  json.EndObject();
  return json.Document() + "\n";
}

}  // namespace

int RunLuns(const Context& context, const LunsOptions& options) {
  Wanted wanted;
  wanted.luns = true;
  wanted.port_groups = true;
  wanted.details = [](const pw_path_record& path) {
    return present::HasFlag(path, PW_PATH_OTHER_MAP);
  };
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
  context.out << (options.json ? LunsAsJson(luns, context.clocks) : LunTable(luns));
  return unknown.empty() ? loaded->code : kExitUnknownPath;
}

}  // namespace pathwatch::cli

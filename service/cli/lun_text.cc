#include "service/cli/lun_text.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/checker/state_names.h"
#include "service/cli/state_counts.h"
#include "service/cli/table.h"

namespace pathwatch::cli {
namespace {

struct FlagSentence {
  pw_lun_flags flag;
  const char* sentence;
};
constexpr FlagSentence kFlagSentences[] = {
    {PW_LUN_NO_IDENTIFIER,
     "it has no identifier: nobody can tell whether another path leads to it too"},
    {PW_LUN_TWINS, "two LUNs of one I_T nexus lead to it: unmap one of them on the array"},
    {PW_LUN_RTPG_REFUSED,
     "the array refuses REPORT TARGET PORT GROUPS: access states are not known"},
    {PW_LUN_GROUPS_CUT, "it has more than 256 port groups: only the first ones are kept"},
};

// SPC-4 6.37, STATUS CODE: why the group has its access state.
const char* StatusName(std::uint8_t status_code) {
  switch (status_code) {
    case 0:
      return "none";
    case 1:
      return "explicit";  // SET TARGET PORT GROUPS
    case 2:
      return "implicit";  // the array's own doing
    default:
      return "unknown";
  }
}

std::string_view WithoutTrailingBlanks(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string VendorAndProduct(const pw_lun_record& lun) {
  const std::string vendor(WithoutTrailingBlanks(lun.vendor));
  const std::string product(WithoutTrailingBlanks(lun.product));
  return vendor.empty() && product.empty() ? "" : vendor + "/" + product;
}

// "4: 2 up 2 ghost"
std::string PathsCell(const pw_lun_record& lun) {
  const StateCounts counts = CountsOf(lun.paths_total, lun.paths_by_state);
  return counts.total == 0 ? "0" : absl::StrFormat("%d: %s", counts.total, CountsText(counts, " "));
}

// "1 active/optimized*, 2 standby"
std::string PortGroupsCell(const LunFacts& facts) {
  return absl::StrJoin(facts.port_groups, ", ", [](std::string* text, const auto* group) {
    absl::StrAppendFormat(text, "%d %s%s", group->tpg, pw_alua_state_name(group->alua_state),
                          group->preferred != 0 ? "*" : "");
  });
}

void WritePortGroup(const pw_port_group_record& group, const Clocks& clocks, Json& json) {
  json.BeginObject();
  json.Number("tpg", group.tpg);
  json.Text("alua_state", pw_alua_state_name(group.alua_state));
  json.Bool("preferred", group.preferred != 0);
  json.BeginArray("rtpi");
  const std::size_t ports = std::min<std::size_t>(group.ports_total, PW_PORT_GROUP_PORTS);
  for (std::size_t i = 0; i < ports; i++) json.NumberElement(group.rtpi[i]);
  json.EndArray();
  json.TextOrNull("since", WallTimeOrNull(group.since_boottime_ns, clocks));
  json.Text("status", StatusName(group.status_code));
  json.EndObject();
}

}  // namespace

std::vector<LunFacts> LunsOf(const StateView& view) {
  std::vector<LunFacts> by_index(view.luns.size());
  for (std::size_t i = 0; i < view.luns.size(); i++) {
    const pw_lun_record& lun = view.luns[i];
    if (lun.head.in_use == 0) continue;
    by_index[i].lun = &lun;
    for (const FlagSentence& known : kFlagSentences) {
      if ((lun.flags & known.flag) != 0) by_index[i].warnings.emplace_back(known.sentence);
    }
  }
  for (const pw_port_group_record& group : view.port_groups) {
    if (group.lun_index < by_index.size()) by_index[group.lun_index].port_groups.push_back(&group);
  }
  for (const pw_path_record& path : view.paths) {
    const bool warned = HasFlag(path, PW_PATH_OTHER_MAP) && path.state != PW_STATE_REMOVED;
    if (!warned || path.lun_index >= by_index.size()) continue;
    by_index[path.lun_index].warnings.push_back(OtherMapWarning(FactsOf(view, path)));
  }
  std::erase_if(by_index, [](const LunFacts& facts) { return facts.lun == nullptr; });
  for (LunFacts& facts : by_index) {
    std::sort(facts.port_groups.begin(), facts.port_groups.end(),
              [](const auto* a, const auto* b) { return a->tpg < b->tpg; });
  }
  std::stable_sort(by_index.begin(), by_index.end(), [](const LunFacts& a, const LunFacts& b) {
    return std::string_view(a.lun->wwid) < b.lun->wwid;
  });
  return by_index;
}

std::string LunTable(const std::vector<LunFacts>& luns) {
  Table table({"WWID", "DM", "VENDOR/PRODUCT", "PATHS", "PORT-GROUPS", "NOTES"});
  for (const LunFacts& facts : luns) {
    table.AddRow({facts.lun->wwid, facts.lun->dm_name, VendorAndProduct(*facts.lun),
                  PathsCell(*facts.lun), PortGroupsCell(facts),
                  absl::StrJoin(facts.warnings, "; ")});
  }
  return table.Text();
}

void WriteLun(const LunFacts& facts, const Clocks& clocks, Json& json) {
  const pw_lun_record& lun = *facts.lun;
  json.BeginObject();
  json.Text("wwid", lun.wwid);
  json.Text("vendor", WithoutTrailingBlanks(lun.vendor));
  json.Text("product", WithoutTrailingBlanks(lun.product));
  json.Text("dm", lun.dm_name);
  WriteCounts("paths", CountsOf(lun.paths_total, lun.paths_by_state), json);
  json.BeginArray("port_groups");
  for (const pw_port_group_record* group : facts.port_groups) WritePortGroup(*group, clocks, json);
  json.EndArray();
  json.BeginArray("warnings");
  for (const std::string& warning : facts.warnings) json.TextElement(warning);
  json.EndArray();
  json.EndObject();
}

std::string OtherMapWarning(const PathFacts& facts) {
  const std::string path = PathName(facts.path);
  if (facts.detail == nullptr || facts.detail->dm_name[0] == '\0') {
    return absl::StrFormat("path %s is held by a dm map whose WWID is none of its identifiers",
                           path);
  }
  return absl::StrFormat("path %s is held by dm map %s, whose WWID %s is none of its identifiers",
                         path, facts.detail->dm_name, facts.detail->dm_wwid);
}

}  // namespace pathwatch::cli

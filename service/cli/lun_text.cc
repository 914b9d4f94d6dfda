#include "service/cli/lun_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "lib/checker/state_names.h"
#include "service/cli/table.h"
#include "service/present/state_counts.h"

namespace pathwatch::cli {
namespace {

std::string VendorAndProduct(const pw_lun_record& lun) {
  const std::string vendor(present::WithoutTrailingBlanks(lun.vendor));
  const std::string product(present::WithoutTrailingBlanks(lun.product));
  return vendor.empty() && product.empty() ? "" : vendor + "/" + product;
}

// "4: 2 up 2 ghost"
std::string PathsCell(const pw_lun_record& lun) {
  const present::StateCounts counts = present::CountsOf(lun.paths_total, lun.paths_by_state);
  return counts.total == 0
             ? "0"
             : absl::StrFormat("%d: %s", counts.total, present::CountsText(counts, " "));
}

// "1 active/optimized*, 2 standby"
std::string PortGroupsCell(const present::LunFacts& facts) {
  return absl::StrJoin(facts.port_groups, ", ", [](std::string* text, const auto* group) {
    absl::StrAppendFormat(text, "%d %s%s", group->tpg, pw_alua_state_name(group->alua_state),
                          group->preferred != 0 ? "*" : "");
  });
}

}  // namespace

std::vector<present::LunFacts> LunsOf(const StateView& view) {
  std::vector<present::LunFacts> by_index(view.luns.size());
  for (std::size_t i = 0; i < view.luns.size(); i++) {
    const pw_lun_record& lun = view.luns[i];
    if (lun.head.in_use == 0) continue;
    present::Describe(lun, by_index[i]);
  }
  for (const pw_port_group_record& group : view.port_groups) {
    if (group.lun_index < by_index.size()) by_index[group.lun_index].port_groups.push_back(&group);
  }
  for (const pw_path_record& path : view.paths) {
    const bool warned = present::HasFlag(path, PW_PATH_OTHER_MAP) && path.state != PW_STATE_REMOVED;
    if (!warned || path.lun_index >= by_index.size()) continue;
    by_index[path.lun_index].warnings.push_back(present::OtherMapWarning(FactsOf(view, path)));
  }
  std::erase_if(by_index, [](const present::LunFacts& facts) { return facts.lun == nullptr; });
  for (present::LunFacts& facts : by_index) {
    std::sort(facts.port_groups.begin(), facts.port_groups.end(),
              [](const auto* a, const auto* b) { return a->tpg < b->tpg; });
  }
  std::stable_sort(by_index.begin(), by_index.end(),
                   [](const present::LunFacts& a, const present::LunFacts& b) {
                     return std::string_view(a.lun->wwid) < b.lun->wwid;
                   });
  return by_index;
}

std::string LunTable(const std::vector<LunRow>& rows) {
  Table table({"WWID", "DM", "VENDOR/PRODUCT", "PATHS", "PORT-GROUPS", "NOTES"});
  for (const LunRow& row : rows) {
    const pw_lun_record& lun = *row.facts.lun;
    std::vector<std::string> notes = row.facts.warnings;
    for (std::string& note : DifferenceNotes(row.differences)) notes.push_back(std::move(note));
    table.AddRow({lun.wwid, lun.dm_name, VendorAndProduct(lun), PathsCell(lun),
                  PortGroupsCell(row.facts), absl::StrJoin(notes, "; ")});
  }
  return table.Text();
}

}  // namespace pathwatch::cli

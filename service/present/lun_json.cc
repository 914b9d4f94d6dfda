#include "service/present/lun_json.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_format.h"
#include "lib/checker/state_names.h"
#include "service/present/state_counts.h"

namespace pathwatch::present {
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

std::string_view WithoutTrailingBlanks(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

void Describe(const pw_lun_record& lun, LunFacts& facts) {
  facts.lun = &lun;
  for (const FlagSentence& known : kFlagSentences) {
    if ((lun.flags & known.flag) != 0) facts.warnings.emplace_back(known.sentence);
  }
  if (lun.paths_total < lun.paths_expected) {
    facts.warnings.push_back(
        absl::StrFormat("%u of %u I_T nexuses that led to it have no device any more",
                        lun.paths_expected - lun.paths_total, lun.paths_expected));
  }
}

void WriteLun(const LunFacts& facts, const Clocks& clocks, Json& json) {
  json.BeginObject();
  WriteLunFields(facts, clocks, json);
  json.EndObject();
}

void WriteLunFields(const LunFacts& facts, const Clocks& clocks, Json& json) {
  const pw_lun_record& lun = *facts.lun;
  json.Text("wwid", lun.wwid);
  json.Text("vendor", WithoutTrailingBlanks(lun.vendor));
  json.Text("product", WithoutTrailingBlanks(lun.product));
  json.Text("dm", lun.dm_name);
  WriteCounts("paths", CountsOf(lun.paths_total, lun.paths_by_state), json);
  json.Number("paths_expected", lun.paths_expected);
  json.BeginArray("port_groups");
  for (const pw_port_group_record* group : facts.port_groups) WritePortGroup(*group, clocks, json);
  json.EndArray();
  json.BeginArray("warnings");
  for (const std::string& warning : facts.warnings) json.TextElement(warning);
  json.EndArray();
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

}  // namespace pathwatch::present

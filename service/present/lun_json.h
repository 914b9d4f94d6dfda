// A logical unit as an object of JSON, and what is wrong with how it is mapped.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_LUN_JSON_H_
#define PATHWATCH_SERVICE_PRESENT_LUN_JSON_H_

#include <string>
#include <string_view>
#include <vector>

#include "proto/state_table.h"
#include "service/present/json.h"
#include "service/present/path_facts.h"
#include "service/present/time_text.h"

namespace pathwatch::present {

// A logical unit with what belongs to it, owned by somebody else.
struct LunFacts {
  const pw_lun_record* lun = nullptr;
  std::vector<const pw_port_group_record*> port_groups;  // in the order of their numbers
  std::vector<std::string> warnings;                     // sentences without a full stop
};

// Takes the record, and the warnings that it gives by itself.
void Describe(const pw_lun_record& lun, LunFacts& facts);

// A warning of the logical unit. REQUIRES: the path has PW_PATH_OTHER_MAP.
std::string OtherMapWarning(const PathFacts& facts);

void WriteLun(const LunFacts& facts, const Clocks& clocks, Json& json);
// Its fields, for those who add some of their own to the object.
void WriteLunFields(const LunFacts& facts, const Clocks& clocks, Json& json);

// INQUIRY pads with blanks.
std::string_view WithoutTrailingBlanks(std::string_view text);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_LUN_JSON_H_

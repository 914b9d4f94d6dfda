// An I_T nexus as an object of JSON.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_NEXUS_JSON_H_
#define PATHWATCH_SERVICE_PRESENT_NEXUS_JSON_H_

#include <string>

#include "lib/discovery/hctl.h"
#include "proto/state_table.h"
#include "service/present/json.h"
#include "service/present/time_text.h"

namespace pathwatch::present {

// To sort by; its LUN does not count. A record whose name is none comes last.
discovery::Hctl NexusAddress(const pw_nexus_record& nexus);
// "host3"; "" if the record's name is none.
std::string NexusHostName(const pw_nexus_record& nexus);

void WriteNexus(const pw_nexus_record& nexus, const Clocks& clocks, Json& json);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_NEXUS_JSON_H_

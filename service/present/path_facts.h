// A path with what explains its state, and its names.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_PRESENT_PATH_FACTS_H_
#define PATHWATCH_SERVICE_PRESENT_PATH_FACTS_H_

#include <string>

#include "lib/discovery/hctl.h"
#include "proto/state_table.h"

namespace pathwatch::present {

// What is not known is null. Owned by somebody else.
struct PathFacts {
  const pw_path_record& path;
  const pw_nexus_record* nexus = nullptr;
  const pw_detail_record* detail = nullptr;
};

bool HasFlag(const pw_path_record& path, pw_path_flags flag);

// As much of the path as a change tells by itself; the rest is 0.
pw_path_record PathOf(const pw_change_record& change);

discovery::Hctl HctlOf(const pw_path_record& path);
// "3:0:0:1"
std::string PathName(const pw_path_record& path);
// "3:0:0"
std::string NexusName(const pw_path_record& path);
// "host3"
std::string HostName(const pw_path_record& path);

}  // namespace pathwatch::present

#endif  // PATHWATCH_SERVICE_PRESENT_PATH_FACTS_H_

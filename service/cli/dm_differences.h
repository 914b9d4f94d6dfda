// Where pathwatch, device mapper and multipathd do not say the same of a path, and why.
//
// Thread rule: plain values and pure functions, any thread.
#ifndef PATHWATCH_SERVICE_CLI_DM_DIFFERENCES_H_
#define PATHWATCH_SERVICE_CLI_DM_DIFFERENCES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/state_table.h"
#include "service/cli/multipathd_paths.h"
#include "service/present/json.h"

namespace pathwatch::cli {

// What multipathd has let us know.
struct MultipathdView {
  bool runs = false;
  bool answered = false;  // `paths` is what it holds
  MultipathdPaths paths;
};

struct Difference {
  const pw_path_record* path = nullptr;  // owned by somebody else
  std::string dm_state;                  // "active", "failed"; "undef": not known
  std::string multipathd_state;          // the word of its checker's state; "": not known
  std::string reason;                    // a clause
};

// What the three say of one path.
struct ThreeOpinions {
  const pw_path_record& path;
  std::string dm_state;  // "undef" if dm could not be asked: then multipathd's word for it counts
  const MultipathdView& multipathd;
  bool stale = false;  // the published state is out of date
  std::int64_t boot_now_ns = 0;
};

// Nothing if they agree, or pathwatch has no opinion that lasts (unknown, transitioning, removed).
std::optional<Difference> DifferenceOf(const ThreeOpinions& opinions);

// "sdc: pathwatch up, dm failed, multipathd faulty: <reason>", paths of which the same is true
// together.
std::vector<std::string> DifferenceNotes(const std::vector<Difference>& differences);

// "differences":[{"path","device","state","dm_state","multipathd_state","reason"}]
void WriteDifferences(const std::vector<Difference>& differences, present::Json& json);

}  // namespace pathwatch::cli

#endif  // PATHWATCH_SERVICE_CLI_DM_DIFFERENCES_H_

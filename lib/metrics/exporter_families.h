// What the exporter says about itself and about the published state as a whole.
//
// Thread rule: pure functions, any thread.
#ifndef PATHWATCH_LIB_METRICS_EXPORTER_FAMILIES_H_
#define PATHWATCH_LIB_METRICS_EXPORTER_FAMILIES_H_

#include <string_view>

#include "lib/checker/state_reader.h"
#include "lib/metrics/families.h"
#include "lib/metrics/moment.h"
#include "lib/metrics/path_choice.h"
#include "lib/metrics/state_snapshot.h"

namespace pathwatch::metrics {

// The word of pathwatch_state_problem_info. REQUIRES: not PW_OK.
std::string_view ProblemWord(pw_result result);

struct ExporterFacts {
  std::string_view version;
  PerPath mode = PerPath::kAll;
  double last_collect_seconds = 0;
  pw_result state = PW_OK;
};
void AddExporterFamilies(const ExporterFacts& facts, const StateSnapshot& snapshot,
                         const Moment& now, Families& families);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_EXPORTER_FAMILIES_H_

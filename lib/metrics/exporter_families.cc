#include "lib/metrics/exporter_families.h"

namespace pathwatch::metrics {

using enum MetricId;

std::string_view ProblemWord(pw_result result) {
  switch (result) {
    case PW_NO_FILE:
      return "no_file";
    case PW_NOT_ALLOWED:
      return "not_allowed";
    case PW_NOT_REGULAR:
    case PW_UNTRUSTED:
      return "untrusted";
    case PW_FOREIGN:
    case PW_TRUNCATED:
    case PW_DAMAGED:
      return "damaged";
    case PW_OTHER_MAJOR:
      return "other_version";
    case PW_STALE:
      return "stale";
    default:
      return "cannot_read";
  }
}

void AddExporterFamilies(const ExporterFacts& facts, const StateSnapshot& snapshot,
                         const Moment& now, Families& families) {
  families.Add(kExporterBuildInfo, {facts.version}, 1);
  families.Add(kExporterPerPath, {PerPathName(facts.mode)}, 1);
  families.Add(kExporterCollectSeconds, {}, facts.last_collect_seconds);
  families.Add(kStateReadable, {}, facts.state == PW_OK ? 1 : 0);
  if (facts.state != PW_OK) families.Add(kStateProblem, {ProblemWord(facts.state)}, 1);
  if (snapshot.header) {
    families.Add(kStateAge, {}, SecondsSince(snapshot.header->heartbeat_boottime_ns, now));
  }
  if (facts.state == PW_OK) families.Add(kStateRecordsSkipped, {}, snapshot.skipped);
}

}  // namespace pathwatch::metrics

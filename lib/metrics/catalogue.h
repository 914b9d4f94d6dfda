// Every metric that pathwatch-exporter may give: its name, type, labels, and what its value is.
//
// Names and labels leave the process: rules, dashboards and people depend on them.
//
// Thread rule: constant data, any thread.
#ifndef PATHWATCH_LIB_METRICS_CATALOGUE_H_
#define PATHWATCH_LIB_METRICS_CATALOGUE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pathwatch::metrics {

// The order of the table, and of an exposition.
enum class MetricId : std::uint8_t {
  // The exporter about itself and about what it reads.
  kExporterBuildInfo,
  kExporterPerPath,
  kExporterCollectSeconds,
  kStateReadable,
  kStateProblem,
  kStateAge,
  kStateRecordsSkipped,
  // The daemon about itself.
  kBuildInfo,
  kStartTime,
  kHeartbeat,
  kLoopLag,
  kLoopTurns,
  kLoopLongestTurn,
  kInflight,
  kOldestInflight,
  kCommandsSent,
  kChecks,
  kChecksOverdue,
  kChecksAnsweredLate,
  kChecksDeferred,
  kStateChanges,
  kAluaChanges,
  kIdentityChanges,
  kRescans,
  kEvents,
  kEventsLost,
  kLogLinesDropped,
  kWatchers,
  kClients,
  kClientsRefused,
  kClientsDropped,
  kCallsAnswered,
  kLongestSlice,
  kReloadSuccessful,
  kReloadSuccessTime,
  kReloads,
  kDevicesLeftOut,
  kUnscannedLuns,
  kKernelWorkers,
  kPassthroughPaths,
  // All paths.
  kPaths,
  kUnconfirmedPaths,
  kStalePaths,
  // I_T nexuses.
  kTargetInfo,
  kTargetPaths,
  kTargetSilent,
  kTargetInflight,
  kTargetDuration,
  kRportState,
  kIscsiSessionState,
  // Logical units.
  kLunInfo,
  kLunPaths,
  kLunPathsExpected,
  kLunPortGroups,
  // Single paths.
  kPathInfo,
  kPathUp,
  kPathState,
  kPathAluaState,
  kPathLastCheck,
  kPathStateChanges,
  kPathCheckFailures,
};
inline constexpr std::size_t kMetricCount = 61;

enum class MetricType : std::uint8_t { kGauge, kCounter, kHistogram };

enum class MetricGroup : std::uint8_t { kExporter, kDaemon, kPaths, kTarget, kLun, kPath };

struct MetricDescription {
  MetricId id;
  MetricGroup group;
  MetricType type;
  std::string_view name;
  std::string_view labels;  // their names in the order of an exposition, separated by a blank
  std::string_view help;    // sentences
};

// All, in the order of MetricId.
std::span<const MetricDescription> Catalogue();
const MetricDescription& Describe(MetricId id);

}  // namespace pathwatch::metrics

#endif  // PATHWATCH_LIB_METRICS_CATALOGUE_H_

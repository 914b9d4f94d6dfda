#include "lib/metrics/daemon_families.h"

#include <cstdint>
#include <cstring>
#include <string_view>

#include "lib/metrics/histograms.h"

namespace pathwatch::metrics {
namespace {

using enum MetricId;

struct Plain {
  MetricId id;
  pw_counter counter;
};
constexpr Plain kPlain[] = {
    {kLoopTurns, PW_COUNTER_LOOP_TURNS},
    {kInflight, PW_COUNTER_IN_FLIGHT},
    {kChecksOverdue, PW_COUNTER_CHECKS_DEADLINE_PASSED},
    {kChecksAnsweredLate, PW_COUNTER_CHECKS_ANSWERED_LATE},
    {kStateChanges, PW_COUNTER_STATE_CHANGES},
    {kAluaChanges, PW_COUNTER_ALUA_CHANGES},
    {kIdentityChanges, PW_COUNTER_IDENTITY_CHANGES},
    {kRescans, PW_COUNTER_RESCANS},
    {kLogLinesDropped, PW_COUNTER_LOG_LINES_DROPPED},
    {kWatchers, PW_COUNTER_WATCHERS},
    {kClients, PW_COUNTER_CONNECTIONS},
    {kClientsRefused, PW_COUNTER_CONNECTIONS_REFUSED},
    {kClientsDropped, PW_COUNTER_CLIENTS_DROPPED},
    {kCallsAnswered, PW_COUNTER_CALLS_ANSWERED},
    {kDevicesLeftOut, PW_COUNTER_DEVICES_LEFT_OUT},
    {kUnscannedLuns, PW_COUNTER_UNSCANNED_LUNS},
    {kKernelWorkers, PW_COUNTER_KERNEL_WORKERS},
};

struct Labelled {
  MetricId id;
  pw_counter counter;
  std::string_view label;
};
constexpr Labelled kLabelled[] = {
    {kCommandsSent, PW_COUNTER_CHECKS_SENT, "tur"},
    {kCommandsSent, PW_COUNTER_RTPG_SENT, "rtpg"},
    {kCommandsSent, PW_COUNTER_IDENTITY_SENT, "identity"},
    {kCommandsSent, PW_COUNTER_LUNS_SENT, "luns"},
    {kChecksDeferred, PW_COUNTER_DEFERRED_NEXUS_LIMIT, "nexus_limit"},
    {kChecksDeferred, PW_COUNTER_DEFERRED_HOST_LIMIT, "host_limit"},
    {kChecksDeferred, PW_COUNTER_DEFERRED_SILENT_NEXUS, "silent_nexus"},
    {kChecksDeferred, PW_COUNTER_DEFERRED_PASSTHROUGH_BUSY, "passthrough_busy"},
    {kChecksDeferred, PW_COUNTER_DEFERRED_TRANSPORT, "transport"},
    {kEventsLost, PW_COUNTER_WATCHERS_LOST, "watch"},
    {kEventsLost, PW_COUNTER_EVENTS_LOST, "uevent"},
    {kReloads, PW_COUNTER_RELOADS, "ok"},
    {kReloads, PW_COUNTER_RELOADS_FAILED, "failed"},
};

struct TwiceLabelled {
  MetricId id;
  pw_counter counter;
  std::string_view first;
  std::string_view second;
};
constexpr TwiceLabelled kTwiceLabelled[] = {
    {kChecks, PW_COUNTER_CHECKS_UP, "tur", "up"},
    {kChecks, PW_COUNTER_CHECKS_GHOST, "tur", "ghost"},
    {kChecks, PW_COUNTER_CHECKS_TRANSITIONING, "tur", "transitioning"},
    {kChecks, PW_COUNTER_CHECKS_UNAVAILABLE, "tur", "unavailable"},
    {kChecks, PW_COUNTER_CHECKS_DOWN, "tur", "down"},
    {kChecks, PW_COUNTER_CHECKS_UNMAPPED, "tur", "unmapped"},
    {kChecks, PW_COUNTER_CHECKS_RETRY_NOW, "tur", "retry_now"},
    {kChecks, PW_COUNTER_CHECKS_RETRY_LATER, "tur", "retry_later"},
    {kChecks, PW_COUNTER_CHECKS_NO_OPINION, "tur", "no_opinion"},
    {kChecks, PW_COUNTER_RTPG_FAILED, "rtpg", "failed"},
    {kChecks, PW_COUNTER_IDENTITY_FAILED, "identity", "failed"},
    {kChecks, PW_COUNTER_LUNS_FAILED, "luns", "failed"},
    {kEvents, PW_COUNTER_PATHS_FOUND, "rescan", "found"},
    {kEvents, PW_COUNTER_PATHS_GONE, "rescan", "gone"},
    {kEvents, PW_COUNTER_PATHS_CHANGED, "rescan", "changed"},
    {kEvents, PW_COUNTER_IDENTITIES_DOUBTED, "rescan", "identity_doubted"},
    {kEvents, PW_COUNTER_EVENTS_UEVENT, "uevent", "dm_path"},
    {kEvents, PW_COUNTER_OPERATOR_CHECKS, "operator", "check"},
    {kEvents, PW_COUNTER_OPERATOR_ACCEPTS, "operator", "accept_identity"},
};

}  // namespace

void AddIdentityFamilies(const pw_header& header, const Moment& now, Families& families) {
  const std::size_t length = strnlen(header.daemon_version, sizeof header.daemon_version);
  families.Add(kBuildInfo, {std::string_view(header.daemon_version, length)}, 1);
  families.Add(kStartTime, {}, EpochSeconds(header.started_boottime_ns, now));
  families.Add(kHeartbeat, {}, EpochSeconds(header.heartbeat_boottime_ns, now));
}

void AddCounterFamilies(const pw_counters_record& counters, const Moment& now, Families& families) {
  const auto value = [&](pw_counter counter) {
    return static_cast<double>(counters.values[counter]);
  };
  const auto time_ns = [&](pw_counter counter) {
    return static_cast<std::int64_t>(counters.values[counter]);
  };
  for (const Plain& row : kPlain) families.Add(row.id, {}, value(row.counter));
  for (const Labelled& row : kLabelled) families.Add(row.id, {row.label}, value(row.counter));
  for (const TwiceLabelled& row : kTwiceLabelled) {
    families.Add(row.id, {row.first, row.second}, value(row.counter));
  }
  families.Add(kLoopLag, {}, CumulativeOf(counters.loop_lag, pw_lag_bound_ns));
  families.Add(kLoopLongestTurn, {}, Seconds(time_ns(PW_COUNTER_LOOP_LONGEST_TURN_NS)));
  families.Add(kLongestSlice, {}, Seconds(time_ns(PW_COUNTER_LONGEST_SLICE_NS)));
  const std::int64_t oldest_ns = time_ns(PW_COUNTER_OLDEST_IN_FLIGHT);
  families.Add(kOldestInflight, {}, oldest_ns == 0 ? 0 : SecondsSince(oldest_ns, now));
  families.Add(kReloadSuccessful, {}, value(PW_COUNTER_RELOAD_HAS_FAILED) == 0 ? 1 : 0);
  families.Add(kReloadSuccessTime, {}, EpochSeconds(time_ns(PW_COUNTER_CONFIG_SINCE), now));
}

}  // namespace pathwatch::metrics

#include "lib/metrics/catalogue.h"

#include <array>

namespace pathwatch::metrics {
namespace {

constexpr MetricType kGauge = MetricType::kGauge;
constexpr MetricType kCounter = MetricType::kCounter;
constexpr MetricType kHistogram = MetricType::kHistogram;

constexpr MetricDescription Exporter(MetricId id, MetricType type, std::string_view name,
                                     std::string_view labels, std::string_view help) {
  return {id, MetricGroup::kExporter, type, name, labels, help};
}
constexpr MetricDescription Daemon(MetricId id, MetricType type, std::string_view name,
                                   std::string_view labels, std::string_view help) {
  return {id, MetricGroup::kDaemon, type, name, labels, help};
}
constexpr MetricDescription Paths(MetricId id, std::string_view name, std::string_view labels,
                                  std::string_view help) {
  return {id, MetricGroup::kPaths, kGauge, name, labels, help};
}
constexpr MetricDescription Target(MetricId id, MetricType type, std::string_view name,
                                   std::string_view labels, std::string_view help) {
  return {id, MetricGroup::kTarget, type, name, labels, help};
}
constexpr MetricDescription Lun(MetricId id, std::string_view name, std::string_view labels,
                                std::string_view help) {
  return {id, MetricGroup::kLun, kGauge, name, labels, help};
}
constexpr MetricDescription Path(MetricId id, MetricType type, std::string_view name,
                                 std::string_view labels, std::string_view help) {
  return {id, MetricGroup::kPath, type, name, labels, help};
}

using enum MetricId;

constexpr std::array<MetricDescription, kMetricCount> kCatalogue = {{
    Exporter(kExporterBuildInfo, kGauge, "pathwatch_exporter_build_info", "version",
             "1; the label has the version of pathwatch-exporter."),
    Exporter(kExporterPerPath, kGauge, "pathwatch_exporter_per_path_info", "mode",
             "1; the label says which single paths have series of their own: all, problem (those "
             "that are not well or have changed within the last hour) or none."),
    Exporter(kExporterCollectSeconds, kGauge, "pathwatch_exporter_collect_duration_seconds", "",
             "How long reading the published state took for the collection before this one; 0 in "
             "the first one."),
    Exporter(kStateReadable, kGauge, "pathwatch_state_readable", "",
             "1 if the published state can be read and its heartbeat is at most 10 s old. 0 if "
             "not: then there are no series about paths, logical units and I_T nexuses."),
    Exporter(kStateProblem, kGauge, "pathwatch_state_problem_info", "problem",
             "1; the label says why the published state cannot be relied on: no_file, "
             "not_allowed, untrusted, damaged, other_version, cannot_read or stale. Absent if "
             "nothing is wrong."),
    Exporter(kStateAge, kGauge, "pathwatch_state_age_seconds", "",
             "Age of the heartbeat in the published state, which pathwatchd renews every 500 ms. "
             "Absent if there is no state to read."),
    Exporter(kStateRecordsSkipped, kGauge, "pathwatch_state_records_skipped", "",
             "Records of the published state that could not be read for this collection, because "
             "they were being written or are damaged; what they describe is missing here."),

    Daemon(kBuildInfo, kGauge, "pathwatch_build_info", "version",
           "1; the label has the version of pathwatchd."),
    Daemon(kStartTime, kGauge, "pathwatch_start_time_seconds", "",
           "When pathwatchd was started, in seconds since the epoch."),
    Daemon(kHeartbeat, kGauge, "pathwatch_loop_heartbeat_timestamp_seconds", "",
           "When pathwatchd's event loop last said that it is alive, which it does every 500 ms, "
           "in seconds since the epoch."),
    Daemon(kLoopLag, kHistogram, "pathwatch_loop_lag_seconds", "",
           "How much later than planned the event loop got to what was due."),
    Daemon(kLoopTurns, kCounter, "pathwatch_loop_turns_total", "",
           "Turns of the event loop; each enters the kernel once."),
    Daemon(kLoopLongestTurn, kGauge, "pathwatch_loop_longest_turn_seconds", "",
           "Longest time outside the kernel in one turn of the event loop since the start."),
    Daemon(kInflight, kGauge, "pathwatch_checks_inflight", "",
           "SCSI commands that were sent and have not come back."),
    Daemon(kOldestInflight, kGauge, "pathwatch_oldest_inflight_check_seconds", "",
           "For how long the oldest SCSI command that has not come back has been out; 0 if none "
           "is out."),
    Daemon(kCommandsSent, kCounter, "pathwatch_commands_sent_total", "command",
           "SCSI commands sent: tur (TEST UNIT READY, the check), rtpg (REPORT TARGET PORT "
           "GROUPS), identity (INQUIRY, standard data and VPD page 83h), luns (REPORT LUNS)."),
    Daemon(kChecks, kCounter, "pathwatch_checks_total", "command result",
           "Commands that came back. Of tur by what the reply means: up, ghost, transitioning, "
           "unavailable, down, unmapped, retry_now, retry_later, no_opinion. Of rtpg, identity "
           "and luns only those without a usable answer: failed."),
    Daemon(kChecksOverdue, kCounter, "pathwatch_checks_overdue_total", "",
           "Checks that passed their deadline without a reply."),
    Daemon(kChecksAnsweredLate, kCounter, "pathwatch_checks_answered_late_total", "",
           "Checks that came back after their deadline; they are among those of "
           "pathwatch_checks_total too."),
    Daemon(kChecksDeferred, kCounter, "pathwatch_checks_deferred_total", "reason",
           "Commands that were due and had to wait: for nexus_limit or host_limit (too many were "
           "out there), silent_nexus (only probes go there), passthrough_busy (the kernel had no "
           "room) or transport (the kernel holds commands back)."),
    Daemon(kStateChanges, kCounter, "pathwatch_state_changes_total", "",
           "Changes of the state of a path, over all paths."),
    Daemon(kAluaChanges, kCounter, "pathwatch_alua_changes_total", "",
           "Changes of the asymmetric access state of a target port group, over all logical "
           "units."),
    Daemon(kIdentityChanges, kCounter, "pathwatch_identity_changes_total", "",
           "Times another logical unit answered on a path than before."),
    Daemon(kRescans, kCounter, "pathwatch_rescans_total", "",
           "Times pathwatchd has looked which devices exist."),
    Daemon(kEvents, kCounter, "pathwatch_events_total", "source event",
           "What pathwatchd has heard of. From rescan: found, gone, changed (paths) and "
           "identity_doubted (the kernel has read another identity). From uevent: dm_path (device "
           "mapper has failed a path or uses it again). From operator: check (of programs too) "
           "and accept_identity."),
    Daemon(kEventsLost, kCounter, "pathwatch_events_lost_total", "source",
           "Events that somebody missed. watch: times a client that follows changes was so slow "
           "that the log of changes had overwritten what it had not read; it was told so. uevent: "
           "times the kernel's uevents came faster than pathwatchd read them; every path was "
           "checked then."),
    Daemon(kLogLinesDropped, kCounter, "pathwatch_log_lines_dropped_total", "",
           "Lines of pathwatchd's log that were lost, because its reader was too slow."),
    Daemon(kWatchers, kGauge, "pathwatch_watchers", "",
           "Clients that follow changes over the socket."),
    Daemon(kClients, kGauge, "pathwatch_clients", "", "Clients that are connected to the socket."),
    Daemon(kClientsRefused, kCounter, "pathwatch_clients_refused_total", "",
           "Connections refused, because there were too many."),
    Daemon(kClientsDropped, kCounter, "pathwatch_clients_dropped_total", "",
           "Clients dropped, because they were too slow to say or to read something."),
    Daemon(kCallsAnswered, kCounter, "pathwatch_calls_answered_total", "",
           "Calls over the socket that were answered."),
    Daemon(kLongestSlice, kGauge, "pathwatch_query_longest_slice_seconds", "",
           "Longest part of one turn of the event loop spent on answering clients since the "
           "start."),
    Daemon(kReloadSuccessful, kGauge, "pathwatch_config_last_reload_successful", "",
           "0 if the last reload of the configuration failed, so that the one before is still in "
           "force; otherwise 1."),
    Daemon(kReloadSuccessTime, kGauge, "pathwatch_config_last_reload_success_timestamp_seconds", "",
           "When the configuration in force took effect, in seconds since the epoch."),
    Daemon(kReloads, kCounter, "pathwatch_config_reloads_total", "result",
           "Reloads of the configuration that took effect (ok) or did not (failed)."),
    Daemon(kDevicesLeftOut, kGauge, "pathwatch_devices_left_out", "",
           "Devices that the configuration says not to watch."),
    Daemon(kUnscannedLuns, kGauge, "pathwatch_unscanned_luns", "",
           "LUNs that targets report and for which the kernel has no device."),
    Daemon(kKernelWorkers, kGauge, "pathwatch_kernel_workers", "",
           "Threads that the kernel's io_uring has made for pathwatchd."),
    Daemon(kPassthroughPaths, kGauge, "pathwatch_passthrough_paths", "passthrough",
           "Paths by the way in which they are reached: bsg_uring, sg_async, simulated, or none "
           "if none was found yet. Without removed ones."),

    Paths(kPaths, "pathwatch_paths", "state",
          "Paths by state. removed: the kernel has deleted the device within the last day."),
    Paths(kUnconfirmedPaths, "pathwatch_unconfirmed_paths", "",
          "Paths whose state no check has confirmed since the last doubt. Without removed ones."),
    Paths(kStalePaths, "pathwatch_stale_paths", "",
          "Paths whose next check is overdue, so that nobody should rely on their state any more. "
          "Without removed ones."),

    Target(kTargetInfo, kGauge, "pathwatch_target_info",
           "hba target_port host transport port portal vendor product",
           "1; the labels describe an I_T nexus: hba (name of the initiator port, or hostN if it "
           "has none), target_port (name of the target port, or H:C:T if it has none), the SCSI "
           "host, the transport, the kernel's name of the remote port or session, the address of "
           "an iSCSI target, and vendor and product of what is behind it."),
    Target(
        kTargetPaths, kGauge, "pathwatch_target_paths", "hba target_port state",
        "Paths through the I_T nexus by state. removed: without those that the configuration says "
        "not to watch."),
    Target(kTargetSilent, kGauge, "pathwatch_target_silent", "hba target_port",
           "1 if nothing on the I_T nexus answers, so that only one probe at a time goes there; "
           "otherwise 0."),
    Target(kTargetInflight, kGauge, "pathwatch_target_checks_inflight", "hba target_port",
           "SCSI commands that were sent through the I_T nexus and have not come back."),
    Target(kTargetDuration, kHistogram, "pathwatch_target_check_duration_seconds",
           "hba target_port command",
           "How long SCSI commands through the I_T nexus took that came back: tur, rtpg, identity "
           "or luns."),
    Target(kRportState, kGauge, "pathwatch_rport_state", "hba target_port rport state",
           "1; the labels have the kernel's name of a remote port (Fibre Channel) with devices and "
           "its word "
           "for the state at the last look, such as Online or Blocked."),
    Target(kIscsiSessionState, kGauge, "pathwatch_iscsi_session_state",
           "hba target_port session state",
           "1; the labels have the kernel's name of an iSCSI session with devices and its word for "
           "the state "
           "at the last look, such as LOGGED_IN or FAILED."),

    Lun(kLunInfo, "pathwatch_lun_info", "wwid dm_name vendor product",
        "1; the labels describe a logical unit: its WWID as dm and udev name it, the dm map that "
        "holds it, vendor and product."),
    Lun(kLunPaths, "pathwatch_lun_paths", "wwid state",
        "Paths to the logical unit by state. up and ghost are usable."),
    Lun(kLunPathsExpected, "pathwatch_lun_paths_expected", "wwid",
        "I_T nexuses that lead to the logical unit now or did within the last day, by the names "
        "of their ports; devices that the configuration says not to watch are not counted. 0 if "
        "all "
        "its devices were deleted while they worked: then it was taken away on purpose."),
    Lun(kLunPortGroups, "pathwatch_lun_port_groups", "wwid alua_state",
        "Target port groups of the logical unit by asymmetric access state; only of logical units "
        "that have any."),

    Path(kPathInfo, kGauge, "pathwatch_path_info",
         "path device wwid hba target_port lun transport tpg rtpi",
         "1; the labels describe a path: its H:C:T:L, the name of the disk, the WWID of its "
         "logical unit, the I_T nexus, the LUN, the transport, the target port group and the "
         "relative target port identifier (empty if not known)."),
    Path(kPathUp, kGauge, "pathwatch_path_up", "path",
         "1 if the path is usable (its state is up or ghost), otherwise 0."),
    Path(kPathState, kGauge, "pathwatch_path_state", "path state",
         "1; the label has the state in which the path is now."),
    Path(kPathAluaState, kGauge, "pathwatch_path_alua_state", "path state",
         "1; the label has the asymmetric access state of the path's target port group, or "
         "unknown."),
    Path(kPathLastCheck, kGauge, "pathwatch_path_last_check_timestamp_seconds", "path",
         "When the last check of the path came back, in seconds since the epoch; 0 if none has."),
    Path(kPathStateChanges, kCounter, "pathwatch_path_state_changes_total", "path",
         "Changes of the path's state."),
    Path(kPathCheckFailures, kCounter, "pathwatch_path_check_failures_total", "path reason",
         "Checks after which the path was not usable, by its state then; a check that passes its "
         "deadline counts once, as no_answer. Only reasons that there were."),
}};

constexpr bool InOrderOfIds() {
  for (std::size_t i = 0; i < kCatalogue.size(); i++) {
    if (static_cast<std::size_t>(kCatalogue[i].id) != i) return false;
  }
  return true;
}
static_assert(InOrderOfIds());

}  // namespace

std::span<const MetricDescription> Catalogue() { return kCatalogue; }

const MetricDescription& Describe(MetricId id) { return kCatalogue[static_cast<std::size_t>(id)]; }

}  // namespace pathwatch::metrics

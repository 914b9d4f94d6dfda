#include "lib/checker/state_names.h"

#include "proto/state_table.h"

static const char* name_in(const char* const* names, uint32_t count, uint32_t number,
                           const char* otherwise) {
  return number < count ? names[number] : otherwise;
}

const char* pw_state_name(uint32_t state) {
  static const char* const names[PW_STATES] = {
      [PW_STATE_UNKNOWN] = "unknown",
      [PW_STATE_UP] = "up",
      [PW_STATE_GHOST] = "ghost",
      [PW_STATE_TRANSITIONING] = "transitioning",
      [PW_STATE_UNAVAILABLE] = "unavailable",
      [PW_STATE_DOWN] = "down",
      [PW_STATE_NO_ANSWER] = "no_answer",
      [PW_STATE_UNMAPPED] = "unmapped",
      [PW_STATE_WRONG_LU] = "wrong_lu",
      [PW_STATE_REMOVED] = "removed",
  };
  return name_in(names, PW_STATES, state, "unknown");
}

const char* pw_scope_name(uint32_t scope) {
  static const char* const names[] = {
      [PW_SCOPE_PATH] = "path",   [PW_SCOPE_LU] = "lu",     [PW_SCOPE_TPG] = "tpg",
      [PW_SCOPE_NEXUS] = "nexus", [PW_SCOPE_HOST] = "host",
  };
  return name_in(names, sizeof names / sizeof names[0], scope, "unknown");
}

const char* pw_alua_state_name(uint32_t alua_state) {
  switch (alua_state) {
    case PW_ALUA_ACTIVE_OPTIMIZED:
      return "active/optimized";
    case PW_ALUA_ACTIVE_NON_OPTIMIZED:
      return "active/non-optimized";
    case PW_ALUA_STANDBY:
      return "standby";
    case PW_ALUA_UNAVAILABLE:
      return "unavailable";
    case PW_ALUA_LBA_DEPENDENT:
      return "lba-dependent";
    case PW_ALUA_OFFLINE:
      return "offline";
    case PW_ALUA_TRANSITIONING:
      return "transitioning";
    default:
      return "unknown";
  }
}

const char* pw_passthrough_name(uint32_t passthrough) {
  static const char* const names[] = {
      [PW_PASSTHROUGH_NONE] = "none",
      [PW_PASSTHROUGH_BSG_URING] = "bsg_uring",
      [PW_PASSTHROUGH_SG_ASYNC] = "sg_async",
      [PW_PASSTHROUGH_SIMULATED] = "simulated",
  };
  return name_in(names, sizeof names / sizeof names[0], passthrough, "unknown");
}

const char* pw_transport_name(uint32_t transport) {
  static const char* const names[] = {
      [PW_TRANSPORT_OTHER] = "other",
      [PW_TRANSPORT_FC] = "fc",
      [PW_TRANSPORT_ISCSI] = "iscsi",
      [PW_TRANSPORT_SAS] = "sas",
  };
  return name_in(names, sizeof names / sizeof names[0], transport, "other");
}

const char* pw_marginal_cause_name(uint32_t marginal_cause) {
  static const char* const names[] = {
      [PW_MARGINAL_NONE] = "",
      [PW_MARGINAL_FLAPPING] = "flapping",
      [PW_MARGINAL_FPIN] = "fpin",
      [PW_MARGINAL_TRANSPORT] = "transport",
  };
  return name_in(names, sizeof names / sizeof names[0], marginal_cause, "unknown");
}

const char* pw_change_cause_name(uint32_t cause) {
  static const char* const names[] = {
      [PW_CAUSE_CHECK] = "check",
      [PW_CAUSE_RESCAN] = "re-scan",
      [PW_CAUSE_OPERATOR] = "operator",
      [PW_CAUSE_EVENT] = "event",
  };
  return name_in(names, sizeof names / sizeof names[0], cause, "unknown");
}

const char* pw_command_name(uint32_t command) {
  static const char* const names[PW_COMMANDS] = {
      [PW_COMMAND_TUR] = "tur",
      [PW_COMMAND_RTPG] = "rtpg",
      [PW_COMMAND_IDENTITY] = "identity",
      [PW_COMMAND_LUNS] = "luns",
  };
  return name_in(names, PW_COMMANDS, command, "unknown");
}

const char* pw_counter_name(uint32_t counter) {
  static const char* const names[PW_COUNTERS] = {
      [PW_COUNTER_CHECKS_SENT] = "checks_sent",
      [PW_COUNTER_CHECKS_UP] = "checks_up",
      [PW_COUNTER_CHECKS_GHOST] = "checks_ghost",
      [PW_COUNTER_CHECKS_TRANSITIONING] = "checks_transitioning",
      [PW_COUNTER_CHECKS_UNAVAILABLE] = "checks_unavailable",
      [PW_COUNTER_CHECKS_DOWN] = "checks_down",
      [PW_COUNTER_CHECKS_UNMAPPED] = "checks_unmapped",
      [PW_COUNTER_CHECKS_RETRY_NOW] = "checks_retry_now",
      [PW_COUNTER_CHECKS_RETRY_LATER] = "checks_retry_later",
      [PW_COUNTER_CHECKS_NO_OPINION] = "checks_no_opinion",
      [PW_COUNTER_CHECKS_DEADLINE_PASSED] = "checks_deadline_passed",
      [PW_COUNTER_CHECKS_ANSWERED_LATE] = "checks_answered_late",
      [PW_COUNTER_RTPG_SENT] = "rtpg_sent",
      [PW_COUNTER_RTPG_FAILED] = "rtpg_failed",
      [PW_COUNTER_IDENTITY_SENT] = "identity_sent",
      [PW_COUNTER_IDENTITY_FAILED] = "identity_failed",
      [PW_COUNTER_DEFERRED_NEXUS_LIMIT] = "deferred_nexus_limit",
      [PW_COUNTER_DEFERRED_HOST_LIMIT] = "deferred_host_limit",
      [PW_COUNTER_DEFERRED_SILENT_NEXUS] = "deferred_silent_nexus",
      [PW_COUNTER_DEFERRED_PASSTHROUGH_BUSY] = "deferred_passthrough_busy",
      [PW_COUNTER_STATE_CHANGES] = "state_changes",
      [PW_COUNTER_EVENTS_UEVENT] = "events_uevent",
      [PW_COUNTER_EVENTS_FC] = "events_fc",
      [PW_COUNTER_EVENTS_LOST] = "events_lost",
      [PW_COUNTER_RESCANS] = "rescans",
      [PW_COUNTER_LOG_LINES_DROPPED] = "log_lines_dropped",
      [PW_COUNTER_LOOP_TURNS] = "loop_turns",
      [PW_COUNTER_LOOP_LONGEST_TURN_NS] = "loop_longest_turn_ns",
      [PW_COUNTER_IN_FLIGHT] = "in_flight",
      [PW_COUNTER_SILENT_NEXUSES] = "silent_nexuses",
      [PW_COUNTER_DEFERRED_TRANSPORT] = "deferred_transport",
      [PW_COUNTER_LUNS_SENT] = "luns_sent",
      [PW_COUNTER_LUNS_FAILED] = "luns_failed",
      [PW_COUNTER_LAST_CHANGE] = "last_change",
      [PW_COUNTER_UNSCANNED_LUNS] = "unscanned_luns",
      [PW_COUNTER_IDENTITY_CHANGES] = "identity_changes",
      [PW_COUNTER_ALUA_CHANGES] = "alua_changes",
      [PW_COUNTER_RELOADS] = "reloads",
      [PW_COUNTER_RELOADS_FAILED] = "reloads_failed",
      [PW_COUNTER_CONFIG_SINCE] = "config_since",
      [PW_COUNTER_RELOAD_TRIED] = "reload_tried",
      [PW_COUNTER_RELOAD_HAS_FAILED] = "reload_has_failed",
      [PW_COUNTER_CONFIG_FILES] = "config_files",
      [PW_COUNTER_CONFIG_SETTINGS] = "config_settings",
      [PW_COUNTER_DEVICES_LEFT_OUT] = "devices_left_out",
      [PW_COUNTER_OLDEST_IN_FLIGHT] = "oldest_in_flight",
      [PW_COUNTER_KERNEL_WORKERS] = "kernel_workers",
      [PW_COUNTER_WATCHERS] = "watchers",
      [PW_COUNTER_CONNECTIONS] = "connections",
      [PW_COUNTER_CONNECTIONS_REFUSED] = "connections_refused",
      [PW_COUNTER_CLIENTS_DROPPED] = "clients_dropped",
      [PW_COUNTER_WATCHERS_LOST] = "watchers_lost",
      [PW_COUNTER_CALLS_ANSWERED] = "calls_answered",
      [PW_COUNTER_LONGEST_SLICE_NS] = "longest_slice_ns",
      [PW_COUNTER_PATHS_FOUND] = "paths_found",
      [PW_COUNTER_PATHS_GONE] = "paths_gone",
      [PW_COUNTER_PATHS_CHANGED] = "paths_changed",
      [PW_COUNTER_IDENTITIES_DOUBTED] = "identities_doubted",
      [PW_COUNTER_OPERATOR_CHECKS] = "operator_checks",
      [PW_COUNTER_OPERATOR_ACCEPTS] = "operator_accepts",
  };
  return name_in(names, PW_COUNTERS, counter, "");
}

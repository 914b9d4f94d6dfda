// The layout of state_table.h, frozen: included at its end, and by nobody else.
#ifndef PATHWATCH_PROTO_STATE_TABLE_LAYOUT_H_
#define PATHWATCH_PROTO_STATE_TABLE_LAYOUT_H_

#include "proto/state_table.h"

static_assert(sizeof(struct pw_section) == 32, "layout");
static_assert(offsetof(struct pw_section, kind) == 0, "layout");
static_assert(offsetof(struct pw_section, record_size) == 4, "layout");
static_assert(offsetof(struct pw_section, offset) == 8, "layout");
static_assert(offsetof(struct pw_section, capacity) == 16, "layout");
static_assert(offsetof(struct pw_section, used) == 20, "layout");
static_assert(offsetof(struct pw_section, first_sequence) == 24, "layout");

static_assert(sizeof(struct pw_header) == 640, "layout");
static_assert(offsetof(struct pw_header, magic) == 0, "layout");
static_assert(offsetof(struct pw_header, version_major) == 8, "layout");
static_assert(offsetof(struct pw_header, version_minor) == 10, "layout");
static_assert(offsetof(struct pw_header, header_size) == 12, "layout");
static_assert(offsetof(struct pw_header, heartbeat_boottime_ns) == 16, "layout");
static_assert(offsetof(struct pw_header, superseded) == 24, "layout");
static_assert(offsetof(struct pw_header, index_sequence) == 28, "layout");
static_assert(offsetof(struct pw_header, sequence) == 32, "layout");
static_assert(offsetof(struct pw_header, reserved) == 36, "layout");
static_assert(offsetof(struct pw_header, checksum) == 40, "layout");
static_assert(offsetof(struct pw_header, file_size) == 48, "layout");
static_assert(offsetof(struct pw_header, epoch) == 56, "layout");
static_assert(offsetof(struct pw_header, started_boottime_ns) == 64, "layout");
static_assert(offsetof(struct pw_header, daemon_pid) == 72, "layout");
static_assert(offsetof(struct pw_header, section_count) == 76, "layout");
static_assert(offsetof(struct pw_header, daemon_version) == 80, "layout");
static_assert(offsetof(struct pw_header, boot_id) == 112, "layout");
static_assert(offsetof(struct pw_header, sections) == 128, "layout");

static_assert(sizeof(struct pw_record_head) == 16, "layout");
static_assert(offsetof(struct pw_record_head, sequence) == 0, "layout");
static_assert(offsetof(struct pw_record_head, in_use) == 4, "layout");
static_assert(offsetof(struct pw_record_head, checksum) == 8, "layout");

static_assert(sizeof(struct pw_code) == 12, "layout");
static_assert(offsetof(struct pw_code, error) == 0, "layout");
static_assert(offsetof(struct pw_code, host_status) == 2, "layout");
static_assert(offsetof(struct pw_code, status) == 4, "layout");
static_assert(offsetof(struct pw_code, sense_key) == 5, "layout");
static_assert(offsetof(struct pw_code, asc) == 6, "layout");
static_assert(offsetof(struct pw_code, ascq) == 7, "layout");
static_assert(offsetof(struct pw_code, flags) == 8, "layout");
static_assert(offsetof(struct pw_code, reserved) == 9, "layout");

static_assert(sizeof(struct pw_histogram) == 120, "layout");
static_assert(offsetof(struct pw_histogram, counts) == 0, "layout");
static_assert(offsetof(struct pw_histogram, sum_ns) == 112, "layout");

static_assert(sizeof(struct pw_path_record) == 424, "layout");
static_assert(offsetof(struct pw_path_record, generation) == 16, "layout");
static_assert(offsetof(struct pw_path_record, lun) == 24, "layout");
static_assert(offsetof(struct pw_path_record, host) == 32, "layout");
static_assert(offsetof(struct pw_path_record, channel) == 36, "layout");
static_assert(offsetof(struct pw_path_record, target) == 40, "layout");
static_assert(offsetof(struct pw_path_record, lun_index) == 44, "layout");
static_assert(offsetof(struct pw_path_record, nexus_index) == 48, "layout");
static_assert(offsetof(struct pw_path_record, host_index) == 52, "layout");
static_assert(offsetof(struct pw_path_record, sd_devt) == 56, "layout");
static_assert(offsetof(struct pw_path_record, sg_devt) == 64, "layout");
static_assert(offsetof(struct pw_path_record, sd_name) == 72, "layout");
static_assert(offsetof(struct pw_path_record, sg_name) == 104, "layout");
static_assert(offsetof(struct pw_path_record, wwid) == 120, "layout");
static_assert(offsetof(struct pw_path_record, vendor) == 248, "layout");
static_assert(offsetof(struct pw_path_record, product) == 257, "layout");
static_assert(offsetof(struct pw_path_record, revision) == 274, "layout");
static_assert(offsetof(struct pw_path_record, passthrough) == 279, "layout");
static_assert(offsetof(struct pw_path_record, state) == 280, "layout");
static_assert(offsetof(struct pw_path_record, scope) == 281, "layout");
static_assert(offsetof(struct pw_path_record, marginal_cause) == 282, "layout");
static_assert(offsetof(struct pw_path_record, alua_state) == 283, "layout");
static_assert(offsetof(struct pw_path_record, tpg) == 284, "layout");
static_assert(offsetof(struct pw_path_record, rtpi) == 286, "layout");
static_assert(offsetof(struct pw_path_record, flags) == 288, "layout");
static_assert(offsetof(struct pw_path_record, latency_us) == 292, "layout");
static_assert(offsetof(struct pw_path_record, reason_code) == 296, "layout");
static_assert(offsetof(struct pw_path_record, reason_kind) == 308, "layout");
static_assert(offsetof(struct pw_path_record, passthrough_choice) == 309, "layout");
static_assert(offsetof(struct pw_path_record, passthrough_error) == 310, "layout");
static_assert(offsetof(struct pw_path_record, reason_argument) == 312, "layout");
static_assert(offsetof(struct pw_path_record, since_boottime_ns) == 320, "layout");
static_assert(offsetof(struct pw_path_record, last_check_sent_boottime_ns) == 328, "layout");
static_assert(offsetof(struct pw_path_record, last_check_done_boottime_ns) == 336, "layout");
static_assert(offsetof(struct pw_path_record, valid_until_boottime_ns) == 344, "layout");
static_assert(offsetof(struct pw_path_record, oldest_unanswered_boottime_ns) == 352, "layout");
static_assert(offsetof(struct pw_path_record, checks) == 360, "layout");
static_assert(offsetof(struct pw_path_record, failures) == 368, "layout");
static_assert(offsetof(struct pw_path_record, state_changes) == 376, "layout");
static_assert(offsetof(struct pw_path_record, failures_by_state) == 384, "layout");

static_assert(sizeof(struct pw_lun_record) == 304, "layout");
static_assert(offsetof(struct pw_lun_record, wwid) == 16, "layout");
static_assert(offsetof(struct pw_lun_record, vendor) == 144, "layout");
static_assert(offsetof(struct pw_lun_record, product) == 153, "layout");
static_assert(offsetof(struct pw_lun_record, reserved) == 170, "layout");
static_assert(offsetof(struct pw_lun_record, paths_total) == 172, "layout");
static_assert(offsetof(struct pw_lun_record, paths_by_state) == 176, "layout");
static_assert(offsetof(struct pw_lun_record, flags) == 216, "layout");
static_assert(offsetof(struct pw_lun_record, implicit_transition_s) == 220, "layout");
static_assert(offsetof(struct pw_lun_record, dm_name) == 224, "layout");
static_assert(offsetof(struct pw_lun_record, groups_read_boottime_ns) == 288, "layout");
static_assert(offsetof(struct pw_lun_record, paths_expected) == 296, "layout");
static_assert(offsetof(struct pw_lun_record, reserved_end) == 300, "layout");

static_assert(sizeof(struct pw_nexus_record) == 936, "layout");
static_assert(offsetof(struct pw_nexus_record, name) == 16, "layout");
static_assert(offsetof(struct pw_nexus_record, initiator_port) == 64, "layout");
static_assert(offsetof(struct pw_nexus_record, target_port) == 160, "layout");
static_assert(offsetof(struct pw_nexus_record, transport) == 256, "layout");
static_assert(offsetof(struct pw_nexus_record, silent) == 257, "layout");
static_assert(offsetof(struct pw_nexus_record, reserved) == 258, "layout");
static_assert(offsetof(struct pw_nexus_record, host_index) == 260, "layout");
static_assert(offsetof(struct pw_nexus_record, in_flight) == 264, "layout");
static_assert(offsetof(struct pw_nexus_record, paths_total) == 268, "layout");
static_assert(offsetof(struct pw_nexus_record, paths_by_state) == 272, "layout");
static_assert(offsetof(struct pw_nexus_record, oldest_unanswered_boottime_ns) == 312, "layout");
static_assert(offsetof(struct pw_nexus_record, port_name) == 320, "layout");
static_assert(offsetof(struct pw_nexus_record, port_state) == 368, "layout");
static_assert(offsetof(struct pw_nexus_record, portal) == 392, "layout");
static_assert(offsetof(struct pw_nexus_record, durations) == 456, "layout");

static_assert(sizeof(struct pw_host_record) == 104, "layout");
static_assert(offsetof(struct pw_host_record, number) == 16, "layout");
static_assert(offsetof(struct pw_host_record, can_queue) == 20, "layout");
static_assert(offsetof(struct pw_host_record, proc_name) == 24, "layout");
static_assert(offsetof(struct pw_host_record, in_flight) == 56, "layout");
static_assert(offsetof(struct pw_host_record, paths_total) == 60, "layout");
static_assert(offsetof(struct pw_host_record, paths_by_state) == 64, "layout");

static_assert(sizeof(struct pw_counters_record) == 648, "layout");
static_assert(offsetof(struct pw_counters_record, values) == 16, "layout");
static_assert(offsetof(struct pw_counters_record, loop_lag) == 528, "layout");

static_assert(sizeof(struct pw_port_group_record) == 112, "layout");
static_assert(offsetof(struct pw_port_group_record, lun_index) == 16, "layout");
static_assert(offsetof(struct pw_port_group_record, tpg) == 20, "layout");
static_assert(offsetof(struct pw_port_group_record, alua_state) == 22, "layout");
static_assert(offsetof(struct pw_port_group_record, preferred) == 23, "layout");
static_assert(offsetof(struct pw_port_group_record, support) == 24, "layout");
static_assert(offsetof(struct pw_port_group_record, status_code) == 25, "layout");
static_assert(offsetof(struct pw_port_group_record, ports_total) == 26, "layout");
static_assert(offsetof(struct pw_port_group_record, reserved) == 28, "layout");
static_assert(offsetof(struct pw_port_group_record, since_boottime_ns) == 32, "layout");
static_assert(offsetof(struct pw_port_group_record, transition_deadline_boottime_ns) == 40,
              "layout");
static_assert(offsetof(struct pw_port_group_record, rtpi) == 48, "layout");

static_assert(sizeof(struct pw_change) == 32, "layout");
static_assert(offsetof(struct pw_change, when_boottime_ns) == 0, "layout");
static_assert(offsetof(struct pw_change, code) == 8, "layout");
static_assert(offsetof(struct pw_change, from) == 20, "layout");
static_assert(offsetof(struct pw_change, to) == 21, "layout");
static_assert(offsetof(struct pw_change, scope) == 22, "layout");
static_assert(offsetof(struct pw_change, cause) == 23, "layout");
static_assert(offsetof(struct pw_change, reason_kind) == 24, "layout");
static_assert(offsetof(struct pw_change, reserved) == 25, "layout");

static_assert(sizeof(struct pw_history_record) == 1056, "layout");
static_assert(offsetof(struct pw_history_record, generation) == 16, "layout");
static_assert(offsetof(struct pw_history_record, total) == 24, "layout");
static_assert(offsetof(struct pw_history_record, changes) == 32, "layout");

static_assert(sizeof(struct pw_change_record) == 248, "layout");
static_assert(offsetof(struct pw_change_record, sequence) == 16, "layout");
static_assert(offsetof(struct pw_change_record, generation) == 24, "layout");
static_assert(offsetof(struct pw_change_record, lun) == 32, "layout");
static_assert(offsetof(struct pw_change_record, host) == 40, "layout");
static_assert(offsetof(struct pw_change_record, channel) == 44, "layout");
static_assert(offsetof(struct pw_change_record, target) == 48, "layout");
static_assert(offsetof(struct pw_change_record, path_index) == 52, "layout");
static_assert(offsetof(struct pw_change_record, change) == 56, "layout");
static_assert(offsetof(struct pw_change_record, device) == 88, "layout");
static_assert(offsetof(struct pw_change_record, wwid) == 120, "layout");

static_assert(sizeof(struct pw_detail_record) == 392, "layout");
static_assert(offsetof(struct pw_detail_record, generation) == 16, "layout");
static_assert(offsetof(struct pw_detail_record, identity_found) == 24, "layout");
static_assert(offsetof(struct pw_detail_record, dm_name) == 152, "layout");
static_assert(offsetof(struct pw_detail_record, dm_wwid) == 216, "layout");
static_assert(offsetof(struct pw_detail_record, device_state) == 344, "layout");
static_assert(offsetof(struct pw_detail_record, port_state) == 368, "layout");

static_assert(sizeof(struct pw_index_entry) == 16, "layout");
static_assert(offsetof(struct pw_index_entry, key) == 0, "layout");
static_assert(offsetof(struct pw_index_entry, path_plus_one) == 8, "layout");
static_assert(offsetof(struct pw_index_entry, kind) == 12, "layout");

#endif  // PATHWATCH_PROTO_STATE_TABLE_LAYOUT_H_

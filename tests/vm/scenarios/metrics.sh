# What Prometheus gets of real iSCSI paths: a session that the kernel waits for, a device that was deleted and is missed, and a session that logs in
# again under another host number, whose paths are the ones that were expected; commands of each kind that took a time.
# boot: own
# timeout: 200
# passthrough: once
# programs: //service/exporter:pathwatch-exporter
. "$VM_LIB"
. /job/lio.sh
load_target_modules scsi_dh_alua iscsi_target_mod iscsi_tcp dummy
make_lu first 2
make_lu second 2
make_iscsi_target first second
start_iscsid 5
log_in
ip link set lo up
lun_1=$(iscsi_path 1 1) old_host=$(iscsi_host 1)

start_daemon --interval 1s --deadline 2s --rescan 2s
paths_become 15 'count(state="up") == 4'
"$VM_BIN/pathwatch-exporter" --run-dir $RUN_DIR --config '' --listen 127.0.0.1:9837 2> /tmp/exporter.log &

# metrics_become SECONDS CONDITION: Python, with all series as a dictionary from what stands before the value to the value; sum_of(name, **labels).
metrics_become() { python3 -IS /job/metrics.py http://127.0.0.1:9837/metrics $(($1 * VM_PATIENCE)) "$2" || fail "the metrics do not become: $2"; }

metrics_become 20 'sum_of("pathwatch_paths", state="up") == 4 and sum_of("pathwatch_state_readable") == 1'
metrics_become 1 'values("pathwatch_lun_paths_expected") == [2, 2] and sum_of("pathwatch_lun_paths", state="up") == 4'
metrics_become 1 "sum_of('pathwatch_target_info', transport='iscsi', hba='$ISCSI_INITIATOR') == 2 and len(labels('pathwatch_target_info', 'target_port')) == 2"
metrics_become 1 'sum_of("pathwatch_iscsi_session_state", state="LOGGED_IN") == 2'
metrics_become 10 'all(sum_of("pathwatch_target_check_duration_seconds_count", command=c) >= 2 for c in ("tur", "rtpg", "identity"))'
metrics_become 1 'sum_of("pathwatch_path_alua_state", state="active/optimized") == 4 and sum_of("pathwatch_lun_port_groups") >= 2'

# A device that is deleted is missed, not forgotten.
echo 1 > "$(device_of "$lun_1")/delete"
metrics_become 10 "sum_of('pathwatch_path_state', path='$lun_1', state='removed') == 1 and sum_of('pathwatch_paths', state='removed') == 1"
metrics_become 1 'values("pathwatch_lun_paths_expected") == [2, 2] and sum_of("pathwatch_lun_paths", state="up") == 3'

# Another login makes another host; what leads through the same ports is what was expected.
iscsiadm -m node -p 10.9.0.1 -u > /dev/null
metrics_become 15 'sum_of("pathwatch_paths", state="removed") == 2'
modprobe scsi_debug add_host=1 num_tgts=0  # takes the number, and has no devices
iscsiadm -m node -p 10.9.0.1 -l > /dev/null
metrics_become 20 'sum_of("pathwatch_paths", state="up") == 4'
[ "$(iscsi_host 1)" != "$old_host" ] || fail "the host number is the old one: this proves nothing"
metrics_become 1 'values("pathwatch_lun_paths_expected") == [2, 2] and len(labels("pathwatch_target_info", "target_port")) == 2'
metrics_become 1 "sum_of('pathwatch_target_paths', state='up') == 4 and sum_of('pathwatch_target_paths', state='removed') == 2"

# A session that the kernel waits for: both of its paths fail by a reason that is told.
enable_portal 1 0
metrics_become 20 'sum_of("pathwatch_iscsi_session_state", state="FAILED") == 1 and sum_of("pathwatch_path_up") == 2'
metrics_become 10 'sum_of("pathwatch_path_check_failures_total") >= 1 or sum_of("pathwatch_checks_deferred_total", reason="transport") >= 1'
enable_portal 1 1
metrics_become 30 'sum_of("pathwatch_path_up") == 4'

# A logical unit whose devices are deleted while they work was taken away on purpose.
first=$(iscsi_path 1 0) other=$(iscsi_path 2 0)
for path in "$first" "$other"; do echo 1 > "$(device_of "$path")/delete"; done
metrics_become 10 'sum_of("pathwatch_paths", state="up") == 2 and sorted(values("pathwatch_lun_paths_expected")) == [0, 2]'

# Without the daemon nothing is said of paths.
stop_daemon
metrics_become 20 'sum_of("pathwatch_state_readable") == 0 and not values("pathwatch_paths")'

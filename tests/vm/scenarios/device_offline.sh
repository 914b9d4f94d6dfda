# The kernel takes a device offline: its path is down and the reason says so, `explain` ends with the remedy, and `watch` tells both changes as they
# happen. Running again, it is up within an interval. Its neighbour on the same host never notices.
# boot: default
. "$VM_LIB"
load_scsi_debug add_host=1 max_luns=2
host=$(debug_hosts)
lu=$host:0:0:1 neighbour="path('$host:0:0:0')['state'] == 'up'"

start_daemon --interval 3s
paths_become 10 'count(state="up") == 2'

"$VM_BIN/pathwatch" --run-dir $RUN_DIR watch --json --last 10 > /tmp/changes &
watcher=$!
# changes FROM TO: how often the watcher has told that change of the path.
changes() { grep -c "\"path\":\"$lu\".*\"from\":\"$1\",\"to\":\"$2\"" /tmp/changes || true; }

echo offline > "$(device_of "$lu")/state"
paths_become 6 "path('$lu')['state'] == 'down' and 'offline' in path('$lu')['reason'] and $neighbour"
paths_stay 8 "path('$lu')['state'] == 'down' and 'offline' in path('$lu')['reason'] and $neighbour"
wait_until 2 '(($(changes up down) == 1))'
"$VM_BIN/pathwatch" --run-dir $RUN_DIR explain "$lu" | tee /tmp/explained
tail -n 1 /tmp/explained | grep -q "echo running > /sys/class/scsi_device/$lu/device/state" || fail "explain does not end with the remedy"

echo running > "$(device_of "$lu")/state"
paths_become 4 "path('$lu')['state'] == 'up' and $neighbour"
paths_stay 5 'count(state="up") == 2'
wait_until 2 '(($(changes down up) == 1))'
kill $watcher
# These two, and the two that have found the paths.
(($(wc -l < /tmp/changes) == 4)) || fail "the watcher told other changes: $(cat /tmp/changes)"

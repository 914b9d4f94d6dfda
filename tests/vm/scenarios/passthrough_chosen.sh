# For each device the best passthrough is taken that its nodes offer, and status says why it is no better one: a kernel whose bsg takes no commands, nodes
# that are missing or no bsg nodes at all, an operator's order. A node is opened for reading only, and again when its device is deleted and found anew.
# boot: default
# kernel: 6.12
# passthrough: once
# timeout: 180
. "$VM_LIB"
load_scsi_debug add_host=1 max_luns=4
host=$(debug_hosts)
nodes=/dev/some_bsg_nodes
status_says() {
  local out
  out=$("$VM_BIN/pathwatch" --run-dir $RUN_DIR status || true)
  grep -qF "$1" <<< "$out" || fail "status does not say '$1' but: $out"
}
reached_over() { paths_become 20 "{p['path'].split(':')[3]: p['passthrough'] for p in paths if p['state'] == 'up'} == $1"; }

# The stock kernel's bsg.
start_daemon --interval 2s
reached_over "{'0': 'sg_async', '1': 'sg_async', '2': 'sg_async', '3': 'sg_async'}"
status_says "4 sg_async: the kernel's bsg takes no io_uring commands (Linux 7.1 and newer do)"
stop_daemon

# One bsg node, one of another kind of device, an ordinary file, and nothing.
load_bsg_uring
mkdir $nodes
cp -a "/dev/bsg_uring/$host:0:0:0" $nodes/
mknod "$nodes/$host:0:0:1" c 1 3
echo text > "$nodes/$host:0:0:2"
start_daemon --interval 2s --bsg-dir $nodes
reached_over "{'0': 'bsg_uring', '1': 'sg_async', '2': 'sg_async', '3': 'sg_async'}"
status_says '1 bsg_uring: the best way that there is'
status_says '1 sg_async: the node does not answer as the bsg node of a SCSI device: it takes an empty command'
status_says '1 sg_async: the node does not answer as the bsg node of a SCSI device: Inappropriate ioctl for device'
status_says '1 sg_async: the bsg node cannot be opened, No such file or directory: see that udev makes the nodes, and where (--bsg-dir)'
for descriptor in /proc/"$DAEMON_PID"/fd/*; do
  [ "$(readlink "$descriptor")" = "$nodes/$host:0:0:0" ] || continue
  opened=$(grep ^flags: "/proc/$DAEMON_PID/fdinfo/${descriptor##*/}")
done
# The last octal digit: 0 is O_RDONLY.
[[ ${opened-} == *0 ]] || fail "the bsg node is not open for reading alone: '${opened-}'"
stop_daemon

# The same address, another device behind another node.
start_daemon --interval 2s --rescan 5s --bsg-dir /dev/bsg_uring
reached_over "{'0': 'bsg_uring', '1': 'bsg_uring', '2': 'bsg_uring', '3': 'bsg_uring'}"
node_before=$(stat -c %t:%T "/dev/bsg_uring/$host:0:0:2")
echo 1 > "$(device_of "$host:0:0:2")/delete"
paths_become 15 "path('$host:0:0:2').get('state') == 'removed'"
# Somebody else takes the number that has become free.
echo 1 > $SCSI_DEBUG/add_host
wait_for_nodes_of_others() { [ -e "/dev/bsg_uring/$(debug_hosts | tail -n 1):0:0:3" ]; }
wait_until 20 wait_for_nodes_of_others
echo "0 0 2" > "/sys/class/scsi_host/host$host/scan"
paths_become 20 "path('$host:0:0:2').get('state') == 'up' and path('$host:0:0:2')['passthrough'] == 'bsg_uring' and count(state='up') == 8"
[ "$(stat -c %t:%T "/dev/bsg_uring/$host:0:0:2")" != "$node_before" ] || fail "the node came back under the same number, so this proves nothing"
stop_daemon

start_daemon --interval 2s --bsg-dir /dev/bsg_uring --passthrough sg_async
paths_become 20 'count(state="up", passthrough="sg_async") == 8'
status_says '8 sg_async: ordered by the option passthrough'
stop_daemon

# What cannot be had is not replaced, and nothing is said of paths that were not asked.
rm -rf $RUN_DIR
start_daemon --interval 2s --passthrough bsg_uring
wait_until 30 "grep -qF \"cannot be checked through /dev/bsg/$host:0:0:0: the kernel's bsg takes no io_uring commands\" $DAEMON_LOG"
paths_stay 3 'count(state="unknown") == 8'

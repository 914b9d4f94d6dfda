# Device mapper fails a path of a map: the daemon hears of it at once, takes the path for unconfirmed and checks it without waiting for its turn, which
# only a check that was sent afterwards ends. So it is with every path after the daemon stood still, and after uevents were lost. What another program
# reads through libpathwatch says the same.
# kernel: 6.7
# timeout: 240
# programs: //deploy:libpathwatch.tar
# passthrough: once
. "$VM_LIB"
modprobe -a dm-multipath dm-round-robin
load_scsi_debug add_host=2 max_luns=1
mapfile -t hosts < <(debug_hosts)
first=${hosts[0]}:0:0:0 second=${hosts[1]}:0:0:0
number_of() { cat "/sys/block/$(disk_of "$1")/dev"; }
sectors=$(cat "/sys/block/$(disk_of "$first")/size")
dmsetup create mpatha --uuid mpath-test --table \
  "0 $sectors multipath 0 0 1 1 round-robin 0 2 1 $(number_of "$first") 1 $(number_of "$second") 1"
fail_path() { dmsetup message mpatha 0 fail_path "$(number_of "$1")"; }
reinstate() { dmsetup message mpatha 0 reinstate_path "$(number_of "$1")"; }

# Checks are so rare that none comes by itself.
start_daemon --interval 1h --rescan 5s --refresh 0s --deadline 25s
paths_become 15 "count(state='up', unconfirmed=False) == 2 and path('$first').get('dm') == 'mpatha'"

# The next check takes 10 s, so that the time before it can be seen.
echo 2500 > $SCSI_DEBUG/delay
fail_path "$second"
paths_become 3 "path('$second')['unconfirmed'] and path('$second')['state'] == 'up' and not path('$first')['unconfirmed']"
paths_become 30 "not path('$second')['unconfirmed'] and age(path('$second')) < 20"
echo 0 > $SCSI_DEBUG/delay

# A check that is out when the path fails has been sent before, so another one follows.
echo 2500 > $SCSI_DEBUG/delay
"$VM_BIN/pathwatch" --run-dir $RUN_DIR probe "$second" > /dev/null &
probe=$!
in_flight() { [ "$(< "$(device_of "$second")/iorequest_cnt")" != "$(< "$(device_of "$second")/iodone_cnt")" ]; }
wait_until 5 in_flight
requests=$(($(< "$(device_of "$second")/iorequest_cnt")))
reinstate "$second"
fail_path "$second"
paths_become 3 "path('$second')['unconfirmed']"
paths_become 40 "not path('$second')['unconfirmed']"
(($(< "$(device_of "$second")/iorequest_cnt") > requests)) || fail "no check followed the one that was out"
wait $probe
echo 0 > $SCSI_DEBUG/delay

# It stands still while device mapper fails a path, and goes on: no reader sees a fresh heartbeat with the old, confirmed state.
reinstate "$second"
paths_become 10 "count(unconfirmed=False) == 2"
echo 2500 > $SCSI_DEBUG/delay
kill -STOP "$DAEMON_PID"
fail_path "$first"
wait_until 15 "[ \"\$(print_paths 'status[\"daemon\"][\"heartbeat_age_s\"] > 3')\" = True ]"
kill -CONT "$DAEMON_PID"
paths_become 3 "count(unconfirmed=True) == 2 and count(state='up') == 2"
paths_become 40 "count(unconfirmed=False) == 2"
grep -q 'this process stood still for' $DAEMON_LOG || fail "the log does not say that the daemon stood still"
echo 0 > $SCSI_DEBUG/delay
reinstate "$first"

# More uevents than the socket has room for.
kill -STOP "$DAEMON_PID"
python3 -IS -c '
import os
uevent = os.open("/sys/class/mem/null/uevent", os.O_WRONLY)
for _ in range(40000):
    os.pwrite(uevent, b"change", 0)
'
kill -CONT "$DAEMON_PID"
wait_until 20 "grep -q 'uevents of the kernel were lost' $DAEMON_LOG"
paths_become 15 "count(state='up', unconfirmed=False) == 2"

mkdir -p /tmp/libpathwatch
tar -C /tmp/libpathwatch -xf "$VM_BIN/libpathwatch.tar"
PKG_CONFIG_PATH=/tmp/libpathwatch/lib/pkgconfig
export PKG_CONFIG_PATH
read -ra flags < <(pkg-config --cflags --libs pathwatch)
gcc-12 /tmp/libpathwatch/share/doc/libpathwatch/path_state.c "${flags[@]}" -o /tmp/path_state
said=$(LD_LIBRARY_PATH=/tmp/libpathwatch/lib /tmp/path_state "/dev/$(disk_of "$second")" $RUN_DIR/state)
[ "$said" = "$second up" ] || fail "the example says '$said'"
dmsetup remove mpatha

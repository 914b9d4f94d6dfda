# The socket io.pathwatch over real devices: `probe` answers with a verdict of its own check, also of a path that does not answer; a client that
# watches sees what the kernel did to a device; a device that is new is told and one that is deleted is taken away. Who is not in the socket's group
# cannot connect, and who may read may not ask for a check.
# boot: default
# kernel: 6.7
# timeout: 150
. "$VM_LIB"
load_scsi_debug add_host=1 max_luns=4
host=$(debug_hosts)
asked=$host:0:0:1 deaf=$host:0:0:2 gone=$host:0:0:3
readers=4000  # a group

start_daemon --interval 60s --deadline 2s --rescan 60s --socket-group $readers
paths_become 15 'count(state="up") == 4'
[ "$(stat -c '%a %g' $RUN_DIR/io.pathwatch)" = "660 $readers" ] || fail "the socket has other rights: $(stat $RUN_DIR/io.pathwatch)"

python3 -IS /job/watch_client.py $RUN_DIR/io.pathwatch /tmp/picture /tmp/changes &
watcher=$!
picture_is() { [ "$(cat /tmp/picture 2>/dev/null)" = "$1" ]; }
wait_until 10 "picture_is '$host:0:0:0 up $asked up $deaf up $gone up'"

# The next check is due in a minute: only the probe can have noticed.
echo offline > "$(device_of "$asked")/state"
"$VM_BIN/pathwatch" --run-dir $RUN_DIR probe "$asked" "$host:0:0:0" | tee /tmp/probed
grep -q "^$asked .* down " /tmp/probed || fail "the probe does not say down"
grep -q "^$host:0:0:0 .* up " /tmp/probed || fail "the probe does not say up"
wait_until 5 "picture_is '$host:0:0:0 up $asked down $deaf up $gone up'"

silence "$deaf"
SECONDS=0
"$VM_BIN/pathwatch" --run-dir $RUN_DIR probe "$deaf" | tee /tmp/probed
((SECONDS < 10)) || fail "the probe took $SECONDS s, the deadline is 2 s"
grep -q "^$deaf .* no_answer " /tmp/probed || fail "the probe does not say no_answer"
# Its command is still out: no other goes there, and the probe says so at once.
! "$VM_BIN/pathwatch" --run-dir $RUN_DIR probe "$deaf" 2> /tmp/refused || fail "a second probe of a silent path claims a verdict"
grep -q "got no verdict" /tmp/refused || fail "the second probe says: $(cat /tmp/refused)"
unsilence "$deaf"

echo 1 > "$(device_of "$gone")/delete"
wait_until 10 "[ ! -e $(device_of "$gone") ]"
"$VM_BIN/pathwatch" --run-dir $RUN_DIR config reload
wait_until 10 "[[ \$(cat /tmp/picture) != *'$gone'* ]]"
echo "0 0 3" > "/sys/class/scsi_host/host$host/scan"
wait_until 10 "[ -e $(device_of "$gone")/generic ]"
"$VM_BIN/pathwatch" --run-dir $RUN_DIR config reload
wait_until 10 "[[ \$(cat /tmp/picture) == *'$gone up'* ]]"
kill $watcher
grep -q "$gone up removed" /tmp/changes || fail "the watcher was not told of the deleted device: $(cat /tmp/changes)"
grep -q "$gone removed unknown" /tmp/changes || fail "the watcher was not told of the new device: $(cat /tmp/changes)"

install -d -o 4001 /tmp/readers
cp /job/watch_client.py /tmp/readers  # the shared folder is root's
as_reader() { setpriv --reuid 4001 --regid 4001 --groups $readers "$@"; }
as_stranger() { setpriv --reuid 4002 --regid 4002 --clear-groups "$@"; }
as_reader python3 -IS /tmp/readers/watch_client.py $RUN_DIR/io.pathwatch /tmp/readers/picture /dev/null once || fail "a reader may not read"
grep -q "$asked down" /tmp/readers/picture || fail "a reader sees: $(cat /tmp/readers/picture)"
! as_reader "$VM_BIN/pathwatch" --run-dir $RUN_DIR probe "$asked" 2> /tmp/refused || fail "a reader may probe"
grep -q "admin_group" /tmp/refused || fail "a reader is refused with: $(cat /tmp/refused)"
! as_stranger "$VM_BIN/pathwatch" --run-dir $RUN_DIR probe "$asked" 2> /tmp/refused || fail "a stranger may probe"
grep -q "no right to use" /tmp/refused || fail "a stranger is refused with: $(cat /tmp/refused)"

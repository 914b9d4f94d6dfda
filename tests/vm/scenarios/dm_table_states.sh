# Two paths are in a dm map of the target multipath. What device mapper holds of them is what `paths --format %t` prints: active, and failed once dm has
# failed one, while that path itself still is up, which `luns` remarks. A path in no map is undef, and so are all for who may not ask device mapper, which is said once.
# passthrough: once
. "$VM_LIB"
modprobe -a dm-multipath dm-round-robin
load_scsi_debug add_host=3 max_luns=1
mapfile -t hosts < <(debug_hosts)
first=${hosts[0]}:0:0:0 second=${hosts[1]}:0:0:0 outside=${hosts[2]}:0:0:0
number_of() { cat "/sys/block/$(disk_of "$1")/dev"; }
sectors=$(cat "/sys/block/$(disk_of "$first")/size")
dmsetup create mpatha --uuid mpath-test --table \
  "0 $sectors multipath 0 0 1 1 round-robin 0 2 1 $(number_of "$first") 1 $(number_of "$second") 1"

start_daemon --interval 2s --rescan 5s
paths_become 15 "path('$first').get('dm') == 'mpatha' and path('$second').get('dm') == 'mpatha' and path('$outside').get('dm') == ''"
states() { "$VM_BIN/pathwatch" --run-dir $RUN_DIR paths --format '%i %m %t %T'; }
expect() {
  local seen
  seen=$(states)
  [ "$seen" = "$1" ] || fail "not '$1' but '$seen'"
}
expect "$first mpatha active up
$second mpatha active up
$outside [orphan] undef up"

dmsetup message mpatha 0 fail_path "$(number_of "$second")"
expect "$first mpatha active up
$second mpatha failed up
$outside [orphan] undef up"
"$VM_BIN/pathwatch" --run-dir $RUN_DIR luns > /tmp/luns
grep -q "$(disk_of "$second"): pathwatch up, dm failed: multipathd does not run, and nobody else tells dm" /tmp/luns || fail "luns says nothing of it: $(cat /tmp/luns)"

dmsetup message mpatha 0 reinstate_path "$(number_of "$second")"
expect "$first mpatha active up
$second mpatha active up
$outside [orphan] undef up"

# With a map that does not answer for what it has in flight (here: it is suspended), the answer still comes at once.
dmsetup suspend --noflush mpatha
begin=$SECONDS
states > /tmp/suspended
((SECONDS - begin <= 10)) || fail "a suspended map makes pathwatch wait"
dmsetup resume mpatha

chmod 755 $RUN_DIR
chmod 644 $RUN_DIR/state
setpriv --reuid 65534 --regid 65534 --clear-groups "$VM_BIN/pathwatch" --run-dir $RUN_DIR paths --format '%t' > /tmp/states 2> /tmp/complaint ||
  fail "nobody gets no list: $(cat /tmp/complaint)"
[ "$(sort -u /tmp/states)" = undef ] || fail "nobody gets $(cat /tmp/states)"
[ "$(wc -l < /tmp/complaint)" = 1 ] || fail "not one complaint: $(cat /tmp/complaint)"
grep -q '/dev/mapper/control: Permission denied' /tmp/complaint || fail "$(cat /tmp/complaint)"
dmsetup remove mpatha

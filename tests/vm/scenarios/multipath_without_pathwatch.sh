# multipathd asks a pathwatch that is not there: it checks its paths itself, from the start, and when pathwatchd ends later. As long as pathwatchd runs it
# does not, nor while pathwatchd is only restarted; both changes are told once in the system's log. No path is failed that works.
# boot: own
# passthrough: once
# kernel: newest
# programs: //lib/checker/multipath:libcheckpathwatch.so
# timeout: 240
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh
readonly ALL_READY="active/ready active/ready active/ready active/ready"

start_udev
collect_system_log
make_multipath_lus 1
start_multipathd pathwatch fail
wait_for_maps 1 4
multipathd_shows 10 1 $ALL_READY
set_transport 1 offline
multipathd_shows 10 1 failed/faulty active/ready active/ready active/ready
set_transport 1 online
multipathd_shows 10 1 $ALL_READY

# Nothing is sent or started for some seconds, once what was under way is over.
multipathd_rests() {
  watch_multipathd
  multipathd_stays 4 1 $ALL_READY
  [ "$(threads_started) $(commands_sent)" = "0 0" ]
}
lines_in_log() { grep -c "libcheckpathwatch.*: .*$1" $SYSTEM_LOG || true; }

start_daemon --interval 2s
paths_become 20 'count(state="up") == 4'
wait_until 20 multipathd_rests
echo "at $SECONDS s: handed over"
wait_until 5 '[ "$(lines_in_log "answers again")" = 1 ]'

# An upgrade: another process, another epoch, nothing in between.
watch_multipathd
stop_daemon
start_daemon --interval 2s
paths_become 20 'count(state="up") == 4'
multipathd_stays 4 1 $ALL_READY
[ "$(threads_started) $(commands_sent TEST_UNIT_READY)" = "0 0" ] || fail "multipathd checked itself while pathwatchd was restarted"

stop_daemon
watch_multipathd
begin=$SECONDS
multipathd_checks_itself() { (($(commands_sent TEST_UNIT_READY) >= 4)); }
wait_until 25 multipathd_checks_itself
echo "at $((SECONDS - begin)) s after its end: multipathd checks itself"
multipathd_stays 4 1 $ALL_READY
wait_until 5 '[ "$(lines_in_log "gives no answer")" = 2 ]'
set_transport 1 offline
multipathd_shows 10 1 failed/faulty active/ready active/ready active/ready
set_transport 1 online
multipathd_shows 10 1 $ALL_READY
only_failed "$(loop_path 1)"

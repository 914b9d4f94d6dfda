# multipathd asks pathwatch for the state of its paths: device mapper follows what happens to a port and to the states of a port group, while
# multipathd itself starts no thread and sends no command.
# boot: own
# passthrough: once
# programs: //lib/checker/multipath:libcheckpathwatch.so
# timeout: 180
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh
readonly ALL_READY="active/ready active/ready active/ready active/ready"

start_udev
make_multipath_lus 1
start_daemon --interval 2s
paths_become 20 'count(state="up") == 4'
start_multipathd pathwatch queue
wait_for_maps 1 4
multipathd_shows 10 1 $ALL_READY
map=$(map_of "$(loop_path 1)")

threads=$(multipathd_threads)
watch_multipathd
paths_stay 8 'count(state="up") == 4'
[ "$(threads_started) $(commands_sent)" = "0 0" ] || fail "multipathd has started $(threads_started) threads and sent $(commands_sent) commands"
[ "$(multipathd_threads)" = "$threads" ] || fail "multipathd has $(multipathd_threads) threads, not $threads any more"

set_transport 1 offline
multipathd_shows 15 1 failed/faulty active/ready active/ready active/ready
[ "$(dm_state "$(loop_path 1)")" = "F 1" ] || fail "device mapper has that path as $(dm_state "$(loop_path 1)")"
set_transport 1 online
multipathd_shows 15 1 $ALL_READY

# The second group has the better priority now, so device mapper gets it first.
set_access_state lu1 1 2
multipathd_shows 15 1 active/ghost active/ghost active/ready active/ready
wait_until 10 '[ "$(paths_in_order "$map")" = "$(for port in 3 4 1 2; do loop_path $port; done | paste -sd " ")" ]'
set_access_state lu1 1 3
multipathd_shows 15 1 failed/faulty failed/faulty active/ready active/ready
set_access_state lu1 1 0
multipathd_shows 15 1 $ALL_READY
# In transition nothing is known yet, so nothing changes.
set_access_state lu1 1 15
paths_become 10 'count(state="transitioning") == 2'
multipathd_stays 5 1 $ALL_READY
set_access_state lu1 1 0
paths_become 10 'count(state="up") == 4'
multipathd_shows 10 1 $ALL_READY

[ "$(commands_sent TEST_UNIT_READY)" = 0 ] || fail "multipathd has sent $(commands_sent TEST_UNIT_READY) TEST UNIT READY itself"
only_failed "$(loop_path 1)" "$(loop_path 2)"

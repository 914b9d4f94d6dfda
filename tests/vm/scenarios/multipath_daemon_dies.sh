# pathwatchd is killed, comes back, and hangs for 20 s, while paths of two maps fail and return, and while one map is written and read all the time.
# Device mapper fails no path but those whose port was taken away, none of them stays failed, whether pathwatchd lives or not, no I/O fails although
# nothing is queued for lack of a path, every block has what was written to it, and multipathd answers its users all the time.
# boot: own
# passthrough: once
# kernel: newest
# programs: //lib/checker/multipath:libcheckpathwatch.so //tests/vm/verifier:verify_io
# timeout: 300
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh
readonly ALL_READY="active/ready active/ready active/ready active/ready"

start_udev
make_multipath_lus 2
start_daemon --interval 2s
paths_become 20 'count(state="up") == 8'
start_multipathd pathwatch fail
wait_for_maps 2 4
collect_system_log
python3 -IS /job/multipathd_client.py longest > /tmp/answers 2>&1 &
asking=$!
start_verifier "/dev/mapper/$(map_of "$(loop_path 1)")"

# Under I/O device mapper notices by itself. Nothing is written to the second unit: there only the checker can notice.
lose() { set_transport "$1" offline; }
return_all() {
  local port
  for port in "$@"; do set_transport "$port" online; done
  multipathd_shows "$back_s" 1 $ALL_READY
  multipathd_shows "$back_s" 2 $ALL_READY
}
back_s=15

lose 1
multipathd_shows 15 1 failed/faulty active/ready active/ready active/ready
return_all 1

echo "at $SECONDS s: pathwatchd is killed"
kill_daemon
lose 2
lose 5
# 10 s until pathwatch counts as dead, as many more in which the paths take their turns, then multipathd's own interval.
multipathd_shows 30 1 active/ready failed/faulty active/ready active/ready
multipathd_shows 30 2 failed/faulty active/ready active/ready active/ready
return_all 2 5

echo "at $SECONDS s: pathwatchd is started again"
start_daemon --interval 2s
paths_become 20 'count(state="up") == 8'
lose 1
lose 6
multipathd_shows 15 1 failed/faulty active/ready active/ready active/ready
multipathd_shows 15 2 active/ready failed/faulty active/ready active/ready
return_all 1 6

echo "at $SECONDS s: pathwatchd hangs"
kill -STOP "$DAEMON_PID"
lose 2
wait_until 5 '[[ $(dm_state "$(loop_path 2)") == F* ]]'
multipathd_stays 20 2 $ALL_READY
set_transport 2 online
kill -CONT "$DAEMON_PID"
return_all

stop_verifier
kill -TERM $asking
wait $asking || fail "multipathd did not answer: $(cat /tmp/answers)"
cat /tmp/answers
slowest=$(awk '{print $2}' /tmp/answers)
((slowest <= 1000 * VM_PATIENCE)) || fail "multipathd took $slowest ms to answer"
only_failed "$(loop_path 1)" "$(loop_path 2)" "$(loop_path 5)" "$(loop_path 6)"

# After a crash (kill -9) the new daemon publishes at once what the old one knew, marked unconfirmed, and each mark goes with the path's first
# check. TEST UNIT READY takes 10 s then, so that the time before the first check can be seen.
# boot: default
# kernel: 6.7
. "$VM_LIB"
load_scsi_debug add_host=4 max_luns=8
mapfile -t hosts < <(debug_hosts)
standby=${hosts[1]}:0:0:3
# TEST UNIT READY answers 02/04/0B from now on: logical unit not accessible, target port in standby state.
inject "$standby" '2 1 0x0 0 0 0x2 0x2 0x04 0x0b'
status_is() {
  local status=0
  "$VM_BIN/pathwatch" --run-dir $RUN_DIR status > /dev/null || status=$?
  [ $status = "$1" ]
}
same_picture="count(state='up') == 31 and path('$standby').get('state') == 'ghost'"

start_daemon --interval 5s --deadline 20s
paths_become 15 "$same_picture and count(unconfirmed=False) == 32"
kill_daemon
# No data, or data that is too old.
wait_until 15 'status_is 3'

# In jiffies; Debian's kernel has 250 of them in a second.
echo 2500 > $SCSI_DEBUG/delay
start_daemon --interval 5s --deadline 20s
# All but the standby path, whose faulty answer does not wait.
paths_become 5 "$same_picture and count(state='up', unconfirmed=True) == 31"
paths_become 60 "$same_picture and count(unconfirmed=False) == 32"

# `pathwatch doctor` says how the devices are reached and why no better way is taken, what is left alone, and what a user without rights or a
# kernel without the sg driver has to do; its exit status is that of the worst finding, and it sends no command to any device.
# boot: default
# kernel: 6.12
# passthrough: once
. "$VM_LIB"
readonly REPORT=/tmp/doctor.txt
readonly NO_COMMANDS="the kernel's bsg takes no io_uring commands"
STATUS=0
OPTIONS=()

# examine [PROGRAM...]: runs the doctor with OPTIONS, through PROGRAM if one is given; what it says is in REPORT, its exit status in STATUS.
examine() {
  STATUS=0
  "$@" "$VM_BIN/pathwatch" --run-dir $RUN_DIR doctor "${OPTIONS[@]}" > $REPORT || STATUS=$?
}

# found EXIT_STATUS LINE...: the last examination ended so, and each of these (extended regular expressions) matches one of its lines.
found() {
  local line
  if [ "$STATUS" != "$1" ]; then
    cat $REPORT
    fail "the doctor ended with $STATUS, not with $1"
  fi
  for line in "${@:2}"; do
    grep -Eq -- "$line" $REPORT || { cat $REPORT; fail "the doctor does not say: $line"; }
  done
}

requests() { cat /sys/devices/pseudo_0/adapter*/host*/target*/*:*/iorequest_cnt; }
settled() { local n; n=$(requests); sleep 1; [ "$n" = "$(requests)" ]; }
as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }

load_scsi_debug add_host=2 max_luns=4
disk=$(debug_hosts | head -n 1):0:0:0
# The host that is added now carries tape drives.
echo 1 > $SCSI_DEBUG/ptype
echo 1 > $SCSI_DEBUG/add_host
wait_for_nodes
tape=$(debug_hosts | tail -n 1):0:0:0
wait_until 20 settled
before=$(requests)

examine
found 1 "^ok +passthrough +8 devices \(such as $disk\) through sg_async: $NO_COMMANDS" \
  '^ok +devices +8 paths to SCSI disks on 2 I_T nexuses$' \
  "^ok +devices +4 devices are rightly left alone \(such as $tape\); each is a tape drive" \
  '^warning +daemon +/run/pathwatch-test/state: there is no state file$' '^ +What to do: Start pathwatchd'

chmod 0 /dev/sg*
examine as_nobody
chmod 600 /dev/sg*
found 2 "^problem +rights +8 devices \(such as $disk\) can be reached neither way: /dev/sg[0-9]+ cannot be opened, Permission denied" \
  '^ +What to do: Run as root, or give pathwatchd.s user the nodes by a udev rule\.$'

# Whatever comes of it, the scenarios after this one need the driver.
rmmod sg
examine
modprobe sg
found 2 "^problem +sg +the sg driver is not loaded, and bsg does not serve 8 devices \(such as $disk\): $NO_COMMANDS" \
  "^ +What to do: Run 'modprobe sg'"
[ "$(requests)" = "$before" ] || fail "the doctor sent commands to devices"

start_daemon
paths_become 20 'count(state="up") == 8'
examine
found 0 '^ok +daemon +pathwatchd .* runs and watches 8 paths$' '^ok +passthrough in use +pathwatchd checks 8 paths .* through sg_async' \
  "^ok +open files +the running pathwatchd \(pid $DAEMON_PID\) may open"
kill_daemon
wait_until 20 'examine; [ $STATUS = 1 ]'
found 1 '^warning +daemon +pathwatchd .* has ended; its last sign of life is [0-9.]+ s old$'

# With a kernel that serves bsg's io_uring commands.
load_bsg_uring
OPTIONS=(--bsg-dir /dev/bsg_uring)
start_daemon "${OPTIONS[@]}"
paths_become 20 'count(state="up", passthrough="bsg_uring") == 8'
examine
found 0 "^ok +passthrough +8 devices \\(such as $disk\\) through bsg_uring: the best way that there is" \
  '^ok +passthrough in use +pathwatchd checks 8 paths .* through bsg_uring' '^ok +commands +io_uring commands of 80 bytes can be sent'

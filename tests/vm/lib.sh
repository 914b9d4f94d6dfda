# lib.sh: what every scenario begins with: . "$VM_LIB"
# Devices of scsi_debug, faults in them, the daemon, and waiting. A scenario fails when a command in it fails, when it calls fail, or when the
# daemon that it started crashed; on failure the daemon's log, the paths and the kernel's log are printed. See README.md.
set -euo pipefail

readonly SCSI_DEBUG=/sys/bus/pseudo/drivers/scsi_debug
readonly DAEMON_LOG=/tmp/pathwatchd.log
readonly COUNTS="{s: count(state=s) for s in sorted({p['state'] for p in paths})}"
readonly HISTORY=/job/results/$VM_SCENARIO.history
export RUN_DIR=/run/pathwatch-test
DAEMON_PID=
BSG_OPTIONS=()
# What is shown of a scenario that failed.
LOGS=("$DAEMON_LOG")

# ---- verdicts and waiting ----

fail() {
  echo "FAILED at line ${BASH_LINENO[0]} of ${BASH_SOURCE[1]##*/}: $*"
  exit 1
}

# wait_until SECONDS 'CONDITION': evaluates the condition until it succeeds. Here and in paths.py, VM_PATIENCE multiplies the time allowed.
wait_until() {
  local end=$((SECONDS + $1 * VM_PATIENCE))
  until eval "$2"; do
    if ((SECONDS > end)); then
      echo "FAILED at line ${BASH_LINENO[0]} of ${BASH_SOURCE[1]##*/}: not true after $1 s: $2"
      exit 1
    fi
    sleep 0.2
  done
}

# paths_become SECONDS EXPRESSION, paths_stay SECONDS EXPRESSION, print_paths EXPRESSION: see paths.py.
paths_become() { python3 -IS /job/paths.py become "$@" || fail "(paths_become)"; }
paths_stay() { python3 -IS /job/paths.py stay "$@" || fail "(paths_stay)"; }
print_paths() { python3 -IS /job/paths.py print "$1"; }
state_of() { print_paths "path('$1').get('state', 'not listed')"; }
counts_by_state() { print_paths "$COUNTS"; }

# mark_kernel_log TEXT, and what the kernel logged since that mark ("NAME begins" is there from the start).
mark_kernel_log() { echo "pathwatch scenario $1" > /dev/kmsg; }
kernel_log_since() { dmesg | sed "1,/pathwatch scenario $1\$/d"; }

# ---- devices ----

# load_scsi_debug PARAMETER=VALUE...: loads the module and waits until every LU has its nodes.
load_scsi_debug() {
  modprobe scsi_debug dev_size_mb=8 delay=0 num_tgts=1 "$@"
  wait_for_nodes
}

wait_for_nodes() {
  local expected
  expected=$(($(< $SCSI_DEBUG/add_host) * $(< $SCSI_DEBUG/num_tgts) * $(< $SCSI_DEBUG/max_luns)))
  wait_until 60 "has_nodes $expected"
}

has_nodes() {
  [ "$VM_PASSTHROUGH" != bsg_uring ] || has_bsg_uring_nodes || return 1
  local generic=(/sys/devices/pseudo_0/adapter*/host*/target*/*:*/generic) disks=(/sys/block/sd*/device)
  ((${#generic[@]} == $1)) || return 1
  [ "$(< $SCSI_DEBUG/ptype)" != 0 ] || ((${#disks[@]} == $1))
}

# load_bsg_uring: loads the module of kmod/ and waits until every SCSI device has its node there; later devices get theirs too.
load_bsg_uring() {
  insmod /job/bsg_uring.ko
  wait_until 60 has_bsg_uring_nodes
}

has_bsg_uring_nodes() {
  local devices=(/sys/class/scsi_device/*:*) nodes=(/dev/bsg_uring/*:*)
  ((${#devices[@]} == ${#nodes[@]}))
}

# Prints the host numbers of scsi_debug, lowest first.
debug_hosts() {
  local host
  for host in /sys/devices/pseudo_0/adapter*/host*; do echo "${host##*/host}"; done | sort -n
}

# lus_of HOST: prints H:C:T:L of each LU of that host.
lus_of() {
  local lu
  for lu in /sys/devices/pseudo_0/adapter*/host"$1"/target*/*:*/generic; do
    lu=${lu%/generic}
    echo "${lu##*/}"
  done
}

device_of() { echo "/sys/class/scsi_device/$1/device"; }
disk_of() { ls "$(device_of "$1")/block"; }

# inject H:C:T:L 'LINE': adds or removes a fault; the lines are explained in README.md.
inject() { echo "$2" > "/sys/kernel/debug/scsi_debug/$1/error"; }

# silence HOST_OR_LU [OPCODE]: commands with that operation code (0xff: with any) are swallowed from now on; unsilence ends it.
silence() { change_silence "$1" "0 1 ${2-0xff}"; }
unsilence() { change_silence "$1" "- 0 ${2-0xff}"; }
change_silence() {
  local lu lus=$1
  [[ $1 == *:* ]] || lus=$(lus_of "$1")
  for lu in $lus; do inject "$lu" "$2"; done
}

# ---- the daemon ----

# start_daemon [OPTION...]: with the default options; its log is added to DAEMON_LOG. It chooses the passthrough by itself: bsg_uring where the module of
# kmod/ serves it.
start_daemon() {
  mkdir -p $RUN_DIR
  "$VM_BIN/pathwatchd" --run-dir $RUN_DIR "${BSG_OPTIONS[@]}" "$@" >> $DAEMON_LOG 2>&1 &
  DAEMON_PID=$!
}

daemon_lives() { [ -n "$DAEMON_PID" ] && kill -0 "$DAEMON_PID" 2>/dev/null; }

# Fails when the daemon crashed before, does not end within 3 s (times VM_PATIENCE), or ends with an error.
stop_daemon() { daemon_ends_well || exit 1; }

daemon_ends_well() {
  local pid=$DAEMON_PID status=0 end=$((SECONDS + 3 * VM_PATIENCE))
  DAEMON_PID=
  if ! kill -TERM "$pid" 2>/dev/null; then
    wait "$pid" || status=$?
    echo "FAILED: the daemon had ended before (status $status)"
    return 1
  fi
  while kill -0 "$pid" 2>/dev/null; do
    if ((SECONDS > end)); then
      echo "FAILED: the daemon did not end in time after SIGTERM"
      return 1
    fi
    sleep 0.1
  done
  wait "$pid" || status=$?
  [ $status = 0 ] || echo "FAILED: the daemon ended with status $status after SIGTERM"
  return $status
}

# Ends the daemon as a crash would.
kill_daemon() {
  keep_history
  kill -9 "$DAEMON_PID"
  wait "$DAEMON_PID" || true
  DAEMON_PID=
}

# Prints the names of the daemon's threads that are its own, not io_uring's workers in the kernel.
own_threads() {
  local comm
  for comm in /proc/"$DAEMON_PID"/task/*/comm; do
    { read -r name < "$comm"; } 2>/dev/null || continue
    [[ $name == iou-wrk-* || $name == iou-sqp-* ]] || echo "$name"
  done
}

# sleeping_workers PID: prints how many of its io_uring workers sleep uninterruptibly.
sleeping_workers() {
  local stat number=0 line
  for stat in /proc/"$1"/task/*/stat; do
    { read -r line < "$stat"; } 2>/dev/null || continue
    if [[ $line == *"(iou-wrk-"*") D "* ]]; then number=$((number + 1)); fi
  done
  echo $number
}

# ---- begin and end of a scenario ----

# The verdict was printed before this, so the caller repeats it from the log.
print_circumstances() {
  echo "--- end of the kernel's log since the scenario began, without the disks' greetings"
  kernel_log_since "$VM_SCENARIO begins" | grep -vE '\] (sd|scsi) .*(Attached|size|blocks|Write|Mode Sense|permanent|Direct-Access|device reset)|scsi_debug|dev_size_mb' | tail -n 30 || true
  local log
  for log in "${LOGS[@]}"; do
    echo "--- end of $log"
    tail -n 30 "$log" 2>/dev/null || echo "(none)"
  done
  echo "--- paths by state: $(timeout 20 python3 -IS /job/paths.py print "$COUNTS" 2>&1 | tail -n 1)"
}

# Adds what the paths went through under this daemon, for the comparison of passthroughs; fails if one was not reached over the passthrough that is
# proved.
keep_history() {
  [ -f $RUN_DIR/state ] && [ "$(header passthrough)" != once ] && [ "$(header history)" != none ] || return 0
  python3 -IS /job/paths.py history "$VM_PASSTHROUGH" "$(header history)" >> "$HISTORY"
}

# With a daemon there was at least a first check.
history_is_plausible() { [ ! -f "$HISTORY" ] || [ -s "$HISTORY" ] || { echo "FAILED: the log of changes was empty"; return 1; }; }

# What the scenario says about itself.
header() { sed -n "s/^# $1: *//p" "/job/scenarios/$VM_SCENARIO.sh" | head -n 1; }

at_exit() {
  local status=$?
  trap - EXIT
  [ $status != 0 ] || { keep_history && history_is_plausible; } || status=1
  if [ $status = 0 ] && [ -n "$DAEMON_PID" ]; then daemon_ends_well || status=1; fi
  [ $status = 0 ] || print_circumstances
  exit $status
}

rm -rf $RUN_DIR $DAEMON_LOG
trap at_exit EXIT
if [ "$VM_PASSTHROUGH" = bsg_uring ]; then
  BSG_OPTIONS=(--bsg-dir /dev/bsg_uring)
  load_bsg_uring
fi

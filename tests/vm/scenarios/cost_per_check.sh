# Measures what a TEST UNIT READY costs on 1,024 real devices of 8 hosts, with no delay and with 4 ms: the whole daemon, paced and saturated, and what it
# is compared with, in turn and in several rounds. Prints "measured NAME METRIC VALUE" lines, one per round, for tests/bench/run. NAME is
# PASSTHROUGH_DELAY_WHAT. Emulated: only ratios mean anything. --set rounds=N: so many rounds instead of 3.
# boot: default
# passthrough: once
# timeout: 3600
# programs: //tests/bench/passthrough:tur_cost
# slow
. "$VM_LIB"
[ -x "$VM_BIN/tur_cost" ] || fail "the folder of programs has no tur_cost; build //tests/bench/passthrough:tur_cost into it"
readonly PACED_SECONDS=20 SATURATED_SECONDS=10
rounds=${rounds:-3}

# ---- what there is ----

daemon_can_choose() { "$VM_BIN/pathwatchd" --help | grep -q -- --passthrough; }

passthroughs() {
  echo sg
  if [ -f /job/bsg_uring.ko ]; then echo bsg; fi
}

nodes_of() {
  case $1 in
    sg) echo /dev/sg* ;;
    bsg) echo /dev/bsg_uring/* ;;
  esac
}

daemon_options() {
  daemon_can_choose || return 0
  case $1 in
    sg) echo --passthrough sg_async ;;
    bsg) echo --passthrough bsg_uring --bsg-dir /dev/bsg_uring ;;
  esac
}

# ---- the daemon ----

# CPU of a process in microseconds, its kernel workers included: fields 14 and 15 of /proc/PID/stat, of which 100 make a second.
cpu_us() { awk '{sub(/^.*\) /, ""); print ($12 + $13) * 10000}' "/proc/$1/stat"; }
# Commands that all devices have answered; the counters are hexadecimal.
commands_done() { cat /sys/class/scsi_device/*/device/iodone_cnt | python3 -IS -c 'import sys; print(sum(int(line, 16) for line in sys.stdin))'; }

# measure_daemon NAME PASSTHROUGH INTERVAL SECONDS: nobody asks the daemon anything meanwhile.
measure_daemon() {
  local name=$1 interval=$3 seconds=$4 cpu commands begin_us wall_us
  # shellcheck disable=SC2046
  start_daemon --interval "$interval" --rescan 1h --refresh 0s --log-level error $(daemon_options "$2")
  paths_become 60 'count(state="up") == 1024'
  # The first round, which is not paced, and the identities are over after this.
  paths_stay 6 'count(state="up") == 1024'
  cpu=$(cpu_us "$DAEMON_PID") commands=$(commands_done) begin_us=${EPOCHREALTIME/./}
  sleep "$seconds"
  cpu=$(($(cpu_us "$DAEMON_PID") - cpu)) commands=$(($(commands_done) - commands)) wall_us=$((${EPOCHREALTIME/./} - begin_us))
  ((commands > 1024)) || fail "only $commands commands were answered in $seconds s"
  [ "$(print_paths 'count(state="up")')" = 1024 ] || fail "not every path is up any more"
  echo "measured $name cpu_us_per_tur $(quotient $cpu $commands)"
  echo "measured $name wall_us_per_tur $(quotient $wall_us $commands)"
  echo "measured $name latency_us_median $(print_paths 'sorted(p["latency_us"] for p in paths)[512]')"
  stop_daemon
}

quotient() { awk "BEGIN {printf \"%.2f\n\", $1 / $2}"; }

# ---- what it is compared with ----

# measure_baseline NAME PASSTHROUGH MODE [OPTION...]
measure_baseline() {
  local name=$1 passthrough=$2 mode=$3 line metric
  shift 3
  # shellcheck disable=SC2046
  line=$("$VM_BIN/tur_cost" "$mode" --passthrough "$passthrough" "$@" $(nodes_of "$passthrough"))
  for metric in cpu_us_per_tur wall_us_per_tur latency_us_median; do
    echo "measured $name $metric $(sed -E "s/.*\"$metric\": ([0-9.]+).*/\1/" <<< "$line")"
  done
}

# ---- rounds ----

# With the same work for every passthrough, so that none is measured after a longer rest than another.
round() {
  local delay=$1 passthrough name
  for passthrough in $(passthroughs); do
    name=${passthrough}_$delay
    measure_daemon "${name}_daemon_paced" "$passthrough" 5s $PACED_SECONDS
    measure_baseline "${name}_loop_paced" "$passthrough" paced --seconds $PACED_SECONDS
    measure_daemon "${name}_daemon_saturated" "$passthrough" 100ms $SATURATED_SECONDS
    measure_baseline "${name}_loop_batch_64" "$passthrough" batch --turs 40960
  done
  measure_baseline "sg_${delay}_loop_paced_lean" sg paced-lean --seconds $PACED_SECONDS
  measure_baseline "sg_${delay}_threads_paced" sg paced-threads --seconds 10
  measure_baseline "sg_${delay}_threads_64" sg threads --turs 5120
  measure_baseline "sg_${delay}_one_thread" sg ioctl --turs 2048
}

load_scsi_debug add_host=8 max_luns=128
if [ -f /job/bsg_uring.ko ]; then load_bsg_uring; fi
ulimit -n 4096
for delay_ns in 0 4000000; do
  echo $delay_ns > $SCSI_DEBUG/ndelay
  for ((n = 0; n < rounds; n++)); do round $((delay_ns / 1000000))ms; done
done

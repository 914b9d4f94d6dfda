# Measures what a TEST UNIT READY costs on 1,024 real devices of 8 hosts, with no delay and with 4 ms: the whole daemon, paced and saturated, and what it
# is compared with, in turn and in several rounds. Prints "measured NAME METRIC VALUE" lines, one per round, for tests/bench/run. NAME is
# PASSTHROUGH_DELAY_WHAT. Time is counted in instructions, so only ratios mean anything. --set rounds=N: so many rounds instead of 3.
# boot: counted
# passthrough: once
# timeout: 3600
# programs: //tests/bench/passthrough:tur_cost
# slow
. "$VM_LIB"
[ -x "$VM_BIN/tur_cost" ] || fail "the folder of programs has no tur_cost; build //tests/bench/passthrough:tur_cost into it"
# The daemon lets checks start together that are due within this time (with so many paths and that interval; see lib/health/schedule.cc).
readonly PACED_SECONDS=20 SATURATED_SECONDS=10 GRID_SECONDS=0.02
rounds=${rounds:-3}
# Time flies in this machine while it waits for a file from outside, as everything that it starts does; only deadlines notice.
VM_PATIENCE=$((20 * VM_PATIENCE))

# ---- what there is ----

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
  case $1 in
    sg) echo --passthrough sg_async ;;
    bsg) echo --passthrough bsg_uring --bsg-dir /dev/bsg_uring ;;
  esac
}

# ---- the daemon ----

# Prints "CPU COMMANDS WALL" at one moment: the nanoseconds of CPU that the process has used, its kernel workers included (the process' CPU clock, see
# clock_getcpuclockid(3)), the commands that all devices have answered (hexadecimal counters), and the time.
sample() {
  python3 -IS -c '
import glob, sys, time
commands = sum(int(open(name).read(), 16) for name in glob.glob("/sys/class/scsi_device/*/device/iodone_cnt"))
print(time.clock_gettime_ns(~int(sys.argv[1]) << 3 | 2), commands, time.monotonic_ns())
' "$1"
}

# measure_daemon NAME PASSTHROUGH INTERVAL SECONDS: nobody asks the daemon anything meanwhile.
measure_daemon() {
  local name=$1 interval=$3 seconds=$4 before after commands
  # shellcheck disable=SC2046
  start_daemon --interval "$interval" --rescan 1h --refresh 0s --log-level error $(daemon_options "$2")
  paths_become 60 'count(state="up") == 1024'
  # The first round is not paced; after an interval it does not show any more.
  sleep 6
  read -ra before < <(sample "$DAEMON_PID")
  sleep "$seconds"
  read -ra after < <(sample "$DAEMON_PID")
  commands=$((after[1] - before[1]))
  ((commands > 1024)) || fail "only $commands commands were answered in $seconds s"
  [ "$(print_paths 'count(state="up")')" = 1024 ] || fail "not every path is up any more"
  echo "measured $name cpu_us_per_tur $(us_each $((after[0] - before[0])) $commands)"
  echo "measured $name wall_us_per_tur $(us_each $((after[2] - before[2])) $commands)"
  echo "measured $name latency_us_median $(print_paths 'sorted(p["latency_us"] for p in paths)[512]')"
  stop_daemon
}

us_each() { awk "BEGIN {printf \"%.2f\n\", $1 / $2 / 1000}"; }

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
    measure_baseline "${name}_loop_paced" "$passthrough" paced --grid $GRID_SECONDS --seconds 10
    measure_baseline "${name}_loop_apart" "$passthrough" paced --seconds 10
    measure_daemon "${name}_daemon_saturated" "$passthrough" 100ms $SATURATED_SECONDS
    measure_baseline "${name}_loop_batch_64" "$passthrough" batch --turs 20480
  done
  measure_baseline "sg_${delay}_loop_paced_lean" sg paced-lean --seconds 10
  measure_baseline "sg_${delay}_threads_paced" sg paced-threads --seconds 5
  measure_baseline "sg_${delay}_threads_64" sg threads --turs 4096
  measure_baseline "sg_${delay}_one_thread" sg ioctl --turs 2048
}

load_scsi_debug add_host=8 max_luns=128
if [ -f /job/bsg_uring.ko ]; then load_bsg_uring; fi
ulimit -n 4096
for delay_ns in 0 4000000; do
  echo $delay_ns > $SCSI_DEBUG/ndelay
  for ((n = 0; n < rounds; n++)); do round $((delay_ns / 1000000))ms; done
done

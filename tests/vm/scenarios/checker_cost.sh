# Measures what checking costs multipathd, with its own checker tur and with pathwatch, on 256 maps of 4 paths each: CPU, threads, commands, and how long it
# takes until device mapper fails a path that has died and that nothing is sent through. Prints "measured CHECKER METRIC VALUE" lines for tests/bench/run.
# Time is counted in instructions, so only ratios of CPU times mean anything.
# --set maps=N: so many maps.
# boot: counted
# passthrough: once
# timeout: 3600
# programs: //lib/checker/multipath:libcheckpathwatch.so
# slow
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh
readonly MAPS=${maps:-256} PATHS=4 CPU_SECONDS=60 COUNT_SECONDS=20 DEATHS=5
# Time flies in this machine while it waits for a file from outside, as everything that it starts does; only deadlines notice.
VM_PATIENCE=$((20 * VM_PATIENCE))
# Both check every 5 s, as both do by default before they slow down.
MULTIPATH_DEFAULTS+=('polling_interval 5' 'max_polling_interval 5')

# cpu_of PID: see multipathd_cpu.
cpu_of() { MULTIPATHD_PID=$1 multipathd_cpu; }

measure_cpu() {
  local checker=$1 before daemon_before=0 daemon_after=0
  if daemon_lives; then daemon_before=$(cpu_of "$DAEMON_PID"); fi
  before=$(multipathd_cpu)
  sleep $CPU_SECONDS
  echo "measured $checker multipathd_cpu_ms_per_s $(ms_per_s $(($(multipathd_cpu) - before)))"
  if daemon_lives; then daemon_after=$(cpu_of "$DAEMON_PID"); fi
  echo "measured $checker pathwatchd_cpu_ms_per_s $(ms_per_s $((daemon_after - daemon_before)))"
}
ms_per_s() { awk "BEGIN {printf \"%.3f\n\", $1 / 1e6 / $CPU_SECONDS}"; }

measure_actions() {
  local checker=$1
  watch_multipathd
  sleep $COUNT_SECONDS
  echo 0 > $TRACING/tracing_on
  echo "measured $checker threads_most $(($(multipathd_threads) + $(threads_at_once)))"
  echo "measured $checker threads_started_per_s $(per_second "$(threads_started)")"
  echo "measured $checker commands_per_s $(per_second "$(commands_sent)")"
  sed -n 's/.*scsi_dispatch_cmd_start: .*cmnd=(\([A-Z_0-9]*\).*/\1/p' $TRACING/trace | sort | uniq -c
}
per_second() { awk "BEGIN {printf \"%.2f\n\", $1 / $COUNT_SECONDS}"; }

# One path after the other dies and comes back.
measure_deaths() {
  local checker=$1 lun path since
  for ((lun = 0; lun < DEATHS; lun++)); do
    path=${hosts[0]}:0:0:$lun
    read -r since _ < /proc/uptime
    # Nothing connected.
    inject "$path" '2 1 0x0 0x1 0 0 0 0 0'
    wait_until 60 '[ -n "$(failed_after_s "$path" "$since")" ]'
    echo "measured $checker death_to_failed_s $(failed_after_s "$path" "$since")"
    inject "$path" '- 2 0x0'
  done
}

measure() {
  local checker=$1
  start_multipathd "$checker" queue
  wait_for_maps $MAPS $PATHS
  # What comes with the start is over.
  sleep 20
  measure_cpu "$checker"
  measure_actions "$checker"
  measure_deaths "$checker"
  stop_multipathd
}

start_udev few
load_scsi_debug add_host=$PATHS max_luns=$MAPS vpd_use_hostno=0
mapfile -t hosts < <(debug_hosts)
ulimit -n 16384
measure tur
start_daemon --interval 5s --log-level error
paths_become 60 "len([p for p in paths if p['state'] in ('up', 'ghost')]) == $((MAPS * PATHS))"
measure pathwatch

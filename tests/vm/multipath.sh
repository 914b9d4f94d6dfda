# multipath.sh: the real multipathd over maps of the kernel, for scenarios that begin with
# . "$VM_LIB"; . /job/lio.sh; . /job/multipath.sh
# udevd and multipathd run as the packages install them. Nothing of it is taken down again: such a scenario says "# boot: own". See README.md.

readonly MULTIPATHD_LOG=/tmp/multipathd.log VERIFIER_LOG=/tmp/verify_io.log SYSTEM_LOG=/tmp/syslog KERNEL_LOG=/tmp/kernel.log
readonly PLUGIN=libcheckpathwatch.so
LOGS+=("$MULTIPATHD_LOG" "$VERIFIER_LOG" "$SYSTEM_LOG")
# Lines of the section "defaults". Checks are often, so that scenarios are short; of one keyword the last line counts.
MULTIPATH_DEFAULTS=('find_multipaths greedy' 'user_friendly_names yes' 'skip_kpartx yes' 'polling_interval 1' 'max_polling_interval 2')
MULTIPATHD_PID=
VERIFIER_PID=

# ---- devices ----

# start_udev [few]: before devices are made; multipathd takes their identifiers from it. Of the rules only those of device mapper and multipath are
# left, since each program that a rule starts takes a while here; with `few`, for many maps, none that starts a program for a disk, and multipathd finds
# the identifiers in sysfs. From here on KERNEL_LOG has what the kernel logs.
start_udev() {
  local rule keep='50-udev-default 55-dm 56-dm-mpath 60-multipath 95-dm-notify'
  dmesg --follow-new > $KERNEL_LOG &
  if [ "${1-}" = few ]; then
    keep='50-udev-default 55-dm 95-dm-notify'
    MULTIPATH_DEFAULTS+=('uid_attribute ""')
  fi
  # Its client ignores every request in a chroot otherwise.
  export SYSTEMD_IGNORE_CHROOT=1
  for rule in /lib/udev/rules.d/*.rules; do
    [[ " $keep " == *" $(basename "$rule" .rules) "* ]] || rm "$rule"
  done
  [ "${1-}" = few ] || cat > /etc/udev/rules.d/60-identifier.rules <<'END'
ACTION!="remove", SUBSYSTEM=="block", KERNEL=="sd*", ENV{DEVTYPE}=="disk", IMPORT{program}="scsi_id --export --whitelisted -d $devnode"
END
  /lib/systemd/systemd-udevd --daemon
  udevadm trigger --subsystem-match=block --subsystem-match=scsi
  udevadm settle --timeout=$((60 * VM_PATIENCE))
}

# make_multipath_lus COUNT: logical units lu1, lu2, ... of two target port groups with four paths each; the paths of unit N go through the ports
# 4N-3 and 4N-2 in group 1, and 4N-1 and 4N in group 2 (see loop_path).
make_multipath_lus() {
  local unit port
  load_target_modules scsi_dh_alua tcm_loop
  for ((unit = 1; unit <= $1; unit++)); do
    make_lu "lu$unit" 2
    for ((port = 0; port < 4; port++)); do add_loop_path $((4 * unit - 3 + port)) "lu$unit" $((1 + port / 2)); done
  done
  udevadm settle --timeout=$((60 * VM_PATIENCE))
}

# ---- multipathd ----

# start_multipathd CHECKER NO_PATH_RETRY: with that path checker for every device. The checker "pathwatch" reads what this scenario's pathwatchd
# publishes.
start_multipathd() {
  modprobe -a dm-multipath dm-service-time dm-round-robin
  install_plugin "$1"
  write_multipath_conf "$1" "$2" > /etc/multipath.conf
  PATHWATCH_RUN_DIR=$RUN_DIR multipathd -d >> $MULTIPATHD_LOG 2>&1 &
  MULTIPATHD_PID=$!
  wait_until 20 'multipathd show daemon | grep -q "^pid $MULTIPATHD_PID"'
}

install_plugin() {
  [ "$1" = pathwatch ] || return 0
  [ -f "$VM_BIN/$PLUGIN" ] || fail "the folder of programs has no $PLUGIN; build //lib/checker/multipath:$PLUGIN into it"
  cp "$VM_BIN/$PLUGIN" /lib/multipath/
}

write_multipath_conf() {
  cat <<END
defaults {
$(printf '  %s\n' "${MULTIPATH_DEFAULTS[@]}")
}
overrides {
  detect_checker no
  path_checker "$1"
  no_path_retry $2
}
END
}

# stop_multipathd: its maps stay. On a slow machine it is sometimes gone before it has answered.
stop_multipathd() {
  multipathd shutdown > /dev/null || true
  wait_until 20 '! kill -0 $MULTIPATHD_PID 2> /dev/null'
  MULTIPATHD_PID=
}

multipathd_lives() { [ -n "$MULTIPATHD_PID" ] && kill -0 "$MULTIPATHD_PID" 2> /dev/null; }

# ---- what multipathd and the kernel say ----

# checker_states [FORMAT]: a line for each path, its address first; by default "H:C:T:L DEVICE DM_STATE CHECKER_STATE".
checker_states() { multipathd show paths raw format "${1-%i %d %t %T}"; }

# states_of H:C:T:L...: prints their states in that order, each as DM_STATE/CHECKER_STATE ("active/ready").
states_of() {
  local path
  declare -A states=()
  while read -r path dm checker; do states[$path]=$dm/$checker; done < <(checker_states '%i %t %T')
  for path in "$@"; do echo -n "${states[$path]-none} "; done
}

# paths_of_unit N: prints the addresses of the four paths of unit N.
paths_of_unit() { for port in $((4 * $1 - 3)) $((4 * $1 - 2)) $((4 * $1 - 1)) $((4 * $1)); do loop_path "$port"; done; }

# multipathd_shows SECONDS UNIT STATE...: the four paths of the unit come to these states, each as DM_STATE/CHECKER_STATE.
multipathd_shows() {
  local seconds=$1 expected="${*:3} " seen end
  mapfile -t paths < <(paths_of_unit "$2")
  end=$((SECONDS + seconds * VM_PATIENCE))
  until seen=$(states_of "${paths[@]}"); [ "$seen" = "$expected" ]; do
    ((SECONDS <= end)) || fail "after $seconds s multipathd shows '$seen', not '$expected'"
    sleep 0.2
  done
}

# multipathd_stays SECONDS UNIT STATE...: they are in these states now and for so long.
multipathd_stays() {
  local seconds=$1 expected="${*:3} " seen end=$((SECONDS + $1))
  mapfile -t paths < <(paths_of_unit "$2")
  while ((SECONDS <= end)); do
    seen=$(states_of "${paths[@]}")
    [ "$seen" = "$expected" ] || fail "multipathd shows '$seen', not '$expected' any more"
    sleep 0.5
  done
}

# map_of H:C:T:L: prints the name of the map that the path is in; nothing when it is in none.
map_of() {
  local name
  for name in "$(device_of "$1")"/block/*/holders/*/dm/name; do
    if [ -e "$name" ]; then echo "$(< "$name")"; fi
  done
}

# number_of H:C:T:L: prints the MAJOR:MINOR of that disk.
number_of() {
  local number
  for number in "$(device_of "$1")"/block/*/dev; do echo "$(< "$number")"; done
}

# dm_states MAP: a line for each path of the map, "MAJOR:MINOR A|F FAILURES", in the map's order; FAILURES counts since the table was loaded.
dm_states() { dmsetup status --noflush "$1" | grep -oE '[0-9]+:[0-9]+ [AF] [0-9]+'; }

# dm_state H:C:T:L: prints that path's "A|F FAILURES".
dm_state() { dm_states "$(map_of "$1")" | sed -n "s/^$(number_of "$1") //p"; }

# wait_for_maps COUNT PATHS: so many maps are there, each with so many paths, none of them failed.
wait_for_maps() {
  local expected=$(($1 * $2))
  wait_until $((20 + $1 / 4)) "[ \$(dmsetup ls --target multipath | grep -c '(') = $1 ] && [ \$(active_paths) = $expected ]"
}

active_paths() { dmsetup status --noflush --target multipath | grep -oE '[0-9]+:[0-9]+ A [0-9]+' | wc -l; }

# paths_in_order MAP: prints the addresses of its paths, those of the group of the best priority first.
paths_in_order() { dm_states "$1" | while read -r device _; do address_of "$device"; done | paste -sd ' '; }

# address_of MAJOR:MINOR: prints the H:C:T:L of that disk.
address_of() { basename "$(readlink -f "/sys/dev/block/$1/device")"; }

# failed_by_dm: prints "H:C:T:L TIMES" of each path that device mapper has failed, whoever asked for it, by address. Unlike the counters in `dmsetup
# status`, this survives a new table.
failed_by_dm() {
  local times device
  { grep -oE 'multipath: .*: Failing path [0-9:]+' $KERNEL_LOG || true; } | awk '{print $NF}' | sort | uniq -c | while read -r times device; do
    echo "$(address_of "$device") $times"
  done | sort
}

# failed_after_s H:C:T:L UPTIME_S: prints the seconds from then until device mapper failed the path for the first time; nothing if it has not.
failed_after_s() {
  { grep "Failing path $(number_of "$1")"'\.' $KERNEL_LOG || true; } | tr -d '[]' |
    awk -v since="$2" '$1 > since {print $1 - since; exit}'
}

# reinstatements: how often device mapper was told to use a path again.
reinstatements() { grep -c 'multipath: .*: Reinstating path' $KERNEL_LOG || true; }

# only_failed H:C:T:L...: fails unless these are the paths, in this order, that device mapper has failed.
only_failed() {
  local failed
  failed=$(failed_by_dm)
  [ "$(cut -d ' ' -f 1 <<< "$failed" | paste -sd ' ')" = "$*" ] || fail "device mapper has failed, path by path and how often: ${failed:-none}"
}

# multipathd_threads: how many it has now.
multipathd_threads() { awk '$1 == "Threads:" {print $2}' "/proc/$MULTIPATHD_PID/status"; }

# multipathd_cpu: the nanoseconds of CPU that it has used, those of its ended threads included (its CPU clock, see clock_getcpuclockid(3)).
multipathd_cpu() { python3 -IS -c 'import sys, time; print(time.clock_gettime_ns(~int(sys.argv[1]) << 3 | 2))' "$MULTIPATHD_PID"; }

# ---- what multipathd does, seen by the kernel ----

readonly TRACING=/sys/kernel/debug/tracing

# watch_multipathd: from now on its new threads and its SCSI commands are counted. Its threads are known by their name: the kernel's filter by process id
# would look at every change of threads, and there the emulated machine does not survive that code is changed which its other processor executes.
watch_multipathd() {
  local event
  echo 0 > $TRACING/tracing_on
  echo 4096 > $TRACING/buffer_size_kb
  for event in sched/sched_process_fork sched/sched_process_exit scsi/scsi_dispatch_cmd_start; do
    echo 'COMM == "multipathd"' > $TRACING/events/$event/filter
    echo 1 > $TRACING/events/$event/enable
  done
  echo > $TRACING/trace
  echo 1 > $TRACING/tracing_on
}

# Since watch_multipathd: threads that it has started; the most of them that there were at one time; commands that it has sent, of that name in the kernel's trace only if one is given.
threads_started() { grep -c 'sched_process_fork: .*comm=multipathd' $TRACING/trace || true; }
threads_at_once() {
  awk '/sched_process_fork: / {now++; if (now > most) most = now} /sched_process_exit: / && now > 0 {now--} END {print most + 0}' $TRACING/trace
}
commands_sent() { grep -c "scsi_dispatch_cmd_start: .*cmnd=(${1-}" $TRACING/trace || true; }

# ---- what users of the maps see ----

# start_verifier DEVICE: random blocks of it are written and read from now on (see verifier/verify_io.c).
start_verifier() {
  wait_until 10 "[ -b '$1' ]"
  "$VM_BIN/verify_io" "$1" > $VERIFIER_LOG 2>&1 &
  VERIFIER_PID=$!
}

# stop_verifier: fails unless every block had what was written last, and no I/O failed; prints what it did.
stop_verifier() {
  local status=0
  kill -TERM "$VERIFIER_PID"
  wait "$VERIFIER_PID" || status=$?
  tail -n 1 $VERIFIER_LOG
  [ $status = 0 ] || fail "the data verifier ended with status $status"
}

# collect_system_log: SYSTEM_LOG has from now on what programs send to syslog.
collect_system_log() {
  python3 -IS -c '
import socket
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
    log.bind("/dev/log")
    while True:
        print(log.recv(4096).decode(errors="replace"), flush=True)
' > $SYSTEM_LOG 2>&1 &
  wait_until 10 '[ -S /dev/log ]'
}

# What the checker pathwatch says beside multipathd's own, tur, of logical units that answer TEST UNIT READY with this or that for ever. They differ
# where tur_differences.txt says so, as it says, and nowhere else.
# boot: own
# passthrough: once
# kernel: 6.7
# programs: //lib/checker/multipath:libcheckpathwatch.so
# timeout: 400
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh

# What both say the same of, so that it is known that they do. Sense key, additional code and qualifier, status of the command or host byte, as in
# tur_differences.txt.
readonly ALIKE=('status 18' 'host 01' 'host 04' 'host 0f' 'sense 02/04/0b' 'sense 02/04/0c' 'sense 02/04/02' 'sense 02/3a/00' 'sense 03/11/00'
  'sense 04/44/00' 'sense 05/20/00' 'sense 05/25/00' 'sense 06/29/00')
mapfile -t differing < <(grep -v '^#' /job/tur_differences.txt | cut -d ';' -f 1)
whats=("${ALIKE[@]}" "${differing[@]}")
declare -A unit_of=()
# Longer than the steps in which pathwatchd and multipathd come to a verdict.
readonly QUIET_S=8

# The error file's line for "WHAT": host byte, driver byte, status, sense key, additional code, qualifier.
fault() {
  local kind=${1% *} value=${1#* }
  case $kind in
    host) echo "2 1 0x0 0x$value 0 0 0 0 0" ;;
    status) echo "2 1 0x0 0 0 0x$value 0 0 0" ;;
    sense) echo "2 1 0x0 0 0 0x2 0x${value//\// 0x}" ;;
    *) fail "tur_differences.txt: '$1' is none of 'sense KK/AA/QQ', 'status SS', 'host HH'" ;;
  esac
}

# settled: prints "H:C:T:L DM_STATE/CHECKER_STATE" of every path, once nothing has changed for some seconds.
settled() {
  local seen last='' since=$SECONDS end=$((SECONDS + 60 * VM_PATIENCE))
  while ((SECONDS - since < QUIET_S)); do
    seen=$(checker_states '%i %t/%T' | sort)
    if [ "$seen" != "$last" ]; then last=$seen since=$SECONDS; fi
    ((SECONDS <= end)) || fail "states go on changing"
    sleep 0.5
  done
  echo "$last"
}

fail_in_dm() {
  local path=$1
  dmsetup message "$(map_of "$path")" 0 fail_path "$(cat "$(device_of "$path")"/block/*/dev)"
}

# What the checker says, by the state of a path that was ready before, and by the one that it gets after device mapper has failed it.
answer_of() {
  case "$1 $2" in
    "active/ready active/ready") echo up ;;
    "active/ghost active/ghost") echo ghost ;;
    "failed/faulty failed/faulty") echo down ;;
    # Nothing is said of it.
    "active/ready failed/faulty") echo pending ;;
    *"/i/o timeout") echo timeout ;;
    *) echo "$1, then $2" ;;
  esac
}

# observe CHECKER: sets CHECKER's answers in the array of that name.
observe() {
  local -n answers=$1
  local what path state
  declare -A first=() second=()
  start_multipathd "$1" fail
  wait_for_maps ${#whats[@]} 1
  for what in "${whats[@]}"; do inject "${unit_of[$what]}" "$(fault "$what")"; done
  while read -r path state; do first[$path]=$state; done < <(settled)
  for path in "${!first[@]}"; do
    if [[ ${first[$path]} == active/* ]]; then fail_in_dm "$path"; fi
  done
  while read -r path state; do second[$path]=$state; done < <(settled)
  for what in "${whats[@]}"; do
    path=${unit_of[$what]}
    answers[$what]=$(answer_of "${first[$path]}" "${second[$path]}")
    echo "$1 says of $what: ${answers[$what]}"
    inject "$path" '- 2 0x0'
  done
  wait_until 60 '[ "$(checker_states "%t/%T" | sort -u)" = active/ready ]'
  stop_multipathd
}

start_udev few
load_scsi_debug max_luns=${#whats[@]}
host=$(debug_hosts)
for ((lun = 0; lun < ${#whats[@]}; lun++)); do unit_of[${whats[lun]}]=$host:0:0:$lun; done
start_daemon --interval 1s
paths_become 30 "count(state='up') == ${#whats[@]}"

declare -A tur=() pathwatch=()
observe tur
observe pathwatch
expected=$(for what in "${ALIKE[@]}"; do echo "$what;${tur[$what]};${tur[$what]}"; done; grep -v '^#' /job/tur_differences.txt | cut -d ';' -f 1-3)
seen=$(for what in "${whats[@]}"; do echo "$what;${tur[$what]};${pathwatch[$what]}"; done)
[ "$seen" = "$expected" ] || fail "not as tur_differences.txt says:
$(diff <(echo "$expected") <(echo "$seen"))"

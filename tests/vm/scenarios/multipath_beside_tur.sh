# What the checker pathwatch says beside multipathd's own, tur, of logical units that answer TEST UNIT READY with this or that, for ever or once: what the
# table "Answers beside tur's" of deploy/README.md says, and of some other answers, that both say the same. Left out are rows that cannot be made here: the
# kernel repeats such commands itself, or begins error handling, or the row is about more than one answer.
# boot: own
# passthrough: once
# kernel: 6.7
# programs: //lib/checker/multipath:libcheckpathwatch.so
# timeout: 400
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh

readonly ALIKE=('status 18|up|up' 'host 01|down|down' 'host 04|down|down' 'host 0f|down|down' 'sense 02/04/0b|ghost|ghost' 'sense 02/04/0c|down|down'
  'sense 02/04/02|down|down' 'sense 02/3a/00|down|down' 'sense 03/11/00|down|down' 'sense 05/25/00|down|down' 'sense 06/29/00|down|down'
  'sense 06/29/00, once|up|up')
readonly NOT_TO_BE_MADE='^(good|no sense|deferred|status (08|28|xx)|host (09|10|11|12|13|xx))'
# Longer than the steps in which pathwatchd and multipathd come to a verdict. PATIENT_S: what pathwatchd bears at least before it says down, if at all.
readonly QUIET_S=8 PATIENT_S=3

# "WHAT|TUR|PATHWATCH" of each row.
table() {
  sed -n '/answers: begin/,/answers: end/p' /job/deploy_README.md | grep '^| ' | grep -v '^| sense/status' | sed 's/ *| */|/g; s/^|//' |
    cut -d '|' -f 1-3 | grep -vE "$NOT_TO_BE_MADE"
}

# The error file's line for WHAT: how often, operation code, host byte, driver byte, status, sense key, additional code, qualifier.
fault() {
  local what=${1%, once} times=1 value
  [ "$what" = "$1" ] || times=-1
  value=${what#* }
  case $what in
    host\ *) echo "2 $times 0x0 0x$value 0 0 0 0 0" ;;
    status\ *) echo "2 $times 0x0 0 0 0x$value 0 0 0" ;;
    # Any byte that has no meaning of its own.
    sense\ *) value=${value//xx/7f}; echo "2 $times 0x0 0 0 0x2 0x${value//\// 0x}" ;;
    *) fail "the table in deploy/README.md has '$1', which is none of 'sense KK/AA/QQ', 'status SS', 'host HH'" ;;
  esac
}

# settled: sets STATES["H:C:T:L"] to DM_STATE/CHECKER_STATE, once nothing has changed for some seconds.
settled() {
  local seen last='' since=$SECONDS end=$((SECONDS + 60 * VM_PATIENCE)) path state
  while ((SECONDS - since < QUIET_S)); do
    seen=$(checker_states '%i %t/%T' | sort)
    if [ "$seen" != "$last" ]; then last=$seen since=$SECONDS; fi
    ((SECONDS <= end)) || fail "states go on changing"
    sleep 0.5
  done
  while read -r path state; do STATES[$path]=$state; done <<< "$last"
}

# What the checker says, by the state of a path that was ready before, and by the one that it gets after device mapper has failed it.
answer_of() {
  case "$1 $2" in
    "active/ready active/ready") echo up ;;
    "active/ghost active/ghost") echo ghost ;;
    "failed/faulty failed/faulty") echo down ;;
    "active/ready failed/faulty") echo pending ;;
    *) echo "$1, then $2" ;;
  esac
}

# failures: prints "MAJOR:MINOR UPTIME_S" for each time that device mapper has failed a path since the checker in use began.
failures() {
  { grep 'Failing path' $KERNEL_LOG || true; } | tr -d '[]' | awk -v begun="$begun" '$1 > begun {sub(/\.$/, "", $NF); print $NF, int($1)}'
}

# observe CHECKER: fills the array of that name: what it answers, and what is known of it besides, by WHAT.
observe() {
  local -n answers=$1
  local what path now after begun number
  declare -A STATES=() first=() injected=() failed=()
  start_multipathd "$1" fail
  wait_for_maps ${#rows[@]} 1
  read -r begun _ < /proc/uptime
  for what in "${!unit_of[@]}"; do
    read -r now _ < /proc/uptime
    injected[$what]=${now%.*}
    inject "${unit_of[$what]}" "$(fault "$what")"
  done
  settled
  while read -r number now; do failed[$number]=${failed[$number]-$now}; done < <(failures)
  for what in "${!unit_of[@]}"; do
    path=${unit_of[$what]} after=
    first[$path]=${STATES[$path]}
    now=${failed[$(number_of "$path")]-}
    if [ -n "$now" ]; then after=$((now - injected[$what])); fi
    answers[$what]=${after:+failed after $after s}
    # Whether it is brought back tells up from pending.
    if [ -z "$after" ]; then dmsetup message "$(map_of "$path")" 0 fail_path "$(number_of "$path")"; fi
  done
  settled
  for what in "${!unit_of[@]}"; do
    path=${unit_of[$what]}
    answers[$what]="$(answer_of "${first[$path]}" "${STATES[$path]}") ${answers[$what]}"
    echo "$1 says of $what: ${answers[$what]}"
    inject "$path" '- 2 0x0'
  done
  wait_until 60 '[ "$(checker_states "%t/%T" | sort -u)" = active/ready ]'
  stop_multipathd
}

# expected WHAT SAID SEEN TUR: whether SEEN is what the table calls SAID; TUR is what tur was seen to say.
expected() {
  local said=$2 seen=$3 answer=${3%% *} after
  after=$(sed -n 's/.*failed after \([0-9]*\) s/\1/p' <<< "$seen")
  case "$1:$said" in
    # Between two faults it is fine; whether it was failed is what counts.
    *once:down) [ -n "$after" ] ;;
    *once:up) [ "$seen" = "up " ] ;;
    # Up to multipath-tools 0.9.4 tur did not know that one.
    "sense 02/04/0a:pending") [ "$answer" = pending ] || [ "$answer" = down ] ;;
    *:"pending, down") [ "$seen" = "pending " ] || { [[ $answer == @(pending|down) ]] && [ "$after" -ge $PATIENT_S ]; } ;;
    *:"pending, as tur") [ "$answer" = "${4%% *}" ] ;;
    *) [ "$answer" = "$said" ] ;;
  esac
}

mapfile -t rows < <(printf '%s\n' "${ALIKE[@]}"; table)
start_udev few
load_scsi_debug max_luns=${#rows[@]}
host=$(debug_hosts)
declare -A unit_of=() tur=() pathwatch=()
for ((lun = 0; lun < ${#rows[@]}; lun++)); do unit_of[${rows[lun]%%|*}]=$host:0:0:$lun; done
observe tur
# Not before, as it would take away some of what comes once.
start_daemon --interval 1s
paths_become 30 "count(state='up') == ${#rows[@]}"
observe pathwatch
wrong=
for row in "${rows[@]}"; do
  IFS='|' read -r what tur_says pathwatch_says <<< "$row"
  if ! expected "$what" "$tur_says" "${tur[$what]}" ''; then wrong+="tur says of $what: ${tur[$what]}, not $tur_says"$'\n'; fi
  if ! expected "$what" "$pathwatch_says" "${pathwatch[$what]}" "${tur[$what]}"; then
    wrong+="pathwatch says of $what: ${pathwatch[$what]}, not $pathwatch_says"$'\n'
  fi
done
[ -z "$wrong" ] || fail "$wrong"

# While 192 logical units are watched, a reload changes the interval of one array, and nothing else: not how often the others are checked, and no state. A
# broken file changes nothing and says why. A rule that leaves an array out takes its paths away without touching the others, and gives them back.
# boot: default
# passthrough: once
# timeout: 300
. "$VM_LIB"
load_scsi_debug add_host=2 max_luns=64
echo ARRAY-B > /sys/module/scsi_debug/parameters/inq_vendor
echo 1 > $SCSI_DEBUG/add_host
wait_for_nodes
array_b=$(debug_hosts | tail -n 1)
main=/tmp/pathwatch-reload/pathwatch.toml
conf_d=${main%/*}/conf.d
mkdir -p "$conf_d"

# configure FILE TEXT: writes the file and has it read.
configure() {
  printf '%b' "$2" > "$1"
  kill -HUP "$DAEMON_PID"
}
counter() { print_paths "status['daemon']['counters']['$1']"; }
counter_becomes() { wait_until 20 "[ \$(counter $1) = $2 ]"; }
# Checks of all paths of array B and of all others so far, and the time in ns.
sample() { print_paths "sum(p['checks'] for p in host($array_b)), sum(p['checks'] for p in others($array_b))" | tr -d '(,)'; date +%s%N; }
# rates: measures for 12 s, in which every path stays up, and prints how often a path of array B and another one was checked, per 100 s.
rates() {
  local b1 others1 t1 b2 others2 t2
  read -r -d '' b1 others1 t1 < <(sample) || true
  paths_stay 12 'count(state="up") == 192'
  read -r -d '' b2 others2 t2 < <(sample) || true
  echo $(((b2 - b1) * 100 * 1000000000 / (t2 - t1) / 64)) $(((others2 - others1) * 100 * 1000000000 / (t2 - t1) / 128))
}
# expect_rates B OTHERS: the intervals are these many seconds, within 40 % more or less, for machines that are busy.
expect_rates() {
  local b others
  read -r b others < <(rates)
  ((b * $1 >= 60 && b * $1 <= 140 && others * $2 >= 60 && others * $2 <= 140)) ||
    fail "array B: $b checks of a path in 100 s at an interval of $1 s, the others: $others at $2 s"
}

printf '[check]\ninterval = "4s"\nrefresh = "0s"\n' > $main
start_daemon --config $main
paths_become 20 'count(state="up") == 192'
expect_rates 4 4

configure "$conf_d/10-b.toml" '[array."ARRAY-B/*"]\ninterval = "1s"\n'
counter_becomes reloads 1
grep -qF 'configuration: [array."ARRAY-B/*"] interval: not set -> "1s"' $DAEMON_LOG || fail "the log does not say what has changed"
expect_rates 1 4
[ "$(counter state_changes)" = 192 ] || fail "paths have changed their states"

configure "$conf_d/20-broken.toml" '[check]\ninterval = 2\ndeadline = "1s"\n'
counter_becomes reloads_failed 1
complaint="$conf_d/20-broken.toml:2: check.interval: "
grep -qF "configuration: $complaint" $DAEMON_LOG || fail "the log does not name the file, the line and the option"
"$VM_BIN/pathwatch" --run-dir $RUN_DIR status | grep -q 'has failed and changed nothing' || fail "status does not tell that the reload has failed"
status=0
out=$("$VM_BIN/pathwatch" config check --config $main) || status=$?
[[ $status = 2 && $out = *"$complaint"* ]] || fail "config check ends with $status and says: $out"
expect_rates 1 4
[ "$(counter state_changes)" = 192 ] || fail "paths have changed their states"

configure "$conf_d/20-broken.toml" '[paths]\nexclude = ["array=ARRAY-B/*"]\n'
counter_becomes reloads 2
paths_become 20 "all(p['state'] == 'removed' for p in host($array_b)) and count(state='up') == 128"
checks_before=$(print_paths "sum(p['checks'] for p in host($array_b))")
paths_stay 5 "sum(p['checks'] for p in host($array_b)) == $checks_before and count(state='up') == 128"
[ "$(counter devices_left_out)" = 64 ] || fail "it is not published how many devices are left out"

configure "$conf_d/20-broken.toml" ''
counter_becomes reloads 3
paths_become 20 'count(state="up") == 192'
[ "$(own_threads | wc -l)" = 1 ] || fail "the daemon has more than one thread: $(own_threads | tr '\n' ' ')"
rm -r "${main%/*}"

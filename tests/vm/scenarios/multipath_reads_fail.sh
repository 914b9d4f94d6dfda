# A path answers TEST UNIT READY well and fails what is read through it. No checker that sends TEST UNIT READY can know; device mapper fails the path with
# the first read, and multipathd brings it back. With pathwatch as its checker that happens no more often than with multipathd's own, since
# pathwatch has a path that is failed again and again work for a while first, and the data stays whole with both.
# boot: own
# passthrough: once
# kernel: 6.7
# programs: //lib/checker/multipath:libcheckpathwatch.so //tests/vm/verifier:verify_io
# timeout: 240
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh
readonly OBSERVED_S=20

# Both paths are in one group, or the bad one would not be used again.
MULTIPATH_DEFAULTS+=('path_grouping_policy multibus')
start_udev
load_scsi_debug add_host=2 max_luns=1 vpd_use_hostno=0
mapfile -t hosts < <(debug_hosts)
bad=${hosts[0]}:0:0:0
start_daemon --interval 2s
paths_become 20 'count(state="up") == 2'

# observe CHECKER: leaves in `reinstated` how often the path is brought back in OBSERVED_S.
observe() {
  local before
  start_multipathd "$1" fail
  wait_for_maps 1 2
  start_verifier "/dev/mapper/$(map_of "$bad")"
  # The transport failed: a reason for device mapper to fail the path.
  inject "$bad" '2 1 0x28 0xf 0 0 0 0 0'
  wait_until 10 '[[ $(dm_state "$bad") == F* ]]'
  before=$(reinstatements)
  sleep $OBSERVED_S
  reinstated=$(($(reinstatements) - before))
  echo "measured reads_fail reinstatements_with_$1 $reinstated"
  inject "$bad" '- 2 0x28'
  wait_until 20 '[[ $(dm_state "$bad") == A* ]]'
  stop_verifier
  stop_multipathd
}

observe tur
own=$reinstated
[ "$own" -gt 0 ] || fail "the path was not brought back at all with multipathd's own checker, so this proves nothing"
observe pathwatch
ours=$reinstated
((ours <= own)) || fail "brought back $ours times in $OBSERVED_S s, and $own times with multipathd's own checker"
only_failed "$bad"

# For 20 s every path of a map is silent: no command returns. That says nothing about any of them, so device mapper fails none, although nothing would be
# queued without a path; the I/O that was out goes on afterwards, and no path was reinstated, because none was away.
# boot: own
# passthrough: once
# kernel: 6.7
# programs: //lib/checker/multipath:libcheckpathwatch.so //tests/vm/verifier:verify_io
# timeout: 180
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh
readonly USABLE='count(state="up") == 3 and count(state="ghost") == 1'

start_udev
# One logical unit behind four hosts; what the third says of its target port group makes it a standby path.
load_scsi_debug add_host=4 max_luns=1 vpd_use_hostno=0
mapfile -t hosts < <(debug_hosts)
start_daemon --interval 2s --deadline 2s
paths_become 20 "$USABLE"
start_multipathd pathwatch fail
wait_for_maps 1 4
collect_system_log
start_verifier "/dev/mapper/$(map_of "${hosts[0]}:0:0:0")"
paths_stay 3 "$USABLE"

# The driver says busy to every command, and the kernel keeps it until it does not any more. Unlike a swallowed command, it then succeeds.
for host in "${hosts[@]}"; do inject "$host:0:0:0" '1 1 0xff 0x1055'; done
begin=$SECONDS
paths_become 15 'count(state="no_answer") == 4'
while ((SECONDS - begin < 20)); do
  [ "$(active_paths)" = 4 ] || fail "device mapper has $(active_paths) active paths"
  sleep 0.5
done
for host in "${hosts[@]}"; do inject "$host:0:0:0" '- 1 0xff'; done
paths_become 20 "$USABLE"
stop_verifier
only_failed

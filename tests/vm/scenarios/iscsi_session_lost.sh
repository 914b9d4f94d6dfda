# An iSCSI portal goes away. As long as the kernel waits for the session to come back its paths are not usable; when it has given the session up they are
# down, and the reason names what the kernel says. Soon after the portal is back they are up. The other portal's paths stay up throughout.
# Whether a reply or the kernel's word on the session comes first depends on the moment: histories are compared without reasons.
# boot: own
# history: states
. "$VM_LIB"
. /job/lio.sh
load_target_modules scsi_dh_alua iscsi_target_mod iscsi_tcp dummy
make_lu first 2
make_lu second 2
make_iscsi_target first second
start_iscsid $((5 * VM_PATIENCE))
log_in
host=$(iscsi_host 1) session=$(session_of 1)
others_up="all(p['state'] == 'up' for p in host($(iscsi_host 2))) and len(host($(iscsi_host 2))) == 2"
none_usable="all(p['state'] not in ('up', 'ghost') for p in host($host)) and len(host($host)) == 2"

start_daemon --interval 2s --deadline 2s
paths_become 15 'count(state="up") == 4'
begin=$SECONDS

enable_portal 1 0
# At most one interval until the next check begins, then the deadline.
paths_become 7 "$none_usable and $others_up"
wait_until 15 '[ "$(session_state 1)" = FREE ]'
given_up="all(p['state'] == 'down' and ('offline' in p['reason'] or '$session' in p['reason']) for p in host($host)) and len(host($host)) == 2 and $others_up"
paths_become 10 "$given_up"
paths_stay 5 "$given_up"
# Checks that were due meanwhile were not sent.
paths_become 1 "status['daemon']['counters']['deferred_transport'] > 0"

enable_portal 1 1
paths_become 10 'count(state="up") == 4'
paths_stay 5 "count(state='up') == 4 and all(standing(p) >= $((SECONDS - begin - 1)) for p in host($(iscsi_host 2)))"

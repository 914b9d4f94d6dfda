# An array takes both LUNs away from one iSCSI portal. LUN 1 says so itself; instead of LUN 0 another unit answers that it is ready, so only its INQUIRY
# data tell. Both paths are unmapped, and up again when the LUNs are back. The other portal's paths stay up, and all carry the names of their ports.
# Whether the path's own answer or the list of another one tells it first depends on the moment: histories are compared without reasons.
# boot: own
# history: states
. "$VM_LIB"
. /job/lio.sh
load_target_modules scsi_dh_alua iscsi_target_mod iscsi_tcp dummy
make_lu first 2
make_lu second 2
make_iscsi_target first second
start_iscsid 5
log_in
lun_0=$(iscsi_path 1 0) lun_1=$(iscsi_path 1 1)
others_up="all(p['state'] == 'up' for p in host($(iscsi_host 2))) and len(host($(iscsi_host 2))) == 2"

start_daemon --interval 2s --refresh 10s
paths_become 15 'count(state="up") == 4'
begin=$SECONDS
paths_become 1 "all(p['transport'] == 'iscsi' and '$ISCSI_TARGET' in p['target_port'] and '$ISCSI_INITIATOR' in p['initiator_port'] for p in paths)"
paths_become 1 'len({p["target_port"] for p in paths}) == 2 and len({p["wwid"] for p in paths}) == 2'

unmap_lun "$(iscsi_port 1)" 1 second
paths_become 4 "path('$lun_1')['state'] == 'unmapped' and $others_up"
unmap_lun "$(iscsi_port 1)" 0 first
both_gone="path('$lun_0')['state'] == 'unmapped' and path('$lun_1')['state'] == 'unmapped' and $others_up"
paths_become 13 "$both_gone"
paths_stay 12 "$both_gone"

map_lun "$(iscsi_port 1)" 0 first 1
map_lun "$(iscsi_port 1)" 1 second 1
paths_become 20 "count(state='up') == 4"
paths_stay 5 "count(state='up') == 4 and all(standing(p) >= $((SECONDS - begin - 1)) for p in host($(iscsi_host 2)))"

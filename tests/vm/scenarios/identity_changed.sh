# The logical units behind the paths of a host become others while the devices live on. Each of its paths is wrong_lu within the refresh, names the
# change, and is never up until somebody accepts the new identity or the device is found anew; then it is up under its new name.
# boot: own
# timeout: 180
. "$VM_LIB"
load_scsi_debug add_host=2 max_luns=4
mapfile -t hosts < <(debug_hosts)
same=${hosts[0]} changed=${hosts[1]}
[ "$same" = 0 ] || fail "the first host is host$same: scsi_debug changes the identifiers of every host but host0"
accepted=$changed:0:0:2 replaced=$changed:0:0:3
wrong="'$changed:0:0:0', '$changed:0:0:1'"
same_up="len(host($same)) == 4 and all(p['state'] == 'up' for p in host($same))"
is_wrong="p['state'] == 'wrong_lu' and 'identity changed from' in p['reason']"

start_daemon --interval 2s --refresh 10s --rescan 5s
paths_become 15 'count(state="up") == 8 and len({p["wwid"] for p in paths}) == 8'

# The units of the second host now have the identifiers of those of host0.
echo 0 > $SCSI_DEBUG/vpd_use_hostno
paths_become 13 "all($is_wrong for p in host($changed)) and $same_up"
paths_stay 12 "all($is_wrong for p in host($changed)) and $same_up"

"$VM_BIN/pathwatch" --run-dir $RUN_DIR accept-identity "$accepted"
as_first_host() { echo "path('$1').get('state') == 'up' and path('$1')['wwid'] == path('$same${1#"$changed"}')['wwid']"; }
paths_become 6 "$(as_first_host "$accepted")"

echo 1 > "$(device_of "$replaced")/delete"
wait_until 10 "[ ! -e $(device_of "$replaced") ]"
echo "0 0 3" > "/sys/class/scsi_host/host$changed/scan"
wait_until 10 "[ -e $(device_of "$replaced")/generic ]"
paths_become 12 "$(as_first_host "$replaced")"

paths_stay 12 "$(as_first_host "$accepted") and $(as_first_host "$replaced") and all($is_wrong for p in paths if p['path'] in ($wrong)) and $same_up"

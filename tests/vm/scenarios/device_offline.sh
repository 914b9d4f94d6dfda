# The kernel takes a device offline: its path is down and the reason says so. Running again, it is up within an interval. Its neighbour on the
# same host never notices.
# boot: default
. "$VM_LIB"
load_scsi_debug add_host=1 max_luns=2
host=$(debug_hosts)
lu=$host:0:0:1 neighbour="path('$host:0:0:0')['state'] == 'up'"

start_daemon --interval 3s
paths_become 10 'count(state="up") == 2'

echo offline > "$(device_of "$lu")/state"
paths_become 6 "path('$lu')['state'] == 'down' and 'offline' in path('$lu')['reason'] and $neighbour"
paths_stay 8 "path('$lu')['state'] == 'down' and 'offline' in path('$lu')['reason'] and $neighbour"

echo running > "$(device_of "$lu")/state"
paths_become 4 "path('$lu')['state'] == 'up' and $neighbour"
paths_stay 5 'count(state="up") == 2'

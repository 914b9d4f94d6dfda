# A logical unit is deleted while a command to it is out, and found again by a scan of its host. The path is removed meanwhile, then
# up again, and the daemon survives.
# Whether a check or a scan meets the deletion first depends on the moment, so histories are not compared.
# boot: default
# history: none
# kernel: 6.7
# timeout: 180
. "$VM_LIB"
load_scsi_debug add_host=2 max_luns=4
host=$(debug_hosts | head -n 1)
lu=$host:0:0:2

start_daemon --interval 2s --deadline 2s --rescan 5s
paths_become 15 'count(state="up") == 8'
silence "$lu" 0x0  # only the check: deleting a disk sends commands of its own
paths_become 15 "path('$lu').get('state') == 'no_answer'"
# Sleeps in the kernel until the command's 30 s are over.
echo 1 > "$(device_of "$lu")/delete" &
paths_become 60 "path('$lu').get('state', 'removed') == 'removed'"
wait_until 60 "[ ! -e $(device_of "$lu") ]"
paths_stay 3 "path('$lu').get('state', 'removed') == 'removed' and count(state='up') == 7"

# The fault went with the device: the new one answers.
echo "0 0 2" > "/sys/class/scsi_host/host$host/scan"
wait_until 10 "[ -e $(device_of "$lu")/generic ]"
paths_become 20 "path('$lu').get('state') == 'up' and count(state='up') == 8"
daemon_lives || fail "the daemon has ended"

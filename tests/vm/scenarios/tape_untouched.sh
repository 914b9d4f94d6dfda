# A tape drive beside the disks gets no command at all, because even TEST UNIT READY would take a unit attention away from whoever uses it:
# its counter of requests does not move through two intervals, and it is not listed.
# boot: default
# passthrough: once
. "$VM_LIB"
load_scsi_debug add_host=1 max_luns=2
disk=$(debug_hosts)
# Hosts that are added from now on carry tape drives.
echo 1 > $SCSI_DEBUG/ptype
echo 1 > $SCSI_DEBUG/add_host
wait_for_nodes
tape=$(debug_hosts | tail -n 1)
[ "$(< "$(device_of "$tape:0:0:0")/type")" = 1 ] || fail "host$tape has no tape drives"

requests() { cat "$(device_of "$1:0:0:0")/iorequest_cnt"; }
# The tape driver's own commands end before we begin to count.
settled() { local n; n=$(requests "$tape"); sleep 1; [ "$n" = "$(requests "$tape")" ]; }
wait_until 20 settled
before=$(requests "$tape") disk_before=$(requests "$disk")

start_daemon --interval 3s --rescan 3s
paths_become 10 'count(state="up") == 2'
sleep 6
[ "$(requests "$disk")" != "$disk_before" ] || fail "the disk got no command, so this proves nothing"
[ "$(requests "$tape")" = "$before" ] || fail "the tape drive's counter of requests went from $before to $(requests "$tape")"
[ "$(print_paths 'len(paths)')" = 2 ] || fail "more than the two disks are listed"

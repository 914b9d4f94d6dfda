# A path needs no block device: a disk whose sd driver is unbound (as with a path hidden behind another driver) is listed without a
# device name and checked all the same, whether it lost the driver before the daemon's start or under it.
# boot: default
. "$VM_LIB"
load_scsi_debug add_host=1 max_luns=4
host=$(debug_hosts)
before=$host:0:0:1 later=$host:0:0:2
unbind_sd() { echo "$1" > /sys/bus/scsi/drivers/sd/unbind; }
checked_again() {
  local last
  last=$(print_paths "path('$1')['last_check']")
  paths_become 10 "path('$1')['state'] == 'up' and path('$1')['device'] == '' and path('$1')['last_check'] > '$last'"
}

unbind_sd $before
start_daemon --interval 2s --rescan 5s
paths_become 10 'count(state="up") == 4'
[ "$(print_paths "path('$before')['device']")" = "" ] || fail "a path without a block device has a device name"
[ "$(print_paths "path('$later')['device']")" = "$(disk_of "$later")" ] || fail "the device name of $later is not $(disk_of "$later")"
checked_again "$before"

unbind_sd $later
kill -HUP "$DAEMON_PID"
paths_become 15 "path('$later')['device'] == ''"
checked_again "$later"

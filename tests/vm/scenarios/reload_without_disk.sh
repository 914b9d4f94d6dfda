# The file system with the configuration is on a disk that does not answer any more when an operator asks for a reload. The checks of all other paths go on in
# time, the reload fails with the reason, and the next one takes effect when the disk is back.
# boot: own
# kernel: 6.7
# passthrough: once
# timeout: 300
. "$VM_LIB"
load_scsi_debug add_host=2 max_luns=4
lost_host=$(debug_hosts | head -n 1)
watched_host=$(debug_hosts | tail -n 1)
disk=$lost_host:0:0:0
folder=/tmp/pathwatch-disk
mkdir $folder
modprobe ext4
busybox mke2fs -F "/dev/$(disk_of "$disk")" > /dev/null 2>&1
mount -t ext4 "/dev/$(disk_of "$disk")" $folder
printf '[check]\ninterval = "2s"\n' > $folder/pathwatch.toml
start_daemon --config $folder/pathwatch.toml
paths_become 20 'count(state="up") == 8'
counter() { print_paths "status['daemon']['counters']['$1']"; }

printf '[check]\ninterval = "1s"\n' > $folder/pathwatch.toml
sync
# Short, so that the kernel gives up soon once the disk is back.
echo 15 > "$(device_of "$disk")/timeout"
silence "$lost_host"
echo 3 > /proc/sys/vm/drop_caches
kill -HUP "$DAEMON_PID"
paths_stay 12 "oldest(host($watched_host)) < 2 + slack and all(p['state'] == 'up' for p in host($watched_host))"
wait_until 20 '[ "$(counter reloads_failed)" = 1 ]'
grep -F "configuration: $folder/pathwatch.toml: " $DAEMON_LOG || fail "the log does not say why"

unsilence "$lost_host"
# The kernel's error handling brings the disk back, after the timeout.
wait_until 120 "cat $folder/pathwatch.toml > /dev/null"
kill -HUP "$DAEMON_PID"
wait_until 20 '[ "$(counter reloads)" = 1 ]'
grep -qF 'configuration: [check] interval: "2s" -> "1s"' $DAEMON_LOG || fail "the reload has not taken effect"

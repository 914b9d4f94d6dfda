# The module bsg_uring with 1,024 devices on 8 hosts: rounds of one command to each at once, and senders killed with all of them out. Every command is
# answered, none is left behind, the module can be removed, and the kernel has nothing to complain about.
# boot: default
# timeout: 300
# slow
. "$VM_LIB"
load_scsi_debug add_host=8 max_luns=128
load_bsg_uring
# KFENCE finds memory that is used after it is freed, in a sample of the allocations.
echo 10 > /sys/module/kfence/parameters/sample_interval
grep -qx 'enabled: 1' /sys/kernel/debug/kfence/stats || fail "KFENCE was not turned on"
ulimit -n 4096
nodes=(/dev/bsg_uring/*)
((${#nodes[@]} == 1024)) || fail "${#nodes[@]} nodes instead of 1024"
tur='000000000000 0 30000'
# Answered with data; refused with sense data, as there is no such block.
rtpg='a30a00000000000001000000 256 30000'
read_beyond='28007fffff0000000100 512 30000'

all_hosts_busy() { ! grep -qx 0 /sys/class/scsi_host/host*/host_busy; }
no_host_busy() { ! grep -qvx 0 /sys/class/scsi_host/host*/host_busy; }

# rounds NUMBER COMMAND: prints how often which status words came.
rounds() {
  local i
  for ((i = 0; i < $1; i++)); do echo "$2"; done | "$VM_BIN/bsg_replies" "${nodes[@]}" > /tmp/replies
  cut -d ' ' -f 1,2 /tmp/replies | sort | uniq -c | xargs
}

# expect_rounds NUMBER COMMAND WORDS: all replies are like that.
expect_rounds() {
  local got
  got=$(rounds "$1" "$2")
  [ "$got" = "$((1024 * $1)) $3" ] || fail "$1 rounds of $2: $got"
}

# kill_sender COMMAND: with that command to every device out.
kill_sender() {
  "$VM_BIN/bsg_replies" "${nodes[@]}" <<< "$1" &
  wait_until 30 all_hosts_busy
  kill -9 $!
  wait $! 2>/dev/null || true
}

expect_rounds 10 "$tur" '0 0000000000000000'
expect_rounds 3 "$rtpg" '0 000000e400000000'
expect_rounds 3 "$read_beyond" '0 0000000012000802'

echo 500 > $SCSI_DEBUG/delay
for command in "$tur" "$rtpg" "$read_beyond"; do kill_sender "$command"; done
wait_until 30 no_host_busy
echo 0 > $SCSI_DEBUG/delay
expect_rounds 3 "$tur" '0 0000000000000000'

# With every device out of the kernel first, and the module after it.
echo $((-8)) > $SCSI_DEBUG/add_host
wait_until 60 '[ -z "$(ls /dev/bsg_uring 2>/dev/null)" ]'
wait_until 5 'rmmod bsg_uring 2>/dev/null'
complaints=$(kernel_log_since "$VM_SCENARIO begins" | grep -E 'WARNING|BUG|refcount|Call Trace|Oops|list_(add|del)|hung' || true)
[ -z "$complaints" ] || fail "the kernel's log: $complaints"

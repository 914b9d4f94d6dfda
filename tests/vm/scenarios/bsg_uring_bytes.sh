# The module bsg_uring gives, byte for byte, the replies that were captured from the kernel handler that it stands for, refuses what that one refuses, and
# leaks neither devices nor requests.
# boot: default
# kernel: 6.12
# passthrough: once
# programs: //tests/vm/kmod:bsg_replies
# timeout: 180
. "$VM_LIB"
load_scsi_debug add_host=2 max_luns=16
load_bsg_uring
mapfile -t hosts < <(debug_hosts)
host=${hosts[0]}:0:0
tur=000000000000
rtpg=a30a00000000000001000000
good='0 0000000000000000 0000000000000000 - -'
failed=0

node() { echo "/dev/bsg_uring/$host:$1"; }

# check ROW EXPECTED ACTUAL
check() {
  if [ "$2" = "$3" ]; then
    echo "ok row: $1"
    return
  fi
  failed=$((failed + 1))
  printf 'FAILED row: %s\n  expected: %s\n  got:      %s\n' "$1" "$2" "$3"
}

# row ROW EXPECTED COMMAND NODE [OPTION...]: the reply to one command; see bsg_replies.cc.
row() { check "$1" "$2" "$("$VM_BIN/bsg_replies" "${@:4}" <<< "$3" 2>&1 || true)"; }

# errno_row ROW ERRNO COMMAND NODE [OPTION...]
errno_row() { row "$1" "-$2 0000000000000000 0000000000000000 - -" "${@:3}"; }

# injected_row ROW LUN OPCODE FAULT EXPECTED COMMAND: scsi_debug answers once with the fault.
injected_row() {
  inject "$host:$2" "2 -1 $3 $4"
  row "$1" "$5" "$6" "$(node "$2")"
  inject "$host:$2" "- 2 $3"
}

# ---- replies ----

row 'TUR GOOD' "$good" "$tur 0 30000" "$(node 0)"
injected_row 'TUR 06/2A/06' 1 0x0 '0 0 0x2 0x6 0x2a 0x6' \
  '0 0000000012000802 0000000000000000 700006000000000a000000002a0600000000 -' "$tur 0 30000"
injected_row 'TUR 02/04/0B' 1 0x0 '0 0 0x2 0x2 0x04 0x0b' \
  '0 0000000012000802 0000000000000000 700002000000000a00000000040b00000000 -' "$tur 0 30000"
injected_row 'TUR RESERVATION CONFLICT' 1 0x0 '0 0 0x18 0 0 0' '0 0000000000000018 0000000000000000 - -' "$tur 0 30000"
injected_row 'TUR host NO_CONNECT' 1 0x0 '0x1 0 0 0 0 0' '0 0000000000010000 0000000000000000 - -' "$tur 0 30000"
injected_row 'TUR host TRANSPORT_DISRUPTED' 1 0x0 '0xe 0 0 0 0 0' '0 00000000000e0000 0000000000000000 - -' "$tur 0 30000"
# Reads of the disk leave in each tag that they may be sent again; a command of ours with such a tag may not.
dd if="/dev/$(disk_of "$host:1")" of=/dev/null bs=4096 count=500 iflag=direct status=none
injected_row 'TUR host TRANSPORT_DISRUPTED after reads' 1 0x0 '0xe 0 0 0 0 0' '0 00000000000e0000 0000000000000000 - -' "$tur 0 30000"
injected_row 'RTPG 05/20/00' 1 0xa3 '0 0 0x2 0x5 0x20 0' \
  '0 0000000012000802 0000000000000000 700005000000000a00000000200000000000 -' "$rtpg 256 30000"

# Two groups of one port each; which ones is scsi_debug's business.
reply=$("$VM_BIN/bsg_replies" "$(node 0)" <<< "$rtpg 256 30000")
check 'RTPG GOOD, 28 of 256 bytes' '0 000000e400000000 0000000000000000 - 00000018 56' \
  "$(read -r res big_0 big_1 sense data <<< "$reply"; echo "$res $big_0 $big_1 $sense ${data:0:8} ${#data}")"

for sense in '20=0 18' '20=8 8' '20=4096 18'; do
  length=${sense#* }
  bytes=700006000000000a000000002a0600000000
  injected_row "TUR with ${sense% *} as the length for sense data" 1 0x0 '0 0 0x2 0x6 0x2a 0x6' \
    "0 00000000$(printf %02x "$length")000802 0000000000000000 ${bytes:0:2*length} -" "$tur 0 30000 ${sense% *}"
done
injected_row 'TUR without memory for sense data' 1 0x0 '0 0 0x2 0x6 0x2a 0x6' '0 0000000000000802 0000000000000000 - -' "$tur 0 30000 24=0 28=0"

row 'WRITE of 512 bytes' "$good" '2a000000001000000100 out=512 30000' "$(node 0)"
row 'READ of what was written' "0 0000000000000000 0000000000000000 - $(printf '11%.0s' {1..512})" '28000000001000000100 512 30000' "$(node 0)"
row 'READ into a registered buffer' "0 0000000000000000 0000000000000000 - $(printf '11%.0s' {1..512})" '28000000001000000100 512 30000' "$(node 0)" --registered

inject "$host:2" '0 1 0x0'
row 'TUR swallowed, 1 s' '0 0000000000030000 0000000000000000 - -' "$tur 0 1000" "$(node 2)"
inject "$host:2" '- 0 0x0'

# ---- refusals ----

errno_row 'probe' 22 "$tur 0 30000 8=0" "$(node 0)"
errno_row 'CDB of 33 bytes' 22 "$tur 0 30000 8=33" "$(node 0)"
errno_row 'protocol 1' 22 "$tur 0 30000 12=1" "$(node 0)"
errno_row 'subprotocol 1' 22 "$tur 0 30000 16=1" "$(node 0)"
errno_row 'vector for data out' 95 "$tur 0 30000 44=1" "$(node 0)"
errno_row 'vector for data in' 95 "$tur 0 30000 60=1" "$(node 0)"
errno_row 'data both ways' 95 "$tur 8 30000 40=8" "$(node 0)"
errno_row 'CDB outside of the memory' 14 "$tur 0 30000 0=1 4=0" "$(node 0)"
errno_row 'data outside of the memory' 14 "$rtpg 256 30000 48=4096 52=0" "$(node 0)"
errno_row 'data outside of the registered buffer' 14 "$rtpg 256 30000 48=4096 52=0" "$(node 0)" --registered
for ring in small sqe128 cqe32; do errno_row "ring $ring" 95 "$tur 0 30000" "$(node 0)" --ring $ring; done

# ---- permissions ----

check 'nodes are for root alone' '600 root' "$(stat -c '%a %U' "$(node 0)")"
chmod 644 "$(node 0)"
# What commands give an ordinary user who may read the node; see bsg_replies.cc.
unprivileged() { setpriv --reuid 65534 --regid 65534 --clear-groups "$VM_BIN/bsg_replies" "$(node 0)" <<< "$1" | cut -d ' ' -f 1,2; }
for command in "TUR $tur 0" "RTPG $rtpg 28" "INQUIRY 120000006000 96" "REPORT-LUNS a00000000000000000880000 136" "REQUEST-SENSE 030000001200 18"; do
  check "${command%% *} of a reader" '0 0000000000000000' "$(unprivileged "${command#* } 30000")"
done
check 'WRITE of a reader' '-1 0000000000000000' "$(unprivileged '2a000000001000000100 out=512 30000')"

# ---- a device that goes ----

# A process that keeps a node open, asks through it when told to, and is gone after close_holder.
hold_open() {
  coproc holder { "$VM_BIN/bsg_replies" "$1"; }
  # A subshell does not get a coprocess's own descriptors.
  exec {to_holder}>&"${holder[1]}" {from_holder}<&"${holder[0]}"
  eval "exec ${holder[1]}>&- ${holder[0]}<&-"
}
ask_holder() {
  echo "$tur 0 30000" >&$to_holder
  timeout 30 head -n 1 <&$from_holder
}
close_holder() {
  exec {to_holder}>&- {from_holder}<&-
  wait
}

hold_open "$(node 3)"
check 'TUR to a node that stays open' "$good" "$(ask_holder)"
echo offline > "$(device_of "$host:3")/state"
check 'TUR to an offline device' '0 0000000000010000 0000000000000000 - -' "$(ask_holder)"
echo running > "$(device_of "$host:3")/state"
timeout 30 bash -c "echo 1 > $(device_of "$host:3")/delete" || fail "the device of an open node was not deleted"
check 'node of a deleted device' absent "$([ -e "$(node 3)" ] && echo present || echo absent)"
check 'TUR through a stale descriptor' '-19 0000000000000000 0000000000000000 - -' "$(ask_holder)"
echo '0 0 3' > "/sys/class/scsi_host/host${hosts[0]}/scan"
wait_until 10 "[ -e $(node 3) ]"
row 'TUR to the device found again' "$good" "$tur 0 30000" "$(node 3)"
check 'TUR through the old descriptor' '-19 0000000000000000 0000000000000000 - -' "$(ask_holder)"
check 'unloading with a stale descriptor' refused "$(rmmod bsg_uring 2>/dev/null && echo unloaded || echo refused)"
close_holder

# ---- more commands than tags ----

many=("/dev/bsg_uring/${hosts[1]}":*)
for i in {1..24}; do many+=("/dev/bsg_uring/${hosts[1]}:0:0:"{0..15}); done
# With an elevator, commands would have tags of their disk's own while they wait for one of the host's.
for lu in $(lus_of "${hosts[1]}"); do echo none > "/sys/block/$(disk_of "$lu")/queue/scheduler"; done
echo 500 > $SCSI_DEBUG/delay
"$VM_BIN/bsg_replies" "${many[@]}" <<< "$tur 0 30000" > /tmp/replies &
wait_until 10 "((\$(sleeping_workers $!) > 0))"
wait $!
echo 0 > $SCSI_DEBUG/delay
check '400 TURs to a host of 192 tags' "400 $good" "$(sort /tmp/replies | uniq -c | xargs)"

# ---- a sender that is killed ----

is_out() { (($(< "$(device_of "$1")/iorequest_cnt") != $(< "$(device_of "$1")/iodone_cnt"))); }
inject "$host:4" '0 1 0xa3'
"$VM_BIN/bsg_replies" "$(node 4)" <<< "$rtpg 256 3000" &
sender=$!
wait_until 5 "is_out $host:4"
kill -9 $sender
wait $sender 2>/dev/null || true
check 'the command of a killed sender' out "$(is_out "$host:4" && echo out || echo back)"
check 'unloading with a command out' refused "$(rmmod bsg_uring 2>/dev/null && echo unloaded || echo refused)"
row 'TUR to another device meanwhile' "$good" "$tur 0 30000" "$(node 5)"
wait_until 15 "! is_out $host:4"
inject "$host:4" '- 0 0xa3'
row 'TUR to that device afterwards' "$good" "$tur 0 30000" "$(node 4)"

# ---- the module ----

wait_until 5 'rmmod bsg_uring 2>/dev/null'
check 'nodes without the module' none "$(ls /dev/bsg_uring 2>/dev/null || echo none)"
load_bsg_uring
row 'TUR after loading again' "$good" "$tur 0 30000" "$(node 0)"
hold_open "$(node 0)"
check 'TUR before the driver is removed' "$good" "$(ask_holder)"
wait_until 10 'rmmod scsi_debug 2>/dev/null'
check 'TUR after the driver is removed' '-19 0000000000000000 0000000000000000 - -' "$(ask_holder)"
close_holder
check "the kernel's complaints" none "$(kernel_log_since "$VM_SCENARIO begins" | grep -E 'WARNING|BUG|refcount|Call Trace|Oops|list_(add|del)|hung' || echo none)"

((failed == 0)) || fail "$failed rows"

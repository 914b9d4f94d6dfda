# The module bsg_uring gives, byte for byte, the replies that were captured from the kernel handler that it stands for, refuses what that one refuses, and
# leaks neither devices nor requests.
# boot: default
# passthrough: once
# kernel: 6.7
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
injected_row 'RTPG 05/20/00' 1 0xa3 '0 0 0x2 0x5 0x20 0' \
  '0 0000000012000802 0000000000000000 700005000000000a00000000200000000000 -' "$rtpg 256 30000"

# Two groups of one port each; which ones is scsi_debug's business.
reply=$("$VM_BIN/bsg_replies" "$(node 0)" <<< "$rtpg 256 30000")
check 'RTPG GOOD, 28 of 256 bytes' '0 000000e400000000 0000000000000000 - 00000018 56' \
  "$(read -r res big_0 big_1 sense data <<< "$reply"; echo "$res $big_0 $big_1 $sense ${data:0:8} ${#data}")"

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
for ring in small sqe128 cqe32; do errno_row "ring $ring" 95 "$tur 0 30000" "$(node 0)" --ring $ring; done

((failed == 0)) || fail "$failed rows"

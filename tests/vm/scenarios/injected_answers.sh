# Each logical unit answers TEST UNIT READY with another status for ever: every path gets the state that its answer means, whatever its
# neighbours answer, and is up again when the fault is gone.
# boot: default
# kernel: 6.7
. "$VM_LIB"
load_scsi_debug add_host=2 max_luns=8
mapfile -t hosts < <(debug_hosts)
faulty=${hosts[1]}:0:0

start_daemon --interval 2s
paths_become 10 'count(state="up") == 16'

# Host byte, driver byte, status, sense key, asc, ascq.
answer_always() { inject "$faulty:$1" "2 1 0x0 $2"; }
# Nothing connected.
answer_always 1 '0x1 0 0 0 0 0'
# Not accessible: target port in standby state, in unavailable state.
answer_always 2 '0 0 0x2 0x2 0x04 0x0b'
answer_always 3 '0 0 0x2 0x2 0x04 0x0c'
# Logical unit not supported.
answer_always 4 '0 0 0x2 0x5 0x25 0'
# Reservation conflict: reserved for somebody else, but it answers.
answer_always 5 '0 0 0x18 0 0 0'
# Recovered error.
answer_always 6 '0 0 0x2 0x1 0x17 0'
# Unit attention, power on, once.
inject "$faulty:7" '2 -1 0x0 0 0 0x2 0x6 0x29 0'

others_up="all(p['state'] == 'up' for p in host(${hosts[0]})) and len(host(${hosts[0]})) == 8"
expected="{'$faulty:0': 'up', '$faulty:1': 'down', '$faulty:2': 'ghost', '$faulty:3': 'unavailable', '$faulty:4': 'unmapped', \
  '$faulty:5': 'up', '$faulty:6': 'up', '$faulty:7': 'up'}"
as_expected="{p['path']: p['state'] for p in host(${hosts[1]})} == $expected and $others_up"
# The interval, and time for the check itself.
paths_become 5 "$as_expected"
# Up all the time, also those whose answer is not simply good.
paths_stay 8 "$as_expected"

for lun in 1 2 3 4 5 6 7; do inject "$faulty:$lun" '- 2 0x0'; done
# Paths that are not up may be asked less often.
paths_become 30 'count(state="up") == 16'

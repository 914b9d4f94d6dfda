# One logical unit swallows TEST UNIT READY. It becomes no_answer at the deadline, and for 20 s nothing else happens: no error handling on its
# host (which would stop all its neighbours), and the other 1,023 paths stay up and are checked on time.
# boot: default
# kernel: 6.7
. "$VM_LIB"
load_scsi_debug add_host=8 max_luns=128
mapfile -t hosts < <(debug_hosts)
host=${hosts[3]} lu=${hosts[3]}:0:0:5
counters() { cat "$(device_of "$lu")"/{ioerr_cnt,iotmo_cnt} | tr '\n' ' '; }

# How long the kernel lets a command be out; the daemon takes it over for its own.
echo $((60 * VM_PATIENCE)) > "$(device_of "$lu")/timeout"
start_daemon --interval 5s --deadline 5s
paths_become 20 'count(state="up") == 1024'
counters_before=$(counters)
mark_kernel_log "silence begins"
silence "$lu"

# At most one interval until the next check begins, then the deadline.
paths_become 13 "path('$lu').get('state') == 'no_answer'"
paths_stay 20 "path('$lu')['state'] == 'no_answer' and count(state='up') == 1023 \
  and oldest([p for p in paths if p['path'] != '$lu']) <= 5 + slack and read('/sys/class/scsi_host/host$host/state') == 'running'"

[ "$(counters)" = "$counters_before" ] || fail "error counters went from $counters_before to $(counters)"
if kernel_log_since "silence begins" | grep -iE 'abort|reset|timing out|error handl|offlined'; then fail "the kernel began error handling"; fi

# The log goes to a real systemd-journald where stderr is its stream: what is about a path is found there by the path and by the logical unit, with its
# priority, and stderr stays empty. What happens while the journal is restarted is found in the new one.
# boot: default
# passthrough: once
. "$VM_LIB"

JOURNALD_PID=

start_journald() {
  /lib/systemd/systemd-journald &
  JOURNALD_PID=$!
  wait_until 10 '[ -S /run/systemd/journal/socket ] && [ -d /run/log/journal ]'
}

stop_journald() {
  kill "$JOURNALD_PID"
  wait "$JOURNALD_PID" || true
}

# entries FIELD=VALUE...: prints the daemon's entries with these fields, one JSON object per line.
entries() { journalctl --directory=/run/log/journal --output=json SYSLOG_IDENTIFIER=pathwatchd "$@"; }

# has_entry PRIORITY MESSAGE FIELD=VALUE...: there is one with that priority whose message contains that text.
has_entry() { entries PRIORITY="$1" "${@:3}" | grep -F "$2" > /dev/null; }

# What it wants to find, and what no service manager has put there in the guest.
grep -q ' /sys/fs/cgroup ' /proc/mounts || mount -t cgroup2 cgroup /sys/fs/cgroup
[ -s /etc/machine-id ] || echo 0123456789abcdef0123456789abcdef > /etc/machine-id
start_journald
load_scsi_debug add_host=1 max_luns=2
host=$(debug_hosts)
lu=$host:0:0:1 neighbour=$host:0:0:0

# As the service manager says it to those whose stderr it has connected to the journal.
: > $DAEMON_LOG
JOURNAL_STREAM=$(stat --format=%d:%i $DAEMON_LOG) start_daemon --interval 2s
paths_become 10 'count(state="up") == 2'
wwid=$(print_paths "path('$lu')['wwid']")

echo offline > "$(device_of "$lu")/state"
paths_become 6 "path('$lu')['state'] == 'down'"
wait_until 5 'has_entry 4 "path $lu (" "PATH=$lu" CAUSE=state_down'
has_entry 4 "path $lu (" "LUN=$wwid" "DEVICE=$(disk_of "$lu")" "NEXUS=$host:0:0" || fail "no entry has the logical unit, the disk and the nexus"
[ -z "$(entries "PATH=$neighbour" CAUSE=state_down)" ] || fail "the neighbour has an entry too"

stop_journald
rm /run/systemd/journal/socket
echo running > "$(device_of "$lu")/state"
paths_become 6 'count(state="up") == 2'
start_journald
wait_until 10 'has_entry 6 "down -> up" "PATH=$lu" CAUSE=state_up'
[ ! -s $DAEMON_LOG ] || fail "there were lines on stderr: $(< $DAEMON_LOG)"
stop_daemon
wait_until 5 'has_entry 6 "SIGTERM: ending"'
stop_journald
rm -r /run/log/journal /run/systemd/journal

# A daemon that has ended by itself fails its scenario, even when every other command succeeded.
# expect: daemon_crashes FAILED
. "$VM_LIB"
VM_BIN=$(mktemp -d)
printf '#!/bin/sh\nkill -SEGV $$\n' > "$VM_BIN/pathwatchd"
chmod +x "$VM_BIN/pathwatchd"
start_daemon
sleep 1

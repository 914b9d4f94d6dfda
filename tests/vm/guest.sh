#!/bin/bash
# guest.sh: runs inside the guest. Runs the scenarios listed in /job/queue ("NAME TIMEOUT_S" per line) one after the other and writes for each
# /job/results/NAME.log and, when it has ended, /job/results/NAME.rc ("EXIT_STATUS SECONDS"). It stops early, with a sentence in
# /job/results/unclean, when a scenario's devices cannot be removed: the caller then goes on in a new boot.
job=/job
VM_PATIENCE=$(< $job/patience)
VM_PASSTHROUGH=$(< $job/passthrough)
export VM_PATIENCE VM_PASSTHROUGH
. $job/settings
ulimit -c 0
ip link set lo up
# A shared folder is slow in the emulated guest, memory is not.
[ ! -d $job/bin ] || cp -r $job/bin /tmp/bin
for module in sg sd_mod st; do modprobe $module; done

# Everything that a scenario starts is in its session.
end_session() {
  local sid=$1 tries
  for ((tries = 0; tries < 20; tries++)); do
    pkill -9 -s "$sid" || return 0
    sleep 0.1
  done
}

# rmmod itself can sleep in the kernel when a command never returns, so it is watched, not waited for.
remove_module() {
  local module=$1 tries
  for ((tries = 0; tries < 40; tries++)); do
    [ -d /sys/module/"$module" ] || return 0
    if [ -z "$(jobs -rp)" ]; then rmmod "$module" 2>/dev/null & fi
    sleep 0.25
  done
  return 1
}

run_scenario() {
  local name=$1 timeout_s=$2 sid rc
  echo "$name" > $job/results/current
  echo "pathwatch scenario $name begins" > /dev/kmsg
  SECONDS=0
  VM_LIB=$job/lib.sh VM_SCENARIO=$name VM_BIN=/tmp/bin VM_TIMEOUT=$timeout_s \
    setsid timeout -k 5 "$timeout_s" bash "$job/scenarios/$name.sh" > "$job/results/$name.log" 2>&1 < /dev/null &
  sid=$!
  wait $sid
  rc=$?
  end_session $sid
  [ $rc != 124 ] && [ $rc != 137 ] || echo "The scenario did not end within its $timeout_s s." >> "$job/results/$name.log"
  echo "$rc $SECONDS" > "$job/results/.$name.rc"
  mv "$job/results/.$name.rc" "$job/results/$name.rc"
}

while read -r name timeout_s <&3; do
  run_scenario "$name" "$timeout_s"
  for module in bsg_uring scsi_debug; do
    if ! remove_module $module; then
      echo "$module is still in use after $name" > $job/results/unclean
      break 2
    fi
  done
done 3< $job/queue

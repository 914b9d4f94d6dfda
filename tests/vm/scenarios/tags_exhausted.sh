# Hung reads of somebody else hold every tag of two hosts, one with the elevator none, one with mq-deadline, so that a command to them can put its
# sender to sleep in the kernel. The loop does not sleep: checks of the other hosts stay on time and the heartbeat stays young for 15 s, with at most 2
# sleeping workers per host. A process cannot die while its worker sleeps: its successor says that it waits, and goes on then.
# What a path of these hosts goes through depends on when a tag is free: histories are not compared.
# boot: default
# history: none
# kernel: 6.7
# timeout: 240
. "$VM_LIB"
load_scsi_debug add_host=4 max_luns=16
mapfile -t hosts < <(debug_hosts)
exhausted=("${hosts[0]}" "${hosts[1]}")
elevators=(none mq-deadline)
all_tags_out() { (($(< "/sys/class/scsi_host/host$1/host_busy") == $(< "/sys/class/scsi_host/host$1/can_queue"))); }

# 16 reads of each disk named: more than the host has tags. Each in a thread, as it sleeps until the disk answers.
hang_reads() {
  python3 -IS -c '
import mmap, os, sys, threading
def read(disk):
    os.preadv(os.open("/dev/" + disk, os.O_RDONLY | os.O_DIRECT), [mmap.mmap(-1, 4096)], 0)
threading.stack_size(65536)
for disk in sys.argv[1:] * 16:
    threading.Thread(target=read, args=(disk,)).start()
' "$@" &
}

start_daemon --interval 5s --deadline 5s
paths_become 20 'count(state="up") == 64'

for i in 0 1; do
  disks=()
  for lu in $(lus_of "${exhausted[i]}"); do
    disk=$(disk_of "$lu")
    echo "${elevators[i]}" > "/sys/block/$disk/queue/scheduler"
    # Long enough for everything below; then the kernel aborts the reads and sends them again, this time to an answer.
    echo $((90 * VM_PATIENCE)) > "$(device_of "$lu")/timeout"
    disks+=("$disk")
  done
  silence "${exhausted[i]}" 0x28
  hang_reads "${disks[@]}"
done
for host in "${exhausted[@]}"; do wait_until 30 "all_tags_out $host"; done

healthy="others(${exhausted[0]}, ${exhausted[1]})"
paths_stay 15 "status['daemon']['heartbeat_age_s'] < 1 and len($healthy) == 32 and all(p['state'] == 'up' for p in $healthy) \
  and oldest($healthy) <= 5 + slack"
for host in "${exhausted[@]}"; do all_tags_out "$host" || fail "the tags of host$host were freed meanwhile, so this proves nothing"; done
sleeping=$(sleeping_workers "$DAEMON_PID")
((sleeping <= 2 * ${#exhausted[@]})) || fail "$sleeping io_uring workers sleep, more than 2 per host"
((sleeping > 0)) || fail "no worker sleeps, so the rest would prove nothing"

# The successor is started while the old process lives on, so it must see that nobody uses the run directory any more and only has to wait.
old=$DAEMON_PID
kill -TERM "$old"
wait_until 5 "grep -q 'SIGTERM: ending' $DAEMON_LOG"
sleep 2
(($(sleeping_workers "$old") > 0)) || fail "no worker of the old process sleeps any more, so the rest would prove nothing"
start_daemon --interval 5s --deadline 5s
wait_until 5 "grep -q 'process $old has not given up $RUN_DIR yet: waiting' $DAEMON_LOG"
for host in "${exhausted[@]}"; do unsilence "$host" 0x28; done
# The reads come back when their time is over, and with them the tags.
wait_until 120 "! kill -0 $old 2>/dev/null"
paths_become 20 "status['daemon']['pid'] == $DAEMON_PID and count(state='up') == 64"
daemon_lives || fail "the second daemon has ended"

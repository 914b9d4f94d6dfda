# All 128 logical units behind one port swallow TEST UNIT READY. The other 896 paths stay up and on time; the silent ones are all no_answer, most
# of them known from their neighbours alone (scope nexus): at most 9 commands are out on that host, so its tags stay free for others.
# Which paths time out, which are known from them, and whether the kernel gives some up before the end, depends on the moment: histories are not compared.
# boot: default
# history: none
# kernel: 6.7
. "$VM_LIB"
load_scsi_debug add_host=8 max_luns=128
mapfile -t hosts < <(debug_hosts)
host=${hosts[5]}

start_daemon --interval 5s --deadline 5s
paths_become 20 'count(state="up") == 1024'
silence "$host"

paths_become 20 "all(p['state'] == 'no_answer' for p in host($host))"
paths_stay 10 "all(p['state'] == 'no_answer' for p in host($host)) and len(host($host)) == 128 \
  and sum(p['scope'] == 'nexus' for p in host($host)) >= 112 \
  and all(p['state'] == 'up' for p in others($host)) and len(others($host)) == 896 and oldest(others($host)) <= 5 + slack \
  and 1 <= int(read('/sys/class/scsi_host/host$host/host_busy')) <= 9"

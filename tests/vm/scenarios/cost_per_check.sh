# Measures what a TEST UNIT READY costs on 1,024 real devices of 8 hosts: CPU of the whole daemon, and the time until the reply, against one thread
# that calls ioctl(SG_IO) in a loop. Prints "measured NAME METRIC VALUE" lines for tests/bench/run. Emulated: only ratios mean anything.
# boot: default
# passthrough: once
# slow
. "$VM_LIB"
load_scsi_debug add_host=8 max_luns=128
seconds=30
ulimit -n 4096

# CPU of a process in microseconds: fields 14 and 15 of /proc/PID/stat, of which 100 make a second.
cpu_us() { awk '{sub(/^.*\) /, ""); print ($12 + $13) * 10000}' "/proc/$1/stat"; }
# Commands that all devices have answered; the counters are hexadecimal.
commands_done() { cat /sys/class/scsi_device/*/device/iodone_cnt | python3 -c 'import sys; print(sum(int(line, 16) for line in sys.stdin))'; }

# What the loop of one thread needs for the same number of commands.
baseline=$(python3 -IS -c '
import ctypes, fcntl, glob, os, resource
class Header(ctypes.Structure):
    _fields_ = [("interface", ctypes.c_int), ("direction", ctypes.c_int), ("cmd_len", ctypes.c_ubyte), ("sense_len", ctypes.c_ubyte), ("iovecs", ctypes.c_ushort),
                ("length", ctypes.c_uint), ("data", ctypes.c_void_p), ("cdb", ctypes.c_void_p), ("sense", ctypes.c_void_p), ("timeout", ctypes.c_uint),
                ("rest", ctypes.c_ubyte * 44)]
cdb, sense = ctypes.create_string_buffer(6), ctypes.create_string_buffer(96)
header = Header(ord("S"), -1, 6, 96, 0, 0, None, ctypes.addressof(cdb), ctypes.addressof(sense), 30000)
files = [os.open(name, os.O_RDWR | os.O_NONBLOCK) for name in glob.glob("/dev/sg*")]
before = resource.getrusage(resource.RUSAGE_SELF)
rounds = 6
for _ in range(rounds):
    for file in files:
        fcntl.ioctl(file, 0x2285, header)
after = resource.getrusage(resource.RUSAGE_SELF)
print((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e6 / rounds / len(files))
')

# No scan for devices in between: that is another cost.
start_daemon --interval 5s --deadline 5s --rescan 1h
paths_become 20 'count(state="up") == 1024'
cpu=$(cpu_us "$DAEMON_PID") commands=$(commands_done)
paths_stay $seconds 'count(state="up") == 1024'
cpu=$(($(cpu_us "$DAEMON_PID") - cpu)) commands=$(($(commands_done) - commands))
((commands > 1024)) || fail "only $commands commands were answered"
median=$(print_paths 'sorted(p["latency_us"] for p in paths)[512]')
echo "measured daemon_1024_luns_5s cpu_us_per_tur $(awk "BEGIN {print $cpu / $commands}")"
echo "measured daemon_1024_luns_5s latency_us_median $median"
echo "measured one_thread_sg_io_ioctl cpu_us_per_tur $baseline"

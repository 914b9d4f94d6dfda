# 1,024 logical units on 8 hosts are all found and checked within 10 s of the daemon's start, by a process that has one thread of its
# own (io_uring's workers are the kernel's).
# boot: default
. "$VM_LIB"
load_scsi_debug add_host=8 max_luns=128

start_daemon
paths_become 10 'count(state="up") == 1024'

[ "$(own_threads | wc -l)" = 1 ] || fail "the daemon has more than one thread: $(own_threads | tr '\n' ' ')"
[ "$(print_paths 'status["paths"]["total"], status["paths"]["up"]')" = "(1024, 1024)" ] || fail "status disagrees with paths"
"$VM_BIN/pathwatch" --run-dir "$RUN_DIR" status > /dev/null || fail "status ends with $? although all is well"

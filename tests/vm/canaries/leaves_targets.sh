# A scenario that leaves targets is judged by its own exit status, and the next one does not see them.
# boot: own
# expect: leaves_targets ok
. "$VM_LIB"
. /job/lio.sh
load_target_modules tcm_loop
make_lu array 1
add_loop_path 1 array 1
wait_until 5 "sg_turs $(generic_of "$(loop_path 1)")"

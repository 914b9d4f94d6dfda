# A scenario that leaves devices in use is judged by its own exit status.
# expect: leaves_devices_busy ok
. "$VM_LIB"
load_scsi_debug max_luns=2
lu=$(lus_of "$(debug_hosts)" | head -n 1)
silence "$lu"
timeout 2 sg_turs "/dev/$(ls "$(device_of "$lu")/scsi_generic")" && fail "the LU answered although it is silent"
true

# Last in the list: a scenario starts clean whatever the others before it did.
# expect: starts_clean ok
. "$VM_LIB"
[ ! -d /sys/module/scsi_debug ] || fail "scsi_debug is still loaded"
load_scsi_debug max_luns=2
[ "$(lus_of "$(debug_hosts)" | wc -l)" = 2 ] || fail "not 2 LUs"

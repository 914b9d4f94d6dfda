# A scenario that does not end is ended at its limit and reported as failed.
# timeout: 5
# expect: hangs FAILED
. "$VM_LIB"
sleep 1000

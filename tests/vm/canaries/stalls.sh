# A guest that does not do anything any more, not even enforce the limit, is ended from outside.
# timeout: 5
# expect: stalls FAILED
. "$VM_LIB"
kill -STOP $PPID
sleep 1000

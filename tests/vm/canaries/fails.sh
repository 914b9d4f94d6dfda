# A scenario whose last command fails is reported as failed.
# expect: fails FAILED
. "$VM_LIB"
false

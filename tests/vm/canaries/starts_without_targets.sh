# After leaves_targets.
# boot: own
# expect: starts_without_targets ok
. "$VM_LIB"
[ ! -d /sys/kernel/config/target ] || fail "targets are still there"

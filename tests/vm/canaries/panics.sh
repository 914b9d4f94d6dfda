# A panic of the guest's kernel is reported as the failure of the scenario that ran.
# expect: panics FAILED
. "$VM_LIB"
echo c > /proc/sysrq-trigger

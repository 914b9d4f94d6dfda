# As alua_states_attached, without the kernel's handler: unit attentions come through, so every change of a state is known after the next check.
# Which path's own answer tells of a change first, and which one learns it from the group, depends on the moment: histories are compared without reasons.
# boot: own
# history: states
# kernel: 6.7
# timeout: 300
. "$VM_LIB"
. /job/lio.sh
. /job/alua.sh
# Else the kernel loads the handler when it sees the first path.
echo > /proc/sys/kernel/modprobe
make_array detached
watch_array
walk_through_states $SOON_S

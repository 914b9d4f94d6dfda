# A group of ports goes through every ALUA state while the kernel's own handler (scsi_dh_alua) eats the unit attentions that tell of it. Each path
# gets the state that its group's means and all that the array says of the group; the paths of the other group stay up throughout.
# Which path's own answer tells of a change first, and which one learns it from the group, depends on the moment: histories are compared without reasons.
# boot: own
# history: states
# kernel: 6.7
# timeout: 300
. "$VM_LIB"
. /job/lio.sh
. /job/alua.sh
modprobe scsi_dh_alua
make_array alua
watch_array
walk_through_states $BY_REFRESH_S

# A port stops to answer, as if its cable were pulled, while the kernel goes on to call its device running. Its path becomes unusable and is up again
# when the port is back; the path through the other port stays up throughout.
# boot: own
. "$VM_LIB"
. /job/lio.sh
load_target_modules scsi_dh_alua tcm_loop
make_lu array 1
add_loop_path 1 array 1
add_loop_path 2 array 1
cut=$(loop_path 1) other=$(loop_path 2)

start_daemon --interval 2s
paths_become 10 'count(state="up") == 2'
begin=$SECONDS

set_transport 1 offline
lost="path('$cut')['state'] in ('down', 'no_answer') and path('$other')['state'] == 'up'"
# The answer asks to come again later, which is done for some seconds.
paths_become 15 "$lost"
[ "$(< "$(device_of "$cut")/state")" = running ] || fail "the kernel knows of the loss, so this proves nothing"
paths_stay 5 "$lost"

set_transport 1 online
paths_become 10 'count(state="up") == 2'
paths_stay 5 "count(state='up') == 2 and standing(path('$other')) >= $((SECONDS - begin - 1))"

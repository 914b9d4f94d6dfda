# alua.sh: what the scenarios about ALUA do alike, with the kernel's handler and without it; they begin with
# . "$VM_LIB"; . /job/lio.sh; . /job/alua.sh
# One logical unit with four paths: 1 and 2 in group 1, whose state changes, 3 and 4 in group 2, which stays active/optimized.

readonly INTERVAL_S=3 REFRESH_S=10
# When a change must be known: one that every TEST UNIT READY shows, one that only the array's report shows.
readonly SOON_S=$((INTERVAL_S + 2)) BY_REFRESH_S=$((REFRESH_S + 3))

# make_array DH_STATE: fails unless the kernel gives the paths that handler ("alua", or "detached").
make_array() {
  local path
  load_target_modules tcm_loop
  make_lu array 2
  add_loop_path 1 array 1
  add_loop_path 2 array 1
  add_loop_path 3 array 2
  add_loop_path 4 array 2
  for path in $(loop_path 1) $(loop_path 2) $(loop_path 3) $(loop_path 4); do
    [ "$(< "$(device_of "$path")/dh_state")" = "$1" ] || fail "the handler of $path is '$(< "$(device_of "$path")/dh_state")', not '$1'"
  done
  # The group that does not change is asked for what the array says, and told what to change.
  steady_node=$(generic_of "$(loop_path 3)")
}

watch_array() {
  start_daemon --interval ${INTERVAL_S}s --refresh ${REFRESH_S}s
  expect up 20
  begin=$SECONDS
}

# expect STATE SECONDS: the paths of group 1 come to that state, and all four say of group and port what the array says of them.
expect() {
  paths_become "$2" "[p['state'] for p in by_host(paths)] == ['$1', '$1', 'up', 'up'] \
    and [(p['tpg'], p['alua_state'], p['preferred'], p['rtpi']) for p in by_host(paths)] == groups('$steady_node')"
}

array_changes_to() { set_access_state array 1 "$1"; }
host_changes_to() { sg_stpg --tp=1 --state="$1" "$steady_node"; }

# walk_through_states SECONDS: through every state that LIO has, first by the array itself, then, as far as that is possible, by SET TARGET PORT
# GROUPS. SECONDS is what a change may take that is not in the answer to TEST UNIT READY.
walk_through_states() {
  array_changes_to 1; expect up "$1"
  array_changes_to 2; expect ghost $SOON_S
  array_changes_to 3; expect unavailable $SOON_S
  # Offline: LIO answers with "invalid field in CDB", in which there is no state.
  array_changes_to 14; expect unavailable $BY_REFRESH_S
  array_changes_to 15; expect transitioning $SOON_S
  array_changes_to 0; expect up $SOON_S

  host_changes_to 1; expect up "$1"
  host_changes_to 3; expect unavailable $SOON_S
  host_changes_to 2; expect ghost $SOON_S
  host_changes_to 0; expect up "$1"

  set_preferred array 1 1; expect up $BY_REFRESH_S
  set_preferred array 1 0; expect up $BY_REFRESH_S

  paths_become 1 "all(standing(p) >= $((SECONDS - begin - 1)) for p in by_host(paths)[2:])"
}

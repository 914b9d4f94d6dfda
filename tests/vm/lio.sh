# lio.sh: targets of the kernel's own SCSI target (LIO), for scenarios that begin with . "$VM_LIB"; . /job/lio.sh
# Logical units in memory with target port groups whose states can be set, over tcm_loop or iSCSI. Nothing is taken down again: such a scenario
# says "# boot: own". See README.md.

readonly TARGET=/sys/kernel/config/target
readonly ISCSI_TARGET=iqn.2025-01.test.pathwatch:array ISCSI_INITIATOR=iqn.2025-01.test.pathwatch:host

# load_target_modules MODULE...: with the module, LIO and its folder.
load_target_modules() {
  local module
  # Silences a complaint of the target about its default database.
  mkdir -p /etc/target
  for module in target_core_mod "$@"; do modprobe "$module"; done
  [ -d $TARGET ] || mount -t configfs configfs /sys/kernel/config
}

# ---- logical units and their groups ----

lu_folder() { echo "$TARGET/core/rd_mcp_0/$1"; }

# make_lu NAME GROUPS: a logical unit of 8 MiB with target port groups 1 to GROUPS, implicit and explicit changes allowed. The unit's
# identifier begins with its number among the units, because LIO takes only the first 25 digits of the serial number into it.
make_lu() {
  local name=$1 groups=$2 folder group number
  number=$(find $TARGET/core -mindepth 2 -maxdepth 2 -type d | wc -l)
  folder=$(lu_folder "$name")
  mkdir -p "$folder"
  echo rd_pages=2048 > "$folder/control"
  printf '%08x-0000-4000-8000-0000000000aa' $((0x5a7e0000 + number)) > "$folder/wwn/vpd_unit_serial"
  echo 1 > "$folder/enable"
  for ((group = 1; group <= groups; group++)); do
    mkdir "$folder/alua/group$group"
    # A group takes nothing else before it has its number.
    echo "$group" > "$folder/alua/group$group/tg_pt_gp_id"
    echo 3 > "$folder/alua/group$group/alua_access_type"
    echo 0 > "$folder/alua/group$group/nonop_delay_msecs"
    echo 0 > "$folder/alua/group$group/trans_delay_msecs"
  done
}

# set_access_state LU GROUP STATE: an implicit change; STATE is a number of SPC-4 6.37 (0 is active/optimized).
set_access_state() { echo "$3" > "$(lu_folder "$1")/alua/group$2/alua_access_state"; }
set_preferred() { echo "$3" > "$(lu_folder "$1")/alua/group$2/preferred"; }

# map_lun PORT_FOLDER LUN LU GROUP, unmap_lun PORT_FOLDER LUN LU: a port's folder is what loop_port or iscsi_port prints.
map_lun() {
  mkdir -p "$1/lun/lun_$2"
  ln -s "$(lu_folder "$3")" "$1/lun/lun_$2/$3"
  echo "group$4" > "$1/lun/lun_$2/alua_tg_pt_gp"
}
unmap_lun() { rm "$1/lun/lun_$2/$3"; }

# ---- tcm_loop: every port is a SCSI host of this machine, with LUN 0 only ----

loop_port() { printf '%s/loopback/naa.6001405%09d/tpgt_1\n' "$TARGET" "$1"; }
loop_path() { echo "$(< "$(loop_port "$1")/address"):0"; }

# Without it every port has the identifier 0; on Linux 6.1 that cannot be changed.
set_relative_port() { { echo "$2" > "$1/rtpi"; } 2>/dev/null || [[ $(uname -r) == 6.1.* ]]; }

# add_loop_path NUMBER LU GROUP: a path through a port with that relative port identifier.
add_loop_path() {
  local port
  port=$(loop_port "$1")
  mkdir -p "$port"
  printf 'naa.6001405%09d\n' "$((100000000 + $1))" > "$port/nexus"
  set_relative_port "$port" "$1"
  map_lun "$port" 0 "$2" "$3"
  wait_until 10 "[ -e $(device_of "$(loop_path "$1")")/generic ]"
  # The kernel saw the device in the default group.
  echo 1 > "$(device_of "$(loop_path "$1")")/rescan"
}

# set_transport NUMBER online|offline: an offline port answers nothing, as if its cable were pulled.
set_transport() { echo "$2" > "$(loop_port "$1")/transport_status"; }

generic_of() { echo "/dev/$(ls "$(device_of "$1")/scsi_generic")"; }

# ---- iSCSI: portal P is 10.9.0.P of this machine; its portal group, its relative port identifier and its ALUA group are P too ----

iscsi_port() { echo "$TARGET/iscsi/$ISCSI_TARGET/tpgt_$1"; }

# make_iscsi_target LU0 LU1: two portals, each with the two units as LUN 0 and 1.
make_iscsi_target() {
  local portal port
  for portal in 1 2; do
    ip link add "portal$portal" type dummy
    ip link set "portal$portal" up
    ip addr add "10.9.0.$portal/32" dev "portal$portal"
    port=$(iscsi_port $portal)
    mkdir -p "$port"
    set_relative_port "$port" $portal
    map_lun "$port" 0 "$1" $portal
    map_lun "$port" 1 "$2" $portal
    mkdir "$port/np/10.9.0.$portal:3260"
    echo 0 > "$port/attrib/authentication"
    echo 1 > "$port/attrib/generate_node_acls"
    echo 1 > "$port/attrib/cache_dynamic_acls"
    echo 0 > "$port/attrib/demo_mode_write_protect"
    enable_portal $portal 1
  done
}

# enable_portal PORTAL 0|1: 0 ends its session at once and refuses new ones.
enable_portal() { echo "$2" > "$(iscsi_port "$1")/enable"; }

# start_iscsid RECOVERY_S: the initiator's daemon; a lost session is given up after RECOVERY_S.
start_iscsid() {
  mkdir -p /etc/iscsi /run/lock/iscsi
  echo "InitiatorName=$ISCSI_INITIATOR" > /etc/iscsi/initiatorname.iscsi
  cat > /etc/iscsi/iscsid.conf <<END
node.startup = manual
node.session.timeo.replacement_timeout = $1
node.conn[0].timeo.noop_out_interval = 2
node.conn[0].timeo.noop_out_timeout = 2
END
  iscsid -f > /tmp/iscsid.log 2>&1 &
  # The socket at which it takes the orders of iscsiadm.
  wait_until 10 'grep -q ISCSIADM_ABSTRACT_NAMESPACE /proc/net/unix'
}

# log_in: at both portals; waits until the nodes are there.
log_in() {
  iscsiadm -m discovery -t sendtargets -p 10.9.0.1 > /dev/null
  iscsiadm -m node -l > /dev/null
  wait_until 20 '[ -n "$(session_of 1)" ] && [ -n "$(session_of 2)" ]'
  wait_until 20 '[ -e $(device_of "$(iscsi_path 1 1)")/generic ] && [ -e $(device_of "$(iscsi_path 2 1)")/generic ]'
}

# session_of PORTAL: prints the kernel's name of its session, such as session3; nothing when there is none.
session_of() {
  local connection
  for connection in /sys/class/iscsi_connection/connection*; do
    if [ "$(cat "$connection/persistent_address" 2> /dev/null)" = "10.9.0.$1" ]; then
      connection=${connection##*/connection}
      echo "session${connection%:*}"
    fi
  done
}

session_state() { cat "/sys/class/iscsi_session/$(session_of "$1")/state"; }

# iscsi_host PORTAL, iscsi_path PORTAL LUN: the number of its SCSI host, which stays while the session comes and goes; a path's H:C:T:L.
iscsi_host() {
  local folder
  folder=$(readlink -f "/sys/class/iscsi_session/$(session_of "$1")/device/..")
  echo "${folder##*/host}"
}
iscsi_path() { echo "$(iscsi_host "$1"):0:0:$2"; }

# multipathd reads what `doctor --multipath-conf` prints, and takes the plugin for every path of these arrays. Where it, device mapper and pathwatch do not
# say the same of a path, `luns` tells so with the reason: dm has failed one that works, another checker is in use, multipathd is gone. One that hangs is not
# waited for, and who may not ask device mapper is told so once.
# boot: own
# passthrough: once
# kernel: newest
# programs: //lib/checker/multipath:libcheckpathwatch.so
# timeout: 240
. "$VM_LIB"
. /job/lio.sh
. /job/multipath.sh
readonly PIECE=/etc/multipath/conf.d/pathwatch.conf NOTES=/tmp/notes COMPLAINTS=/tmp/complaints
readonly ALL_READY="active/ready active/ready active/ready active/ready"

pathwatch() { "$VM_BIN/pathwatch" --run-dir $RUN_DIR "$@"; }
# luns [PROGRAM...]: asks, through PROGRAM if one is given.
luns() { "$@" "$VM_BIN/pathwatch" --run-dir $RUN_DIR luns > $NOTES 2> $COMPLAINTS || fail "luns ended with $?: $(cat $COMPLAINTS)"; }
shown() { cat $NOTES $COMPLAINTS; }
noted() { luns; grep -Fq -- "$1" $NOTES; }
only_complaint() { [ "$(cat $COMPLAINTS)" = "pathwatch: $1" ] || fail "not only '$1' but '$(cat $COMPLAINTS)'"; }
start_with_piece() {
  PATHWATCH_RUN_DIR=$RUN_DIR multipathd -d -s >> $MULTIPATHD_LOG 2>&1 &
  MULTIPATHD_PID=$!
  wait_until 20 'multipathd show daemon | grep -q "^pid $MULTIPATHD_PID"'
}

start_udev
make_multipath_lus 2
modprobe -a dm-multipath dm-service-time dm-round-robin
start_daemon --interval 2s --rescan 5s
paths_become 20 'count(state="up") == 8'
install_plugin pathwatch
mkdir -p /etc/multipath/conf.d
printf 'defaults {\n  find_multipaths greedy\n  user_friendly_names yes\n  skip_kpartx yes\n}\n' > /etc/multipath.conf
pathwatch doctor --multipath-conf > $PIECE 2> $COMPLAINTS || fail "there are warnings: $(cat $COMPLAINTS)"
start_with_piece
wait_for_maps 2 4
[ "$(multipathd show paths raw format %c | sort | uniq -c | xargs)" = '8 pathwatch' ] || fail "not every path has the checker"
multipathd_shows 10 1 $ALL_READY
paths_become 10 'count(dm="") == 0'
luns
[ "$(grep -c 'multipathd\|dm ' $NOTES)$(cat $COMPLAINTS)" = 0 ] || fail "a difference where there is none: $(shown)"

disk=$(disk_of "$(loop_path 1)")
multipathd fail path "$disk"
wait_until 5 'noted "$disk: pathwatch up, dm failed, multipathd faulty: checked again since dm failed it; multipathd'\''s next check brings it back"'
multipathd reinstate path "$disk"

kill -STOP $MULTIPATHD_PID
begin=$SECONDS
luns
((SECONDS - begin <= 2 + 4 * VM_PATIENCE)) || fail "a multipathd that hangs keeps luns for $((SECONDS - begin)) s"
kill -CONT $MULTIPATHD_PID
only_complaint "multipathd's states of paths are not known: multipathd's socket @/org/kernel/linux/storage/multipathd: no answer in time"

chmod 755 $RUN_DIR
chmod 644 $RUN_DIR/state
luns setpriv --reuid 65534 --regid 65534 --clear-groups
only_complaint "some states in dm tables are not known: /dev/mapper/control: Permission denied"

sed -i 's/path_checker "pathwatch"/path_checker "tur"/' $PIECE
multipathd reconfigure
wait_for_maps 2 4
multipathd fail path "$disk"
wait_until 5 'noted "$disk: pathwatch up, dm failed, multipathd faulty: multipathd checks it itself, with tur"'

stop_multipathd
noted "$disk: pathwatch up, dm failed: multipathd does not run, and nobody else tells dm" || fail "no note: $(shown)"

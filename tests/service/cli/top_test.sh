#!/bin/bash
# top_test.sh PATHWATCHD PATHWATCH: runs `pathwatch top` in a terminal of tmux, presses keys and looks at the screen.
set -euo pipefail
pathwatchd=$PWD/$1
pathwatch=$PWD/$2
work=$(mktemp -d /tmp/pathwatch-top-XXXXXX)
run=$work/run
daemon=

tmux_() { tmux -S "$work/tmux" -f /dev/null "$@"; }

clean_up() {
  tmux_ kill-server 2> /dev/null || true
  if [ -n "$daemon" ]; then
    kill "$daemon" 2> /dev/null || true
    wait "$daemon" 2> /dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT

screen() { tmux_ capture-pane -p; }

fail() {
  echo "FAILED: $1" >&2
  screen >&2 || true
  exit 1
}

# until_true WHAT COMMAND...: tries for a minute; a sanitizer's program on a busy machine is slow.
until_true() {
  local what=$1 tries
  shift
  for ((tries = 0; tries < 600; tries++)); do
    if "$@" > /dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  fail "$what"
}

shows() { screen | grep -qE -- "$1"; }
shows_not() { ! shows "$1"; }
press() { tmux_ send-keys "$@"; }
# What the program said and how it ended, once the shell has the terminal again.
ended() { shows "^ended with $1\$"; }

# begin COLUMNS LINES TERM ARGUMENT...: top in a new terminal, whose shell stays afterwards.
begin() {
  local columns=$1 lines=$2 term=$3
  shift 3
  tmux_ kill-server 2> /dev/null || true
  until_true 'the terminal before is gone' gone
  tmux_ new-session -d -x "$columns" -y "$lines" \
    "stty -g > $work/before; TERM=$term '$pathwatch' --run-dir '$run' top $*; echo ended with \$?; stty -g > $work/after; exec cat"
}
gone() { ! tmux_ list-sessions; }

start_daemon() {
  "$pathwatchd" --simulated 200 --run-dir "$run" > "$work/daemon.out" 2> "$work/daemon.log" &
  daemon=$!
  until_true 'the daemon publishes' "$pathwatch" --run-dir "$run" paths
}

stop_daemon() {
  kill "$daemon"
  wait "$daemon" || true
  daemon=
}

no_line_wraps() {
  ! screen | awk -v most="$1" 'length($0) > most {found = 1} END {exit !found}'
}

test_usage() {
  local status=0
  "$pathwatch" --run-dir "$run" top < /dev/null > "$work/out" 2>&1 || status=$?
  grep -q 'top needs a terminal' "$work/out" || fail 'the sentence does not say what is missing'
  [ "$status" = 64 ] || fail 'no terminal is not answered as wrong usage'
  begin 30 8 screen
  until_true 'a small terminal is refused' ended 64
  shows 'columns and 8 lines' || fail 'the sentence does not name the size'
  begin 80 24 dumb
  until_true 'a terminal that cannot show pictures is refused' ended 74
}

test_keys() {
  begin 80 24 screen
  until_true 'the picture appears' shows '^paths 200: .* up'
  until_true 'the table appears' shows '^PATH +STATE +SINCE +LATENCY +REASON'
  no_line_wraps 80 || fail 'a line is too wide'
  press n
  until_true 'the page of nexuses appears' shows '^I_T nexuses 1-[0-9]+ of 16'
  press Tab
  until_true 'the page of paths is back' shows '^paths 1-[0-9]+ of 200, by state'
  press l
  until_true 'the paths are sorted by latency' shows 'of 200, by latency'
  press NPage
  until_true 'the second page appears' shows '^paths 1[0-9]-[0-9]+ of 200'
  press / 3:0:1:2 Enter
  until_true 'the filter narrows' shows '^paths 1-1 of 1, by latency, with 3:0:1:2'
  press Escape
  until_true 'the filter ends' shows 'of 200, by latency   h help'
  press '?'
  until_true 'the help appears' shows 'Any key ends the help'
  press x
  until_true 'the help ends' shows 'of 200, by latency'
}

test_sizes() {
  tmux_ resize-window -x 120 -y 40
  until_true 'there is room for WWIDs' shows '^PATH .* WWID '
  tmux_ resize-window -x 20 -y 5
  until_true 'a terminal that got too small says what is needed' shows '^needs 40x10'
  tmux_ resize-window -x 60 -y 12
  until_true 'the picture is back' shows '^paths 1-[0-9]+ of 200'
  no_line_wraps 60 || fail 'a line is too wide'
}

test_daemon_that_ends() {
  stop_daemon
  until_true 'the heartbeat is missed' shows "^the daemon's heartbeat is .* old|there is no state file"
  shows '^paths 200: ' || fail 'the last picture is gone'
  start_daemon
  until_true 'the other daemon is seen' shows '^pathwatchd was restarted'
}

test_end() {
  press q
  until_true 'q ends it' ended 0
  until_true 'the shell is back' test -s "$work/after"
  diff "$work/before" "$work/after" || fail 'the terminal is not as it was'
  shows_not '^paths 200' || fail 'the picture is still there'
  begin 80 24 vt100 --seconds 1 --interval 1
  until_true '--seconds ends it, without colours' ended 0
  begin 80 24 screen
  until_true 'the picture appears again' shows '^paths 200: '
  press C-c
  until_true 'an interrupt ends it' ended 0
  diff "$work/before" "$work/after" || fail 'an interrupt leaves the terminal in disorder'
}

start_daemon
test_usage
test_keys
test_sizes
test_daemon_that_ends
test_end
echo PASSED

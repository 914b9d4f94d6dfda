#!/bin/bash
# completion_test.sh PATHWATCHD PATHWATCH COMPLETION: asks the bash completion what may come next, on command lines as a user types them.
set -euo pipefail
pathwatchd=$PWD/$1
pathwatch=$PWD/$2
work=$(mktemp -d /tmp/pathwatch-completion-XXXXXX)
run=$work/run
"$pathwatchd" --simulated 40 --run-dir "$run" > "$work/out" 2>&1 &
daemon=$!

clean_up() {
  kill "$daemon" 2> /dev/null || true
  wait "$daemon" 2> /dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT

# shellcheck source=/dev/null
source "$3"

fail() {
  echo "FAILED: $1" >&2
  printf '  offered: %s\n' "${COMPREPLY[@]}" >&2
  exit 1
}

# complete_line LINE: what is offered at its end, in COMPREPLY. bash splits words at colons and equals signs.
complete_line() {
  COMP_LINE="pathwatch $1"
  COMP_POINT=${#COMP_LINE}
  IFS=$' \t\n' read -r -a COMP_WORDS <<< "${COMP_LINE//[:=]/ & }"
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _pathwatch "$pathwatch"
}

offers() {
  local reply
  for reply in "${COMPREPLY[@]}"; do [[ $reply != "$1" ]] || return 0; done
  return 1
}

# offered LINE WORD...: each is offered.
offered() {
  local line=$1 word
  shift
  complete_line "$line"
  for word in "$@"; do offers "$word" || fail "'$line' is not completed with '$word'"; done
}

# only LINE WORD...: these are offered, and nothing else.
only() {
  offered "$@"
  [ ${#COMPREPLY[@]} = $(($# - 1)) ] || fail "'$1' is completed with something else too"
}

section() { sed -n "/^$1:/,/^\$/p" | sed 1d; }
commands_of() { "$pathwatch" "$@" --help | section Subcommands | grep -oE '^  [a-z-]+' || true; }
options_of() { "$pathwatch" "$@" --help | section Options | grep -oE '^  [^ ]+' | grep -oE -e '--[a-z-]+'; }

# everything_of COMMAND...: each command and each long option that its --help names is offered.
everything_of() {
  local word
  for word in $(options_of "$@"); do offered "$* --" "$word"; done
  for word in $(commands_of "$@"); do
    offered "$* " "$word"
    everything_of "$@" "$word"
  done
}

tries=0
until "$pathwatch" --run-dir "$run" paths > /dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || fail 'the daemon does not publish'
  sleep 0.1
done

[ "$(commands_of | wc -l)" -ge 10 ] || fail '--help names too few commands'
everything_of
only 'pa' paths
only 'config d' defaults
only 'status --na' --nagios
only 'doctor --mul' --multipath-conf
offered '' paths status
offered 'paths --state ' up no_answer wrong_lu
only 'paths --state up,wr' up,wrong_lu
only 'paths --state=gh' ghost

with="--run-dir $run"
offered "$with explain " 0:0:0:0 3:0:1:1
offered "$with explain 3:0:1:" 0 1
only "$with paths --nexus 3:0:" 0 1 2 3
only "$with paths --host host0,host1" host0,host1
only "$with paths --host=host" host0 host1 host2 host3
offered "$with luns 36" "$("$pathwatch" --run-dir "$run" paths --format %w 0:0:0:0)"
offered "paths --run-dir=$run --lun 36" "$("$pathwatch" --run-dir "$run" paths --format %w 0:0:0:0)"
offered 'config show check.int' check.interval
only "dump --config $work/o" "$work/out"
only "--run-dir $work/r" "$run"
echo PASSED

#!/bin/bash
# unusable_paths.sh [SOCKET]: prints one line of JSON for each path that I/O cannot use now.
#
# Needs socat. Ends with 0 if pathwatchd has answered, also if there is no such path.
set -euo pipefail
socket=${1:-/run/pathwatch/io.pathwatch}

# call JSON: sends one call, and prints each reply on a line of its own. Calls and replies end with a NUL byte; that socat's input ends tells
# pathwatchd that no other call follows, so it closes the connection after the last reply.
call() {
  printf '%s\0' "$1" | socat -t 30 - "UNIX-CONNECT:$socket" | tr '\0' '\n'
}

# `more` allows several replies, and `page` says how many paths come in each: so each path gets a line.
replies=$(call '{"method": "io.pathwatch.ListPaths", "more": true, "parameters": {
  "filter": {"states": ["transitioning", "unavailable", "down", "no_answer", "unmapped", "wrong_lu"]},
  "fields": ["path", "device", "wwid", "state", "reason"],
  "page": 1}}')

# A reply is {"parameters": ...}, or {"error": "its.name", "parameters": ...}.
if [ -z "$replies" ] || grep -q '^{"error"' <<< "$replies"; then
  printf 'unusable_paths.sh: %s\n' "${replies:-pathwatchd has not answered}" >&2
  exit 1
fi
sed -n 's/^{"parameters":{"paths":\[\({.*}\)\]}.*/\1/p' <<< "$replies"

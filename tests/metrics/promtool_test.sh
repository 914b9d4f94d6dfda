#!/bin/bash
# promtool_test.sh EXPOSITION: Prometheus' own tool reads the exposition and has nothing to say about it.
set -euo pipefail

command -v promtool > /dev/null || { echo "promtool is missing: run 'apt-get install prometheus' (tests/packages)" >&2; exit 1; }

said=$(promtool check metrics < "$1" 2>&1) || { echo "promtool refuses $1: $said" >&2; exit 1; }
[[ -z $said ]] || { echo "promtool objects to $1: $said" >&2; exit 1; }

# A tool that read nothing would have nothing to say either.
broken=$(printf 'pathwatch_up{path="1" 1\n' | promtool check metrics 2>&1) && { echo "promtool takes anything: $broken" >&2; exit 1; }
exit 0

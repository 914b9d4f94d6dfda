#!/bin/bash
# linkage_test.sh PLUGIN: what multipathd loads with the plugin, what it sees of it, and that it never unloads it.
set -euo pipefail
plugin=$1

fail() { echo "$plugin: $1" >&2; exit 1; }

for tool in readelf nm; do
  command -v "$tool" > /dev/null || { echo "$tool is missing: run 'apt-get install binutils' (deploy/packages)" >&2; exit 1; }
done

# expect WHAT EXPECTED FOUND
expect() { [[ $2 == "$3" ]] || fail "$1 should be '$2' and is '$3'"; }

dynamic=$(readelf --dynamic --wide "$plugin")
exported=$(nm --dynamic --defined-only "$plugin")

expect "the list of libraries that it needs" "[libc.so.6]" "$(awk '/\(NEEDED\)/ { print $NF }' <<< "$dynamic" | xargs)"
expect "the list of exported names" "libcheck_check libcheck_free libcheck_init libcheck_msgtable" \
  "$(awk '{ print $NF }' <<< "$exported" | sort | xargs)"
grep -q 'FLAGS_1.*NODELETE' <<< "$dynamic" || fail "it can be unloaded while its threads run: link it with -z nodelete"
grep -q 'FLAGS_1.*NOW' <<< "$dynamic" || fail "names are looked up while multipathd runs: link it with -z now"
expect "the list of names of other libraries" "" \
  "$(nm --dynamic --undefined-only "$plugin" | awk '$1 == "U" { print $2 }' | grep -Ev '@GLIBC_[0-9.]+$' | xargs)"

# These would load libgcc_s when they are called.
! nm --dynamic --undefined-only "$plugin" | grep -E 'pthread_(exit|cancel)' || fail "it ends threads in a way that loads a library"

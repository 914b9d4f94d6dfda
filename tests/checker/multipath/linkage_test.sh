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

# What a build with sanitizers needs besides is not of the plugin.
expect "the list of libraries that it needs" "[libc.so.6]" "$(awk '/\(NEEDED\)/ { print $NF }' <<< "$dynamic" | { grep -Ev '^\[lib(asan|ubsan)\.' || true; } | xargs)"
expect "the list of exported names" "libcheck_check libcheck_free libcheck_init libcheck_msgtable" \
  "$(awk '{ print $NF }' <<< "$exported" | sort | xargs)"
grep -q 'FLAGS_1.*NODELETE' <<< "$dynamic" || fail "it can be unloaded while its threads run: link it with -z nodelete"
grep -q 'FLAGS_1.*NOW' <<< "$dynamic" || fail "names are looked up while multipathd runs: link it with -z now"
# With sanitizers, the library of these takes the place of many functions of the C library.
undefined=$(nm --dynamic --undefined-only "$plugin")
[[ $undefined == *__asan_init* ]] || expect "the list of names of other libraries" "" \
  "$(awk '$1 == "U" { print $2 }' <<< "$undefined" | { grep -Ev '@GLIBC_[0-9.]+$' || true; } | xargs)"

# These would load libgcc_s when they are called.
! grep -E 'pthread_(exit|cancel)' <<< "$undefined" || fail "it ends threads in a way that loads a library"

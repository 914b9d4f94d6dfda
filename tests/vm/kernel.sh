#!/bin/bash
# kernel.sh PATTERN DIR
# Puts the newest Debian kernel whose version starts with PATTERN (for example 6.12) into DIR and prints its folder, which holds
# boot/vmlinuz-VERSION and lib/modules/VERSION. A kernel that is there already is not fetched again. When apt offers none, the newest one in DIR is used.
set -euo pipefail
pattern=$1 dir=$2
escaped=${pattern//./\\.}
name_regex="^linux-image-${escaped}[-.+][-.+0-9a-z]*-amd64$"
# Real-time and cloud kernels lack what we test or drivers that we need; the others are not kernels that can be started.
other_flavours='-(rt|cloud|dbg|unsigned|headers|signed-template)(-|$)'

# Names that apt merely remembers have no version that can be fetched; --print-uris tells them apart.
newest_offered() {
  local name
  while read -r name; do
    if apt-get download --print-uris "$name" >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done < <(apt-cache pkgnames "linux-image-$pattern" | grep -E "$name_regex" | grep -vE -e "$other_flavours" | grep -E "[0-9]+\.[0-9]+\.[0-9]+" | sort -rV)
}

newest_stored() {
  find "$dir" -maxdepth 1 -name "linux-image-${pattern}[-.+]*-amd64" -printf '%f\n' 2>/dev/null | sort -rV | head -n 1
}

# Extracts into a temporary folder first, so that an interrupted fetch is never taken for a kernel. In a subshell, for the trap; every step by itself
# ends it, since bash ignores `set -e` where a status is asked for.
fetch() (
  name=$1
  tmp=$(mktemp -d "$dir/fetch.XXXXXX") || exit 1
  trap 'rm -rf "$tmp"' EXIT
  (cd "$tmp" && apt-get -q -o APT::Sandbox::User=root download "$name") >&2 || exit 1
  mkdir "$tmp/tree" && dpkg-deb -x "$tmp"/*.deb "$tmp/tree" || exit 1
  [ -d "$tmp/tree/lib" ] || ln -s usr/lib "$tmp/tree/lib" || exit 1
  depmod -b "$tmp/tree" "$(ls "$tmp/tree/lib/modules")" || exit 1
  mv -T "$tmp/tree" "$dir/$name"
)

# The lists of a new machine are absent, and old ones name a kernel that has left the archive; only root can renew them.
renew_lists() { [ "$(id -u)" != 0 ] || apt-get -q update >&2 || true; }

mkdir -p "$dir"
name=$(newest_offered)
if [ -z "$name" ]; then
  renew_lists
  name=$(newest_offered)
fi
[ -n "$name" ] || name=$(newest_stored)
if [ -z "$name" ]; then
  echo "apt offers no kernel package linux-image-$pattern*-amd64, and none is stored in $dir: run 'apt-get update', or add the Debian security archive to apt's sources." >&2
  exit 1
fi
if [ ! -d "$dir/$name" ] && ! fetch "$name"; then
  renew_lists
  name=$(newest_offered)
  fetch "$name"
fi
echo "$dir/$name"

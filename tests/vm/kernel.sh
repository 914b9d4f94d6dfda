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

# Extracts into a temporary folder first, so that an interrupted fetch is never taken for a kernel.
fetch() {
  local name=$1 tmp kernel_version
  tmp=$(mktemp -d "$dir/fetch.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$tmp'" EXIT
  (cd "$tmp" && apt-get -q -o APT::Sandbox::User=root download "$name") >&2
  mkdir "$tmp/tree"
  dpkg-deb -x "$tmp"/*.deb "$tmp/tree"
  [ -d "$tmp/tree/lib" ] || ln -s usr/lib "$tmp/tree/lib"
  kernel_version=$(ls "$tmp/tree/lib/modules")
  depmod -b "$tmp/tree" "$kernel_version"
  mv -T "$tmp/tree" "$dir/$name"
}

mkdir -p "$dir"
name=$(newest_offered)
[ -n "$name" ] || name=$(newest_stored)
if [ -z "$name" ]; then
  echo "apt offers no kernel package linux-image-$pattern*-amd64, and none is stored in $dir: run 'apt-get update', or add the Debian security archive to apt's sources." >&2
  exit 1
fi
[ -d "$dir/$name" ] || fetch "$name"
echo "$dir/$name"

#!/bin/bash
# kmod.sh KERNEL_FOLDER DIR
# Builds kmod/bsg_uring.ko for the kernel that kernel.sh put into KERNEL_FOLDER, in DIR, and prints the module's name. The kernel's headers are kept
# in DIR too. The name contains a checksum of the module's sources and of this script, so it is built again when one of them changes and reused otherwise.
set -euo pipefail
kernel=$1 dir=$2
here=$(cd "$(dirname "$0")" && pwd)
version=$(ls "$kernel/lib/modules")
sources=("$here"/kmod/{Kbuild,bsg_uring.c})
checksum=$(cat "$0" "${sources[@]}" <(echo "$version") | sha256sum | cut -c 1-16)
out=$dir/bsg_uring-$version-$checksum.ko
if [ -f "$out" ]; then
  echo "$out"
  exit
fi

# The package of the kernel's configuration, and what it needs: the headers that all flavours share, and the programs that build modules.
own_headers=linux-headers-$version
header_packages() {
  echo "$own_headers"
  apt-cache depends --no-recommends --no-suggests "$own_headers" 2>/dev/null | sed -n 's/^ *|\?Depends: \(linux-headers-.*-common\|linux-kbuild-.*\)$/\1/p'
}

are_offered() {
  local packages
  mapfile -t packages < <(header_packages)
  ((${#packages[@]} >= 3)) && apt-get download --print-uris "${packages[@]}" >/dev/null 2>&1
}

# The lists of a new machine are absent, and old ones name packages that have left the archive; only root can renew them.
renew_lists() { [ "$(id -u)" != 0 ] || apt-get -q update >&2 || true; }

require_headers() {
  are_offered && return
  renew_lists
  are_offered && return
  echo "apt offers no $own_headers with what it needs. The kernel in $kernel is probably too old for the archive: remove that folder, so that a newer one is fetched," \
    "or run 'apt-get update', or add the Debian security archive to apt's sources." >&2
  exit 1
}

# Extracts into a temporary folder first, so that an interrupted fetch is never taken for headers. Nothing is installed, so the one absolute path in them
# is made relative.
fetch_headers() (
  tmp=$(mktemp -d "$dir/fetch.XXXXXX") || exit 1
  trap 'rm -rf "$tmp"' EXIT
  mapfile -t packages < <(header_packages)
  (cd "$tmp" && apt-get -q -o APT::Sandbox::User=root download "${packages[@]}") >&2 || exit 1
  mkdir "$tmp/tree" || exit 1
  for package in "$tmp"/*.deb; do dpkg-deb -x "$package" "$tmp/tree" || exit 1; done
  # shellcheck disable=SC2016  # make's variables, not ours
  sed -i 's|^include /usr/src/|include $(dir $(lastword $(MAKEFILE_LIST)))../|' "$tmp/tree/usr/src/$own_headers/Makefile" || exit 1
  # Somebody else may have fetched them meanwhile.
  mv -T "$tmp/tree" "$dir/$own_headers" || [ -d "$dir/$own_headers" ]
)

# Where the sources are nothing is written. Type information would need pahole.
build() (
  tmp=$(mktemp -d "$dir/module.XXXXXX") || exit 1
  trap 'rm -rf "$tmp"' EXIT
  cp "${sources[@]}" "$tmp/" || exit 1
  if ! make -C "$dir/$own_headers/usr/src/$own_headers" M="$tmp" CONFIG_DEBUG_INFO_BTF_MODULES= modules > "$tmp/log" 2>&1; then
    cat "$tmp/log" >&2
    echo "The module bsg_uring could not be built for $version." >&2
    exit 1
  fi
  grep -i warning "$tmp/log" >&2 || true
  mv "$tmp/bsg_uring.ko" "$out"
)

mkdir -p "$dir"
if [ ! -d "$dir/$own_headers" ]; then
  require_headers
  fetch_headers
fi
build
echo "$out"

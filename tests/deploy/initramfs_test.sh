#!/bin/bash
# initramfs_test.sh DRACUT_MODULE HOOK: what goes into an initramfs. dracut's functions are stood in for; the hook runs as it is, with those of initramfs-tools.
set -euo pipefail
module=$PWD/$1
hook=$PWD/$2
work=$(mktemp -d /tmp/pathwatch-initramfs-XXXXXX)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

expect() { [ "$2" = "$3" ] || fail "$1: not '$3' but '$2'"; }

# A directory with checkers, the plugin among them.
plugins=$work/plugins
mkdir "$plugins"
cp "$(ldd /bin/true | awk '/libc\.so/ {print $3}')" "$plugins/libcheckpathwatch.so"
export MULTIPATH_PLUGIN_DIRS="$work/nowhere $plugins"

# What dracut has of its own.
included=
inst() { echo "$@" >> "$work/installed"; }
dracut_module_included() { [[ " $included " == *" $1 "* ]]; }

# dracut_installs: what the module, if dracut takes it, has installed.
dracut_installs() {
  : > "$work/installed"
  if check; then install; fi
  cat "$work/installed"
}

# shellcheck source=/dev/null
. "$module"
expect 'dracut, other modules that are needed' "$(depends)" ''
expect 'dracut without multipath' "$(dracut_installs)" ''
included='rootfs-block multipath'
expect 'dracut with multipath' "$(dracut_installs)" "$plugins/libcheckpathwatch.so"
expect 'dracut, plugin not installed' "$(MULTIPATH_PLUGIN_DIRS=$work/nowhere dracut_installs)" ''
mkdir -p "$work/root/usr/lib64/multipath"
touch "$work/root/usr/lib64/multipath/libcheckpathwatch.so"
expect 'dracut for another root' "$(MULTIPATH_PLUGIN_DIRS='' dracutsysrootdir=$work/root dracut_installs)" \
  /usr/lib64/multipath/libcheckpathwatch.so

# files_of NAME: what the hook has put into the initramfs NAME.
files_of() { (cd "$work/$1" && find . -name 'libcheck*' | sort); }

run_hook() { DESTDIR=$work/$1 verbose=n "$hook"; }

expect 'hooks that go first' "$("$hook" prereqs)" multipath
mkdir -p "$work/with$plugins" "$work/without"
run_hook with
expect 'initramfs with multipath' "$(files_of with)" ".$plugins/libcheckpathwatch.so"
cmp "$plugins/libcheckpathwatch.so" "$work/with$plugins/libcheckpathwatch.so" || fail 'the copy differs'
run_hook with || fail 'a plugin that is there already is none of its failures'
run_hook without
expect 'initramfs without multipath' "$(files_of without)" ''
mkdir -p "$work/missing$plugins"
MULTIPATH_PLUGIN_DIRS=$work/nowhere run_hook missing
expect 'plugin not installed' "$(files_of missing)" ''
echo PASSED

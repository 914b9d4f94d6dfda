#!/bin/bash
# initrd.sh KERNEL_FOLDER DIR
# Builds the guest's first file system (busybox, the decompressed modules, our init) as a file in DIR and prints its name. The name
# contains a checksum of this script, of init and of the kernel, so it is rebuilt when one of them changes and reused otherwise.
set -euo pipefail
kernel=$1 dir=$2
here=$(cd "$(dirname "$0")" && pwd)
version=$(ls "$kernel/lib/modules")
checksum=$(cat "$0" "$here/init" <(echo "$version") | sha256sum | cut -c 1-16)
out=$dir/initrd-$version-$checksum.cpio
if [ -f "$out" ]; then
  echo "$out"
  exit
fi

# Loaded by init before anything else; needed to reach the host's files.
early="virtio_pci 9p 9pnet_virtio overlay"
# There for modprobe. A kernel without one of them (built in, renamed) is no error.
on_demand="scsi_mod sd_mod sg st sr_mod ch ses scsi_debug scsi_dh_alua
  target_core_mod target_core_file target_core_iblock target_core_pscsi tcm_loop
  iscsi_tcp iscsi_target_mod veth dummy fcoe libfc libfcoe tcm_fc virtio_scsi
  dm-mod dm-multipath dm-round-robin dm-queue-length dm-service-time dm-flakey dm-delay dm-snapshot loop ext4
  bfq mq-deadline kyber-iosched crc-t10dif crct10dif_generic crc32c_generic
  af_packet tcp_diag inet_diag nf_tables nft_reject_inet sch_netem autofs4"

# Prints the files of the modules and of what they need, in loading order.
module_files() {
  local module
  for module in "$@"; do
    modprobe -d "$kernel" -S "$version" --show-depends "$module" 2>/dev/null | awk '$1 == "insmod" { print $2 }' || true
  done | awk '!seen[$0]++'
}

# Decompressing in the emulated guest would be slow, so it is done here.
unpack() {
  case $1 in
    *.xz) xz -dc "$1" ;;
    *.zst) zstd -dcq "$1" ;;
    *) cat "$1" ;;
  esac
}

root=$(mktemp -d)
trap 'rm -rf "$root" "$out.new"' EXIT
mkdir -p "$root"/{bin,sbin,proc,sys,dev,early,"lib/modules/$version"}
cp /bin/busybox "$root/bin/"
ln -s busybox "$root/bin/sh"
# The kernel's own requests for modules run this name in this root, not in the one that init makes later.
ln -s ../bin/busybox "$root/sbin/modprobe"
install -m 755 "$here/init" "$root/init"
cp "$kernel/lib/modules/$version"/modules.{builtin,builtin.modinfo,order} "$root/lib/modules/$version/"

number=100
for file in $(module_files $early); do
  number=$((number + 1))
  unpack "$file" > "$root/early/$number.ko"
done
for file in $(module_files $early $on_demand); do
  target=$root/lib/modules/$version/${file#*"/$version/"}
  target=${target%.xz}
  target=${target%.zst}
  mkdir -p "$(dirname "$target")"
  unpack "$file" > "$target"
done
depmod -b "$root" "$version"
mkdir -p "$dir"
(cd "$root" && find . -print0 | cpio --null --create --format=newc --quiet) > "$out.new"
mv "$out.new" "$out"
echo "$out"

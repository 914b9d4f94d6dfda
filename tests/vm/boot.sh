#!/bin/bash
# boot.sh KERNEL_FOLDER INITRD JOB_FOLDER MEMORY_MB
# Boots the guest with JOB_FOLDER as its /job, the console in JOB_FOLDER/console.log, and ends when the guest ends or panics. Replaces itself by
# QEMU, so that the caller's process id is the one to end. Always software emulation: it is what every machine has, so results compare.
set -euo pipefail
kernel=$1 initrd=$2 job=$3 memory_mb=$4
exec qemu-system-x86_64 -machine q35 -accel tcg,thread=multi -cpu max -smp 2 -m "$memory_mb" \
  -nodefaults -nographic -no-reboot -nic none -serial "file:$job/console.log" \
  -kernel "$kernel"/boot/vmlinuz-* -initrd "$initrd" \
  -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off tsc=reliable random.trust_cpu=on" \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
  -virtfs "local,path=$job,mount_tag=job,security_model=none" < /dev/null

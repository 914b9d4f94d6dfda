#!/bin/bash
# boot.sh KERNEL_FOLDER INITRD JOB_FOLDER MEMORY_MB quick|counted
# Boots the guest with JOB_FOLDER as its /job, the console in JOB_FOLDER/console.log, and ends when the guest ends or panics. Replaces itself by
# QEMU, so that the caller's process id is the one to end. Always software emulation: it is what every machine has, so results compare.
# quick: 2 processors, and time passes as it does outside. counted: 1 processor, for which every instruction takes 8 ns, and time in which it has nothing
# to do is skipped. What is measured there is how many instructions were executed, whatever else the machine outside has to do.
set -euo pipefail
kernel=$1 initrd=$2 job=$3 memory_mb=$4
case $5 in
  quick) processors=(-accel "tcg,thread=multi" -smp 2 -cpu max) ;;
  # A string instruction counts for every byte that it moves, so the kernel must not think that they are fast.
  counted) processors=(-accel "tcg,thread=single" -smp 1 -icount "shift=3,sleep=off" -cpu "max,-erms,-fsrm") ;;
esac
exec qemu-system-x86_64 -machine q35 "${processors[@]}" -m "$memory_mb" \
  -nodefaults -nographic -no-reboot -nic none -serial "file:$job/console.log" \
  -kernel "$kernel"/boot/vmlinuz-* -initrd "$initrd" \
  -append "console=ttyS0 quiet loglevel=4 panic=-1 mitigations=off tsc=reliable random.trust_cpu=on" \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
  -virtfs "local,path=$job,mount_tag=job,security_model=none" < /dev/null

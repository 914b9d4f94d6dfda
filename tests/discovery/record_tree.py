#!/usr/bin/python3
"""Records what discovery reads of a machine's sysfs as a tree for tests (see sysfs_tree.h).

usage: record_tree.py [SYSFS] > trees/NAME.tree

Serial numbers and identifiers of the devices are in the output: look at it before sharing it.
"""

import os
import sys

TEXTS = ("type", "vendor", "model", "rev", "state", "timeout", "sas_address")
BYTES = ("inquiry", "vpd_pg83")
NODES = ("block", "scsi_generic", "bsg")
# What the transports say about ports and sessions. A machine without a transport has no such class.
TRANSPORTS = {
    "fc_host": ("port_name",),
    "fc_remote_ports": ("port_name", "port_state", "roles"),
    "iscsi_session": ("initiatorname", "targetname", "tpgt", "state"),
    "iscsi_connection": ("address", "port", "persistent_address", "persistent_port"),
    "sas_phy": ("sas_address",),
    "sas_device": ("sas_address",),
}


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def print_text(path, name):
    content = read(os.path.join(path, name))
    if content is not None:
        print('text %s "%s"' % (name, content.decode().removesuffix("\n")))


def print_bytes(path, name):
    content = read(os.path.join(path, name))
    if content is not None:
        print("hex %s %s" % (name, content.hex(" ", -4)))


def print_link(root, directory, name):
    print("at " + directory)
    print("link %s %s" % (name, os.readlink(os.path.join(root, directory, name))))


def names_in(root, directory):
    path = os.path.join(root, directory)
    return sorted(os.listdir(path)) if os.path.isdir(path) else ()


def record_device(root, address):
    print("\n# " + address)
    print_link(root, "class/scsi_device", address)
    entry = os.path.join(root, "class/scsi_device", address)
    print_link(root, os.path.relpath(os.path.realpath(entry), root), "device")
    device = os.path.realpath(os.path.join(entry, "device"))
    print("at " + os.path.relpath(device, root))
    for name in TEXTS:
        print_text(device, name)
    for name in BYTES:
        print_bytes(device, name)
    for directory in NODES:
        for name in names_in(device, directory):
            print_text(device, os.path.join(directory, name, "dev"))


def record_host(root, name):
    print("\n# " + name)
    print_link(root, "class/scsi_host", name)
    host = os.path.realpath(os.path.join(root, "class/scsi_host", name))
    print("at " + os.path.relpath(host, root))
    print_text(host, "proc_name")
    print_text(host, "can_queue")
    print_text(host, "host_sas_address")


def record_port(root, kind, name):
    print("\n# " + name)
    print_link(root, "class/" + kind, name)
    entry = os.path.realpath(os.path.join(root, "class", kind, name))
    print("at " + os.path.relpath(entry, root))
    for attribute in TRANSPORTS[kind]:
        print_text(entry, attribute)


def record_map(root, name):
    print("\n# " + name)
    print_link(root, "block", name)
    entry = os.path.realpath(os.path.join(root, "block", name))
    directory = os.path.relpath(entry, root)
    print("at " + directory)
    print_text(entry, "dm/uuid")
    print_text(entry, "dm/name")
    for slave in names_in(root, directory + "/slaves"):
        print_link(root, directory + "/slaves", slave)


def main():
    root = os.path.realpath(sys.argv[1] if len(sys.argv) > 1 else "/sys")
    print("# Recorded from Linux " + os.uname().release)
    for address in names_in(root, "class/scsi_device"):
        record_device(root, address)
    for name in names_in(root, "class/scsi_host"):
        record_host(root, name)
    for kind in TRANSPORTS:
        for name in names_in(root, "class/" + kind):
            record_port(root, kind, name)
    for name in names_in(root, "block"):
        if name.startswith("dm-"):
            record_map(root, name)


if __name__ == "__main__":
    main()

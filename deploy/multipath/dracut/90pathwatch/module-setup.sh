#!/bin/bash
# A module of dracut: takes multipathd's checker libcheckpathwatch.so into an initramfs that has
# multipath. No pathwatchd runs there, and the plugin sends its checks by itself.
#
# MULTIPATH_PLUGIN_DIRS: where multipathd looks for checkers, if it was built with another directory.

# The plugin's names, in all directories where it is.
pathwatch_plugins() {
    local directory
    for directory in ${MULTIPATH_PLUGIN_DIRS:-/lib/multipath /usr/lib/multipath /lib64/multipath /usr/lib64/multipath /usr/lib/x86_64-linux-gnu/multipath}; do
        if [[ -f "${dracutsysrootdir-}$directory/libcheckpathwatch.so" ]]; then
            echo "$directory/libcheckpathwatch.so"
        fi
    done
}

# Called by dracut: 0 if this module can be included.
check() {
    [[ -n $(pathwatch_plugins) ]]
}

# Called by dracut. Not "multipath": a host that boots without it needs no checker.
depends() {
    return 0
}

# Called by dracut.
install() {
    local plugin
    dracut_module_included multipath || return 0
    for plugin in $(pathwatch_plugins); do
        inst "$plugin"
    done
}

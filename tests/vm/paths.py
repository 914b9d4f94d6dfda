#!/usr/bin/python3 -IS
"""Evaluates an expression over what `pathwatch paths --json` prints, so that a scenario can say what it expects in one line.

  paths.py become SECONDS EXPRESSION   polls until the expression is true; fails after SECONDS
  paths.py stay SECONDS EXPRESSION     the expression must be true in every sample for SECONDS
  paths.py print EXPRESSION            prints its value
  paths.py history PASSTHROUGH [WHAT]  prints each change of each path, path by path, without what differs from boot to boot (times, numbers of hosts);
                                       with WHAT "states" also without the reasons. Fails if a path was reached over another passthrough.

Names in an expression: `paths` (the list), `count(field=value, ...)`, `path("3:0:0:1")` (one object, or an empty one), `host(3)` (the paths of
host3), `others(3, 4)` (the paths of all other hosts), `age(p)` (seconds since the last check of path p when the question was asked),
`oldest(list)` (the largest age in it), `standing(p)` (seconds since p changed to its state), `by_host(list)` (the same paths by their hosts' numbers), `status` (what `pathwatch status --json` prints), `read(file)` (its stripped text), `slack`
(2 s, what a check may be late), `groups("/dev/sg3")` (what the array itself reports through that node: the list of (tpg, alua_state, preferred, rtpi)
of its ports, by rtpi; empty if it does not answer). VM_PATIENCE multiplies `slack` and the SECONDS of become. The folder of pathwatch is in VM_BIN, the daemon's run
directory in RUN_DIR.
"""
import datetime
import json
import os
import re
import subprocess
import sys
import time

# SPC-4 6.37, in the words of the kernel.
ALUA_STATES = {0: "active/optimized", 1: "active/non-optimized", 2: "standby", 3: "unavailable", 4: "lba-dependent", 14: "offline", 15: "transitioning"}
PATIENCE = float(os.environ["VM_PATIENCE"])


def pathwatch(command):
    return [os.environ["VM_BIN"] + "/pathwatch", "--run-dir", os.environ["RUN_DIR"], command, "--json"]


def ask(command):
    """The JSON object that a pathwatch command prints; an empty one when it prints none (no daemon yet)."""
    out = subprocess.run(pathwatch(command), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60).stdout
    try:
        return json.loads(out)
    except ValueError:
        return {}


def groups(node):
    """Decodes what sg_rtpg prints, so that the decoding of pathwatch is compared with somebody else's."""
    out = subprocess.run(["sg_rtpg", "--decode", node], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, text=True).stdout
    ports = []
    for group in out.split("target port group id")[1:]:
        tpg, preferred = re.match(r" : (0x\w+) , Pref=(\d)", group).groups()
        state = re.search(r"asymmetric access state : (0x\w+)", group)[1]
        for port in re.findall(r"^ +(0x\w+)$", group, re.MULTILINE):
            ports.append((int(tpg, 16), ALUA_STATES[int(state, 16)], preferred == "1", int(port, 16)))
    return sorted(ports, key=lambda port: port[3])


def names(expression):
    """What an expression can use, as of one moment. Each question takes time under emulation, so status is asked only where it is named."""
    asked_at = time.time()
    paths = ask("paths").get("paths", [])

    def seconds_since(moment):
        return asked_at - datetime.datetime.fromisoformat(moment).timestamp()

    def age(p):
        return seconds_since(p["last_check"]) if p.get("last_check") else float("inf")

    def read(name):
        with open(name, encoding="ascii") as file:
            return file.read().strip()

    def others(*numbers):
        prefixes = tuple("%s:" % n for n in numbers)
        return [p for p in paths if not p["path"].startswith(prefixes)]

    return {
        "paths": paths,
        "status": ask("status") if "status" in expression else None,
        "count": lambda **fields: sum(all(p.get(k) == v for k, v in fields.items()) for p in paths),
        "path": lambda address: next((p for p in paths if p["path"] == address), {}),
        "host": lambda number: [p for p in paths if p["path"].startswith("%s:" % number)],
        "others": others,
        "age": age,
        "standing": lambda p: seconds_since(p["since"]),
        "by_host": lambda some: sorted(some, key=lambda p: int(p["path"].split(":")[0])),
        "oldest": lambda some: max(map(age, some), default=float("inf")),
        "read": read,
        "groups": groups,
        "slack": 2 * PATIENCE,
    }


def evaluate(expression):
    return eval(expression, names(expression))  # pylint: disable=eval-used


def become(seconds, expression):
    end = time.monotonic() + seconds * PATIENCE
    while not evaluate(expression):
        if time.monotonic() > end:
            sys.exit("not true after %g s: %s" % (seconds * PATIENCE, expression))
        time.sleep(0.5)


def stay(seconds, expression):
    begin = time.monotonic()
    while (passed := time.monotonic() - begin) < seconds:
        if not evaluate(expression):
            sys.exit("not true any more after %.1f s: %s" % (passed, expression))
        time.sleep(0.5)


def history(passthrough, what):
    """Hosts are counted from 0, as their numbers depend on what ran before."""
    paths = ask("paths").get("paths", [])
    strange = ["%s over %s" % (p["path"], p["passthrough"]) for p in paths if p["passthrough"] not in (passthrough, "none")]
    if strange:
        sys.exit("not all paths are reached over %s: %s" % (passthrough, ", ".join(strange[:5])))
    out = subprocess.run(pathwatch("watch") + ["--last", "1000000", "--seconds", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60).stdout
    changes = [json.loads(line) for line in out.splitlines()]
    hosts = sorted({int(change["path"].split(":")[0]) for change in changes})

    def same_everywhere(text):
        text = re.sub(r"\b(\d+)((:\d+){2,3})\b", lambda m: ("h%d" % hosts.index(int(m[1])) if int(m[1]) in hosts else m[1]) + m[2], text)
        return re.sub(r"\bsg\d+\b", "sgN", re.sub(r"\b[0-9a-f]{16,}\b", "WWID", text))

    def place(change):
        return [int(number) for number in change["path"].split(":")]

    for change in sorted(changes, key=place):
        reason = "" if what == "states" else ": " + change["reason"]
        print(same_everywhere("%s %s -> %s%s" % (change["path"], change["from"], change["to"], reason)))


def main():
    verb, arguments = sys.argv[1], sys.argv[2:]
    if verb == "print":
        print(evaluate(arguments[0]))
    elif verb == "history":
        history(*arguments)
    else:
        {"become": become, "stay": stay}[verb](float(arguments[0]), arguments[1])


main()

#!/usr/bin/env python3
"""follow_paths.py [SOCKET]: prints the paths that I/O cannot use now, and then every change of a path, as it happens.

Goes on where it was when the connection is lost, without missing a change; when pathwatchd was restarted, or too many changes have happened
meanwhile, it says so and begins anew. Needs nothing but Python's own library. End it with ctrl-C.
"""
import json
import socket
import sys
import time

USABLE = ("up", "ghost")
RETRY_S = 1


class Refused(Exception):
    """pathwatchd has answered with an error."""


class Lost(Exception):
    """There is no connection, or none any more."""


def receive(path, call):
    """Makes one call, and yields what comes, piece by piece."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            # A call is a JSON object with a NUL byte after it, and so is a reply.
            connection.sendall(json.dumps(call).encode() + b"\0")
            while some := connection.recv(65536):
                yield some
    except OSError as error:
        raise Lost("%s: %s" % (path, error.strerror)) from error
    raise Lost("%s: pathwatchd has closed the connection" % path)


def replies(path, method, parameters):
    """Makes one call with `more`, and yields the parameters of each reply."""
    received = b""
    for some in receive(path, {"method": method, "parameters": parameters, "more": True}):
        # What comes after the last NUL is the beginning of a reply: the rest of it comes later.
        *frames, received = (received + some).split(b"\0")
        for frame in frames:
            reply = json.loads(frame)
            if "error" in reply:
                raise Refused("%s %s" % (reply["error"], reply.get("parameters", "")))
            yield reply["parameters"]


class Follower:
    def __init__(self):
        self.unusable = {}  # {path: why}
        self.complete = False  # what came before is a whole picture, so that we can resume from here
        self.epoch = None
        self.sequence = None

    def parameters(self):
        """Of the next call: where we were, or nothing for a snapshot."""
        parameters = {"fields": ["path", "state", "reason"]}
        if self.complete:
            parameters.update(epoch=self.epoch, sequence=self.sequence)
        else:
            self.unusable.clear()
        return parameters

    def take(self, reply):
        if reply.get("lost"):
            # What we know is out of date. A snapshot follows in the same call.
            print("changes were lost", flush=True)
            self.unusable.clear()
            self.complete = False
        self.epoch = reply["epoch"]
        self.sequence = reply["sequence"]
        for path in reply.get("snapshot") or []:
            self.set(path["path"], path["state"], path["reason"])
        for change in reply.get("changes") or []:
            self.set(change["path"], change["to"], change["reason"])
            if self.complete:
                print("%(time)s %(path)s %(from)s -> %(to)s: %(reason)s" % change, flush=True)
        if reply.get("complete") and not self.complete:
            self.complete = True
            print("%d paths are not usable" % len(self.unusable))
            for path, why in sorted(self.unusable.items()):
                print("%s %s" % (path, why))
            sys.stdout.flush()

    def set(self, path, state, reason):
        if state in USABLE or state == "removed":
            self.unusable.pop(path, None)
        else:
            self.unusable[path] = "%s: %s" % (state, reason)


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "/run/pathwatch/io.pathwatch"
    follower = Follower()
    while True:
        try:
            for reply in replies(path, "io.pathwatch.Watch", follower.parameters()):
                follower.take(reply)
        except Lost as error:
            print("no connection: %s" % error, flush=True)
            time.sleep(RETRY_S)
        except Refused as error:
            sys.exit("pathwatchd says: %s" % error)


try:
    main()
except (KeyboardInterrupt, BrokenPipeError):  # nobody wants more
    sys.stdout = None

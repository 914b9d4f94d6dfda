"""What happened to the paths of a host, as a client of Watch has seen it, and which alerts that calls for: told without any metric, so that it can judge those that fire."""
import datetime
import threading
import time

# Those that are usable, or may be.
POSSIBLE = {"up", "ghost", "unknown"}


def epoch_s(text):
    """Of a time as the interface writes it."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class Story:
    """Follows a daemon from its construction on; end() ends it."""

    def __init__(self, connect):
        connection = connect()
        paths = connection.call("io.pathwatch.ListPaths")["paths"]
        connection.close()
        self.luns = _grouped(paths, lambda path: path["wwid"])
        self.targets = _grouped(paths, lambda path: (path["initiator_port"], path["target_port"]))
        self.hbas = _grouped(paths, lambda path: path["initiator_port"])
        self.begin_s = self.end_s = None
        self._changes = {path["path"]: [] for path in paths}  # (time, state), in order
        self._failure = None
        self._told = threading.Event()  # the first picture
        self._over = threading.Event()
        self._watcher = connect()
        self._watcher.send("io.pathwatch.Watch", {"fields": ["path", "state"]}, more=True)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self._told.wait(60), "no picture of the paths"

    def _read(self):
        try:
            while True:
                self._take(self._watcher.reply())
        except ConnectionError:
            pass  # end() looks whether it is its doing
        except Exception as failure:  # told in the thread of the test
            self._failure = failure
        self._over.set()
        self._told.set()

    def _take(self, reply):
        assert not reply.get("lost"), "the watcher has lost changes"
        for path in reply.get("snapshot") or []:
            self._changes[path["path"]].append((0, path["state"]))
        for change in reply.get("changes") or []:
            self._changes[change["path"]].append((epoch_s(change["time"]), change["to"]))
        if reply.get("complete"):
            self.begin_s = time.time()
            self._told.set()

    def end(self):
        assert not self._over.is_set(), "the watcher has ended: %s" % self._failure
        self.end_s = time.time()
        self._watcher.hang_up()
        self._thread.join(60)
        self._watcher.close()
        assert self._failure is None, self._failure

    def changes_of(self, paths):
        """When paths have changed their states, over all of them."""
        return sorted(when for path in paths for when, _ in self._changes[path] if when >= self.begin_s)

    def spells(self, paths, holds):
        """[(from, to)] in which `holds`, which gets the list of the paths' states, was true; from the beginning to the end of the story."""
        events = sorted((max(when, self.begin_s), number, state) for number, path in enumerate(paths) for when, state in self._changes[path])
        states = [None] * len(paths)
        found, since = [], None
        for position, (when, number, state) in enumerate(events):
            states[number] = state
            if None in states or (position + 1 < len(events) and events[position + 1][0] == when):
                continue
            if holds(states) == (since is not None):
                continue
            if since is None:
                since = when
            else:
                found.append((since, when))
                since = None
        return found + ([(since, self.end_s)] if since is not None else [])


def _grouped(paths, key):
    groups = {}
    for path in paths:
        groups.setdefault(key(path), []).append(path["path"])
    return groups


def longest(spells, bridge_s=0):
    """The longest of them, in seconds; those that are at most `bridge_s` apart count as one."""
    best, begin, end = 0, None, None
    for since, until in spells:
        if end is None or since - end > bridge_s:
            begin = since
        end = until
        best = max(best, end - begin)
    return best

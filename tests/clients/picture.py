"""What a client of Watch knows, taken from the replies as the description of the interface says; it checks their order on the way."""


def set_state(states, change, wanted=None):
    """A path that has left what is wanted is not followed any more."""
    if change["to"] == "removed" or (wanted and change["to"] not in wanted):
        states.pop(change["path"], None)
    else:
        states[change["path"]] = change["to"]


class Picture:
    """`states`: {path: state}. With `wanted`, only paths in one of these states are followed (Filter.states). `sequence` is that of the last reply."""

    def __init__(self, wanted=None):
        self.states = {}
        self.complete = False  # in this connection
        self.resumable = False
        self.epoch = None
        self.sequence = None
        self.times_lost = 0
        self.changes = 0
        self.wanted = wanted
        self._in_snapshot = True

    def begin(self):
        """A new connection: returns the parameters of Watch."""
        parameters = {"fields": ["path", "state"]}
        if self.wanted:
            parameters["filter"] = {"states": self.wanted}
        if self.resumable:
            parameters |= {"epoch": self.epoch, "sequence": self.sequence}
        else:
            self.states.clear()
        self.complete = False
        self._in_snapshot = not self.resumable
        return parameters

    def apply(self, reply):
        if reply.get("lost"):
            self.times_lost += 1
            self.forget()
        else:
            self._check_order(reply)
        self.epoch = reply["epoch"]
        self.sequence = reply["sequence"]
        for path in reply.get("snapshot") or []:
            assert self._in_snapshot, "a snapshot that was not announced: %s" % reply
            assert path["path"] not in self.states, "twice in a snapshot: %s" % path
            self.states[path["path"]] = path["state"]
        for change in reply.get("changes") or []:
            self.changes += 1
            set_state(self.states, change, self.wanted)
        if reply.get("complete"):
            assert not self.complete, "complete twice"
            self.complete = self.resumable = True
            self._in_snapshot = False

    def forget(self):
        self.states.clear()
        self.complete = self.resumable = False
        self._in_snapshot = True

    def _check_order(self, reply):
        """Who has a whole picture, and wants all paths, hears of each change exactly once."""
        told = [change["sequence"] for change in reply.get("changes") or []]
        if self.epoch == reply["epoch"] and self.sequence is not None and not self._in_snapshot:
            all_since = list(range(self.sequence + 1, reply["sequence"] + 1))
            if self.wanted:
                assert set(told) <= set(all_since), "after %d came %s" % (self.sequence, told)
            else:
                assert told == all_since, "after %d came %s, and then it was %d" % (self.sequence, told, reply["sequence"])
        assert told == sorted(set(told)), "not in order: %s" % told
        assert not told or told[-1] <= reply["sequence"], "a change from behind the reply's sequence"

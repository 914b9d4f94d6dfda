"""The states of all paths as of any change: a watcher that reads all the time, whose connection never breaks."""
import collections

from tests.clients.picture import Picture, set_state


class Reference:
    """Which change it is may only grow from one question to the next, and nobody may ask so rarely that changes are lost."""

    def __init__(self, connection):
        self._connection = connection
        self._states = {}
        self._told = Picture()  # checks the order
        self._ahead = collections.deque()  # changes that were told and are not in the states
        connection.send("io.pathwatch.Watch", self._told.begin(), more=True)
        while not self._told.complete:
            self._told.apply(connection.reply())
        self._states = dict(self._told.states)

    def states_at(self, sequence):
        while self._told.sequence < sequence:
            reply = self._connection.reply()
            self._told.apply(reply)
            assert self._told.times_lost == 0, "the reference was asked too rarely"
            self._ahead += reply.get("changes") or []
        while self._ahead and self._ahead[0]["sequence"] <= sequence:
            set_state(self._states, self._ahead.popleft())
        return self._states

"""The states of all paths as of any change: a watcher that reads all the time, in a thread of its own, and whose connection never breaks."""
import collections
import queue
import threading

from tests.clients.picture import Picture, set_state
from tests.clients.varlink import PATIENCE_S


class Reference:
    """Which change it is may only grow from one question to the next."""

    def __init__(self, connection):
        self._connection = connection
        self._states = {}
        self._told = Picture()  # checks the order
        self._ahead = collections.deque()  # changes that were told and are not in the states
        connection.send("io.pathwatch.Watch", self._told.begin(), more=True)
        # Whoever does not read for long is dropped, and the test may be busy with others for longer.
        self._replies = queue.SimpleQueue()
        self.sequence = 0  # that has been received
        threading.Thread(target=self._read, daemon=True).start()
        while not self._told.complete:
            self._told.apply(self._reply())
        self._states = dict(self._told.states)

    def _read(self):
        """Until the connection is closed."""
        try:
            while True:
                reply = self._connection.reply()
                self.sequence = reply["sequence"]
                self._replies.put(reply)
        except Exception as failure:  # told in the thread of the test
            self._replies.put(failure)

    def _reply(self):
        reply = self._replies.get(timeout=PATIENCE_S)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def states_at(self, sequence):
        while self._told.sequence < sequence:
            reply = self._reply()
            self._told.apply(reply)
            assert self._told.times_lost == 0, "the reference has lost changes"
            self._ahead += reply.get("changes") or []
        while self._ahead and self._ahead[0]["sequence"] <= sequence:
            set_state(self._states, self._ahead.popleft())
        return self._states

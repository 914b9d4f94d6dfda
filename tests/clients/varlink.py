"""A client of a Varlink socket for tests: it takes replies apart itself, so that it can stop anywhere, within a reply too."""
import collections
import json
import socket

from tests.clients.waiting import PATIENCE_S


class Failed(Exception):
    """The service has answered with an error: its name and its parameters."""

    def __init__(self, error, parameters):
        super().__init__("%s %s" % (error, parameters))
        self.error = error
        self.parameters = parameters


class Connection:
    """One connection."""

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE_S)
        self._received = b""
        self._frames = collections.deque()
        try:
            self._socket.connect(path)
        except OSError:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._socket.close()

    def hang_up(self):
        """Whoever waits for a reply, in another thread, gets a ConnectionError."""
        self._socket.shutdown(socket.SHUT_RDWR)

    def send(self, method, parameters=None, more=False):
        call = {"method": method, "parameters": parameters or {}}
        if more:
            call["more"] = True
        self._socket.sendall(json.dumps(call).encode() + b"\0")

    def receive(self, limit=1 << 16):
        """Waits for bytes, at most `limit`, and returns how many came."""
        got = self._socket.recv(limit)
        if not got:
            raise ConnectionError("pathwatchd has closed the connection")
        self._received += got
        return len(got)

    def within_a_reply(self):
        """What was received last is the beginning of a reply."""
        return self._received != b""

    def take(self):
        """The replies that have come completely and were not taken before, the oldest first."""
        *frames, self._received = self._received.split(b"\0")
        self._frames += frames
        while self._frames:
            yield self._parameters(self._frames.popleft())

    def reply(self):
        """Waits for the next reply."""
        while True:
            for reply in self.take():
                return reply
            self.receive()

    def call(self, method, parameters=None):
        """The parameters of the one reply."""
        self.send(method, parameters)
        return self.reply()

    @staticmethod
    def _parameters(frame):
        reply = json.loads(frame)
        if "error" in reply:
            raise Failed(reply["error"], reply.get("parameters"))
        return reply["parameters"]

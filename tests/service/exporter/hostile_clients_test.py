"""Clients of pathwatch-exporter that hang, that are too many, or that do not speak HTTP, take nothing from those that do."""
import concurrent.futures
import contextlib
import os
import socket
import unittest

from tests.clients.pathwatchd import Pathwatchd
from tests.clients.storm import QUIET
from tests.clients.varlink import PATIENCE_S
from tests.clients.waiting import await_that
from tests.service.exporter.exporter import Exporter

# Nobody waits that long: whoever is served does not wait for a hanging client to be dropped.
FOR_EVER = ["--request-timeout", "10m"]
THREADS = 64
SCRAPE = b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"

GARBAGE = {
    "random bytes": bytes(range(256)) * 40,
    "empty lines": b"\r\n" * 10_000,
    "a header of 1 MB": b"GET /metrics HTTP/1.1\r\nX: " + b"a" * (1 << 20) + b"\r\n\r\n",
    "a path of 1 MB": b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\n\r\n",
    "many headers": b"GET /metrics HTTP/1.1\r\n" + b"X: a\r\n" * 1000 + b"\r\n",
    "another version": b"GET /metrics HTTP/9.9\r\n\r\n",
    "no version": b"GET /metrics\r\n\r\n",
    "no path": b"GET  HTTP/1.1\r\n\r\n",
    "a proxy's request": b"CONNECT example.org:80 HTTP/1.1\r\n\r\n",
    "everything": b"OPTIONS * HTTP/1.1\r\n\r\n",
    "a body of negative size": b"POST /metrics HTTP/1.1\r\nContent-Length: -1\r\n\r\nx",
    "a body of 2^70 bytes": b"POST /metrics HTTP/1.1\r\nContent-Length: 1180591620717411303424\r\n\r\nx",
    "a broken chunk": b"POST /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a web socket": b"GET /metrics HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "a secure hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    "another directory": b"GET /../../../etc/passwd HTTP/1.1\r\n\r\n",
    "a NUL in the path": b"GET /met\0rics HTTP/1.1\r\n\r\n",
    "no line break": b"GET /metr",
}


def closing(port, connection):
    """The exporter has closed its end of this connection, though the client may still have much to read."""
    ends = [":%04X" % port, ":%04X" % connection.getsockname()[1]]
    with open("/proc/net/tcp", encoding="ascii") as file:
        rows = [line.split() for line in file]
    states = [row[3] for row in rows if row[1].endswith(ends[0]) and row[2].endswith(ends[1])]
    return states != ["01"]  # established


class HostileClientsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(Pathwatchd("--simulated", "2000", conf=QUIET))

    def exporter(self, *options):
        return self.enterContext(Exporter(os.path.dirname(self.daemon.socket), *options))

    def connect(self, exporter, receive_buffer=None):
        connection = self.enterContext(socket.socket())
        connection.settimeout(PATIENCE_S)
        if receive_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        connection.connect(("127.0.0.1", exporter.port))
        return connection

    def read_nothing(self, exporter):
        """A client that has got the first bytes of an answer, and reads no more."""
        connection = self.connect(exporter, receive_buffer=4096)
        connection.sendall(SCRAPE)
        self.assertEqual(connection.recv(12), b"HTTP/1.1 200")

    def test_clients_that_hang_hold_up_nobody(self):
        exporter = self.exporter(*FOR_EVER)
        for _ in range(THREADS - 10):
            self.connect(exporter)
        for _ in range(4):
            self.connect(exporter).sendall(SCRAPE[:20])
        for _ in range(4):
            self.read_nothing(exporter)
        self.assertEqual(exporter.value("pathwatch_state_readable"), 1)

    def test_more_silent_clients_than_threads_are_dropped_in_time(self):
        exporter = self.exporter("--request-timeout", "500ms")
        for _ in range(3 * THREADS):
            self.connect(exporter)
        self.assertEqual(exporter.value("pathwatch_state_readable"), 1)

    def test_client_that_reads_nothing_is_dropped_in_time(self):
        # The kernel takes 4 MB from the exporter and keeps them for the client.
        large = self.enterContext(Pathwatchd("--simulated", "10000", conf=QUIET))
        exporter = self.enterContext(Exporter(os.path.dirname(large.socket), "--request-timeout", "1s"))
        length = int(exporter.ask("HEAD")[0].getheader("Content-Length"))
        self.assertGreater(length, 5_000_000)
        connection = self.connect(exporter, receive_buffer=4096)
        connection.sendall(SCRAPE)
        await_that("it is dropped", lambda: closing(exporter.port, connection))
        got = 0
        with contextlib.suppress(ConnectionError):
            while more := len(connection.recv(1 << 20)):
                got += more
        self.assertLess(got, length)

    def test_two_hundred_at_once_are_all_answered(self):
        exporter = self.exporter()
        with concurrent.futures.ThreadPoolExecutor(200) as threads:
            texts = list(threads.map(lambda number: exporter.metrics(compressed=number % 2 == 0), range(200)))
        for text in texts:
            self.assertIn("\npathwatch_state_readable 1\n", text)

    def test_who_does_not_speak_http_is_dropped(self):
        exporter = self.exporter("--request-timeout", "1s")
        for what, garbage in GARBAGE.items():
            with self.subTest(what):
                connection = self.connect(exporter)
                # Either side may lose interest first.
                with contextlib.suppress(ConnectionError):
                    connection.sendall(garbage)
                    while connection.recv(1 << 20):
                        pass
                self.assertEqual(exporter.value("pathwatch_state_readable"), 1)

    def test_signal_ends_it_at_once_whoever_waits(self):
        exporter = self.exporter(*FOR_EVER)
        self.connect(exporter)
        self.connect(exporter).sendall(SCRAPE[:20])
        self.read_nothing(exporter)
        exporter.stop()
        self.assertEqual(exporter.count("stopped by a signal"), 1)


if __name__ == "__main__":
    unittest.main()

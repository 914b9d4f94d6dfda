"""pathwatch-exporter as a program, for tests."""
import gzip
import http.client
import os
import re
import subprocess
import tempfile

from tests.clients.waiting import PATIENCE_S, await_that

PROGRAM = os.environ.get("EXPORTER", "bazel-bin/service/exporter/pathwatch-exporter")
ANY_PORT = "127.0.0.1:0"


def run(*options):
    """A call that ends by itself: its status and what it has said to stderr."""
    done = subprocess.run([PROGRAM, *options], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    return done.returncode, done.stderr


class Exporter:
    """Runs while the `with` block does, without any configuration but `options`. `port` is set as soon as it serves."""

    def __init__(self, run_dir, *options, listen=ANY_PORT, awaited="serving"):
        self._log = tempfile.NamedTemporaryFile(mode="r", encoding="utf-8", prefix="exporter.")
        configuration = [] if "--config" in options else ["--config", ""]
        self._command = [PROGRAM, *configuration, "--run-dir", run_dir, "--listen", listen, *options]
        self._awaited = awaited
        self._process = None
        self.port = None
        self.pid = None

    def __enter__(self):
        with open(self._log.name, "w", encoding="utf-8") as stderr:
            self._process = subprocess.Popen(self._command, stderr=stderr)
        self.pid = self._process.pid
        self.await_line(self._awaited)
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            self._log.close()

    def stop(self):
        """An exit status that is not 0 is a failure: it has crashed, or a sanitizer has found something."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        status = process.wait(PATIENCE_S)
        assert status == 0, "pathwatch-exporter has ended with status %d: %s" % (status, self.lines())

    def lines(self):
        self._log.seek(0)
        return self._log.read().splitlines()

    def await_line(self, pattern):
        await_that("a line %r" % pattern, lambda: self._process.poll() is not None or self.count(pattern))
        assert self._process.poll() is None, "pathwatch-exporter has ended: %s" % self.lines()
        served = re.search(r"serving http://[0-9.]+:(\d+)/metrics", "\n".join(self.lines()))
        self.port = int(served.group(1)) if served else None

    def count(self, pattern):
        return sum(bool(re.search(pattern, line)) for line in self.lines())

    def ask(self, method="GET", path="/metrics", body=None, **headers):
        """The response, and its body as it came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def metrics(self, compressed=False):
        """The text of a scrape."""
        response, body = self.ask(**({"Accept_Encoding": "gzip"} if compressed else {}))
        assert response.status == 200, "status %d: %s" % (response.status, body)
        assert response.getheader("Content-Encoding") == ("gzip" if compressed else None)
        return (gzip.decompress(body) if compressed else body).decode()

    def value(self, series):
        """None if there is no such series."""
        found = re.search("^%s (.*)$" % re.escape(series), self.metrics(), re.M)
        return float(found.group(1)) if found else None

"""pathwatchd on a simulated fabric, for tests."""
import os
import subprocess
import tempfile

from tests.clients.varlink import Connection
from tests.clients.waiting import PATIENCE_S, await_that

PROGRAM = os.environ.get("PATHWATCHD", "bazel-bin/service/daemon/pathwatchd")


class Pathwatchd:
    """Runs while the `with` block does. `conf` is the text of its configuration, which may be replaced; `options` are those of its command line."""

    def __init__(self, *options, conf=""):
        # Not in TEST_TMPDIR: the path of a socket has to be short.
        self._folder = tempfile.TemporaryDirectory(prefix="pathwatch.", dir="/tmp")
        self.run_dir = self._folder.name + "/run"
        self.socket = self.run_dir + "/io.pathwatch"
        self._conf = self._folder.name + "/pathwatch.toml"
        self.configure(conf)
        self._command = [PROGRAM, "--run-dir", self.run_dir, "--config", self._conf, "--log-level", "error", *options]
        self._process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            self._folder.cleanup()

    def configure(self, conf):
        """What the next start or reload finds."""
        with open(self._conf, "w", encoding="utf-8") as file:
            file.write(conf)

    def start(self):
        """Returns when it can be asked."""
        self._process = subprocess.Popen(self._command)
        await_that("pathwatchd gets ready", self._listens)

    def _listens(self):
        assert self._process.poll() is None, "pathwatchd has ended with status %d" % self._process.returncode
        try:
            self.connect().close()
            return True
        except (FileNotFoundError, ConnectionRefusedError):
            return False

    def stop(self):
        """An exit status that is not 0 is a failure: leaks and other findings of the sanitizers are reported so."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        status = process.wait(PATIENCE_S)
        assert status == 0, "pathwatchd has ended with status %d" % status

    def signal(self, number):
        self._process.send_signal(number)

    def connect(self):
        return Connection(self.socket)

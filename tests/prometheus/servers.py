"""Prometheus and Alertmanager as programs of their own for a test: on a free port of 127.0.0.1, with what they store in a folder that goes with them."""
import json
import os
import socket
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from tests.clients.waiting import PATIENCE_S, await_that

TRIES = 3  # to get a port that nobody else takes meanwhile


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Runs while the `with` block does. Subclasses say what is to be run, and which page answers when it is ready."""

    READY = "/-/ready"

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="pathwatch.", dir=os.environ.get("TEST_TMPDIR"))
        self.folder = self._folder.name
        self._process = None
        self.url = None

    def command(self, address):
        raise NotImplementedError

    def __enter__(self):
        for _ in range(TRIES):
            address = "127.0.0.1:%d" % free_port()
            self.url = "http://" + address
            with open(self.folder + "/log", "wb") as log:
                self._process = subprocess.Popen(self.command(address), stdout=log, stderr=log)
            if await_that("an answer from " + self.url, lambda: self._ready() or self._process.poll() is not None) and self._process.poll() is None:
                return self
        raise AssertionError(self.log())

    def __exit__(self, *_):
        try:
            self._process.terminate()
            self._process.wait(PATIENCE_S)
        finally:
            self._folder.cleanup()

    def log(self):
        with open(self.folder + "/log", encoding="utf-8", errors="replace") as log:
            return log.read()

    def _ready(self):
        try:
            with urllib.request.urlopen(self.url + self.READY, timeout=PATIENCE_S):
                return True
        except (urllib.error.URLError, ConnectionError):
            return False

    def get(self, path, **parameters):
        """The JSON of a page."""
        return self._json(urllib.request.Request(self.url + path + "?" + urllib.parse.urlencode(parameters)))

    def post(self, path, content):
        return self._json(urllib.request.Request(self.url + path, json.dumps(content).encode(), {"Content-Type": "application/json"}))

    def _json(self, request):
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as reply:
                text = reply.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise AssertionError("%s: %s" % (request.full_url, error.read().decode(errors="replace"))) from error


# Of a host that no test has.
LAST_CAUSE = {"alertname": "PathwatchHbaDown", "instance": "last", "hba": "last"}
LAST_CONSEQUENCE = {"alertname": "PathwatchTargetPortDown", "instance": "last", "hba": "last"}


class Alertmanager(Server):
    """With the example of deploy/prometheus as its configuration."""

    def command(self, address):
        return [
            "prometheus-alertmanager",
            "--config.file=deploy/prometheus/alertmanager.yml",
            "--storage.path=" + self.folder,
            "--web.listen-address=" + address,
            "--cluster.listen-address=",
        ]

    def standing(self, alerts):
        """Those of `alerts` (dictionaries of labels) that are left if all fire, in the order of the Alertmanager."""
        self.post("/api/v2/alerts", [{"labels": labels} for labels in alerts])
        # It takes alerts over one after the other: when the last two are judged, so are all.
        self.post("/api/v2/alerts", [{"labels": labels} for labels in (LAST_CAUSE, LAST_CONSEQUENCE)])
        found = await_that("the inhibition of the last alert", self._judged)
        assert len(found) == len(alerts), "of %d alerts there are %d" % (len(alerts), len(found))
        return [alert["labels"] for alert in found if alert["status"]["state"] == "active"]

    def _judged(self):
        """All alerts but the last two, nothing before these are judged."""
        found = self.get("/api/v2/alerts")
        if not any(alert["labels"] == LAST_CONSEQUENCE and alert["status"]["state"] == "suppressed" for alert in found):
            return None
        return [alert for alert in found if alert["labels"] not in (LAST_CAUSE, LAST_CONSEQUENCE)] or None

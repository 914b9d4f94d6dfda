"""Rules and dashboards in a real Prometheus, which scrapes a host that this test plays."""
import http.server
import tempfile
import threading
import unittest

import yaml

from tests.clients.waiting import await_that
from tests.prometheus import dashboards, names
from tests.prometheus.exposition import Host
from tests.prometheus.testing import Prometheus, hurried

FACTOR = 60
DEAD_PORT = "0x50a1"
VALUES = {"instance": "db1", "target_port": DEAD_PORT, "__rate_interval": "5s"}


class Exporter:
    """Serves what a host tells. Runs while the `with` block does."""

    def __init__(self, host):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                content = host.text().encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = "127.0.0.1:%d" % self._server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


class ExpositionTest(unittest.TestCase):
    def test_what_the_played_host_tells_is_in_the_catalogue(self):
        known = names.catalogue()
        for line in Host().text().splitlines():
            (name, labels), = names.selectors(line)
            self.assertEqual(labels, known[name], line)


class PrometheusTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.host = Host()
        exporter = self.enterContext(Exporter(self.host))
        folder = self.enterContext(tempfile.TemporaryDirectory())
        rules = [hurried(path, folder, FACTOR) for path in (names.RULES, names.ALERTS)]
        self.prometheus = self.enterContext(Prometheus({"db1": exporter.address}, rules))

    def firing(self):
        return sorted({alert["labels"]["alertname"] for alert in self.prometheus.alerts()})

    def await_rules(self):
        """Until everything that looks back has something to look at."""
        await_that("rates", lambda: self.prometheus.query("instance:pathwatch_loop_lag_seconds:p99_rate5m{} > 0"))
        await_that("a condition", lambda: self.prometheus.query("instance:pathwatch_condition:worst"))

    def test_every_query_of_every_dashboard_has_an_answer(self):
        self.await_rules()
        for query in dashboards.queries(VALUES):
            with self.subTest(query):
                await_that("an answer to %s" % query.expr, lambda query=query: self.prometheus.query(query.expr))

    def test_a_dead_port_is_told_and_so_is_its_recovery(self):
        self.await_rules()
        self.assertEqual(self.prometheus.alerts(), [])
        self.assertEqual(self.prometheus.alerts("pending"), [])
        self.host.dead_ports.add(DEAD_PORT)
        await_that("alerts", lambda: self.firing() == ["PathwatchLunDegraded", "PathwatchTargetPortDown"])
        port, = [alert for alert in self.prometheus.alerts() if alert["labels"]["alertname"] == "PathwatchTargetPortDown"]
        self.assertEqual(port["labels"]["target_port"], DEAD_PORT)
        self.assertIn("up to 3 logical units have lost one", port["annotations"]["description"])
        self.host.dead_ports.clear()
        await_that("the end of the alerts", lambda: not self.prometheus.alerts())

    def test_a_host_that_does_not_answer_is_told(self):
        self.await_rules()
        self.host.text = lambda: "not an exposition\n"
        await_that("an alert", lambda: self.firing() == ["PathwatchExporterDown"])
        self.assertEqual(self.prometheus.query("instance:pathwatch_condition:worst")[0][1], 4)


class HurriedTest(unittest.TestCase):
    def changed(self, text):
        with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            file.write(text)
            file.flush()
            with open(hurried(file.name, folder, FACTOR), encoding="utf-8") as copy:
                return copy.read()

    def test_times_are_shorter(self):
        self.assertEqual(self.changed("  for: 10m\n  keep_firing_for: 1h30m\n"), "  for: 10000ms\n  keep_firing_for: 90000ms\n")
        self.assertEqual(self.changed("rate(a[10m] offset 1h)"), "rate(a[10000ms] offset 60000ms)")

    def test_windows_stay_long_enough_for_a_rate(self):
        self.assertEqual(self.changed("rate(a[1m])"), "rate(a[4000ms])")

    def test_numbers_and_texts_are_left(self):
        text = "expr: oldest > 300\ndescription: for 10 minutes, and for: 10m in a sentence\n"
        self.assertEqual(self.changed(text), text)

    def test_the_rules_have_no_time_that_is_missed(self):
        for path in (names.RULES, names.ALERTS):
            with tempfile.TemporaryDirectory() as folder, open(hurried(path, folder, FACTOR), encoding="utf-8") as copy:
                for group in yaml.safe_load(copy)["groups"]:
                    for rule in group["rules"]:
                        for where in ("expr", "for", "keep_firing_for"):
                            self.assertNotRegex(rule.get(where, ""), r"(?<![\w_])\d+[smh]\b", rule)


if __name__ == "__main__":
    unittest.main()

"""What Prometheus and people get from pathwatch-exporter while pathwatchd runs."""
import os
import unittest

from tests.clients.pathwatchd import Pathwatchd
from tests.clients.storm import QUIET
from tests.clients.waiting import await_that
from tests.service.exporter.exporter import Exporter

PATHS = 200


def series(text):
    """What there is, without values, which change by themselves."""
    return sorted(line if line.startswith("#") else line.rsplit(" ", 1)[0] for line in text.splitlines())


class ScrapeTest(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Pathwatchd("--simulated", str(PATHS), conf=QUIET))
        self.exporter = self.enterContext(Exporter(os.path.dirname(self.daemon.socket)))

    def test_plain_and_compressed_are_the_same_text(self):
        await_that("all paths are checked", lambda: self.exporter.value('pathwatch_paths{state="unknown"}') == 0)
        plain, compressed = "", ""

        def agree():
            nonlocal plain, compressed
            plain, compressed = self.exporter.metrics(), self.exporter.metrics(compressed=True)
            return series(plain) == series(compressed)

        # Series may come in between, such as those of a failure that has not happened before.
        await_that("both have the same series", agree)
        self.assertEqual(plain.count("\npathwatch_path_up{"), PATHS)
        self.assertTrue(plain.endswith("\n"))

    def test_the_state_of_a_running_daemon_is_readable(self):
        self.assertEqual(self.exporter.value("pathwatch_state_readable"), 1)
        self.assertEqual(self.exporter.count("warning"), 0)

    def test_compression_is_not_forced_on_who_refuses_it(self):
        for accepted in ("identity", "gzip;q=0", "deflate, br", "xgzip"):
            response, _ = self.exporter.ask(Accept_Encoding=accepted)
            self.assertIsNone(response.getheader("Content-Encoding"), accepted)
        for accepted in ("gzip", "deflate, GZIP;q=0.5", "br;q=1.0, gzip;q=0.1"):
            response, _ = self.exporter.ask(Accept_Encoding=accepted)
            self.assertEqual(response.getheader("Content-Encoding"), "gzip", accepted)

    def test_the_first_page_leads_to_the_metrics(self):
        response, body = self.exporter.ask(path="/")
        self.assertEqual(response.status, 200)
        self.assertIn(b'href="/metrics"', body)
        response, body = self.exporter.ask(path="/metric")
        self.assertEqual(response.status, 404)
        self.assertIn(b"/metrics", body)

    def test_only_reading_is_answered(self):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            response, _ = self.exporter.ask(method, body=b"x" * 100_000)
            self.assertEqual((response.status, response.getheader("Allow")), (405, "GET, HEAD"), method)
        response, body = self.exporter.ask("HEAD")
        self.assertEqual((response.status, body), (200, b""))
        self.assertGreater(int(response.getheader("Content-Length")), 1000)

    def test_it_gives_way_to_others(self):
        self.assertGreaterEqual(os.getpriority(os.PRIO_PROCESS, self.exporter.pid), 10)

    def test_paths_have_series_only_as_far_as_wanted(self):
        run_dir = os.path.dirname(self.daemon.socket)
        for options in (["--per-path", "none"], ["--all-paths-max", str(PATHS - 1)]):
            with Exporter(run_dir, *options) as other:
                self.assertLess(other.metrics().count("\npathwatch_path_up{"), PATHS, options)
                self.assertEqual(other.metrics().count("\npathwatch_paths{"), self.exporter.metrics().count("\npathwatch_paths{"))


if __name__ == "__main__":
    unittest.main()

"""The whole chain: a real Prometheus scrapes the demo, the fabric's story makes the alerts fire that it calls for and no others, each query of the dashboards finds something, and a daemon that hangs and an exporter that is gone are told.

Times of rules are HURRY times shorter. The story is the same in each run: it follows from the seed of the fabric."""
import signal
import tempfile
import time
import unittest

from tests.clients.pathwatchd import Pathwatchd
from tests.clients.waiting import await_that
from tests.prometheus import names
from tests.prometheus.called_for import KEYS, called_for
from tests.prometheus.dashboards import queries
from tests.prometheus.story import Story
from tests.prometheus.testing import Prometheus, hurried
from tests.service.exporter.exporter import Exporter

HOST = "demo"
HURRY = 20
# In this story, within this time: logical units lose all paths, ports are dead, and another logical unit answers on a path.
SEED = 72
STORY_S = 80
FABRIC = ["--simulated", "200", "--simulated-seed", str(SEED), "--interval", "1s", "--deadline", "2s", "--refresh", "5s"]


def hurried_rules(folder):
    return [hurried(path, folder, HURRY) for path in (names.RULES, names.ALERTS)]


def seconds_of(prometheus):
    """For how long the condition of each alert has to last, by its name; as Prometheus has understood the file."""
    groups = prometheus.get("/api/v1/rules", type="alert")["data"]["groups"]
    return {rule["name"]: rule["duration"] for group in groups for rule in group["rules"]}


def key_of(labels):
    return (labels["alertname"], *(labels[name] for name in KEYS.get(labels["alertname"], ())))


def fired(prometheus, seconds):
    """The alerts that have fired within the last so many seconds."""
    return {key_of(labels) for labels, _ in prometheus.query('present_over_time(ALERTS{alertstate="firing"}[%ds])' % seconds)}


class DemoTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="pathwatch.")
        self.addCleanup(folder.cleanup)
        self.rules = hurried_rules(folder.name)

    def test_the_right_alerts_fire_and_the_dashboards_have_data(self):
        with Pathwatchd(*FABRIC) as daemon, Exporter(daemon.run_dir) as exporter, Prometheus({HOST: "127.0.0.1:%d" % exporter.port}, self.rules) as prometheus:
            await_that("the first scrape", lambda: prometheus.query("pathwatch_state_readable == 1"))
            story = Story(daemon.connect)
            self.assert_dashboards_have_data(daemon, prometheus, story)
            await_that("the end of the story", lambda: time.time() > story.begin_s + STORY_S, STORY_S + 60)
            story.end()
            self.assert_alerts_are_those_of(story, prometheus)
            self.assert_trouble_of_our_own_is_told(daemon, exporter, prometheus)

    def assert_dashboards_have_data(self, daemon, prometheus, story):
        (hba, port), wwid = next(iter(story.targets)), next(iter(story.luns))
        values = {"datasource": "unused", "instance": HOST, "hba": hba, "target_port": port, "wwid": wwid, "__rate_interval": "10s", "__range": "1m"}
        asked = queries(values)
        self.assertGreater(len(asked), 20)
        # Rates need a few scrapes.
        missing = []

        def all_have_data():
            missing[:] = [query for query in asked if not prometheus.query(query.expr)]
            return not missing

        try:
            await_that("data for each query", all_have_data)
        except AssertionError:
            self.fail("no data: %s" % "\n".join(map(str, missing)))

    def assert_alerts_are_those_of(self, story, prometheus):
        for_s = seconds_of(prometheus)
        called = called_for(story, for_s, flapping=(6, 15 * 60 / HURRY))
        seen = fired(prometheus, round(time.time() - story.begin_s))
        print("called for:", *sorted(called.must), "fired:", *sorted(seen), sep="\n  ")
        # If the story had nothing to tell, this test would show nothing.
        told = {name for name, *_ in called.must}
        self.assertLessEqual({"PathwatchLunWithoutPath", "PathwatchTargetPortDown", "PathwatchWrongLogicalUnit", "PathwatchLunDegraded"}, told)
        self.assertEqual(called.must - seen, set(), "should have fired")
        self.assertEqual(seen - called.may, set(), "should not have fired")

    def assert_trouble_of_our_own_is_told(self, daemon, exporter, prometheus):
        def firing():
            return {alert["labels"]["alertname"] for alert in prometheus.alerts()}

        daemon.signal(signal.SIGSTOP)
        await_that("the alert about a daemon that hangs", lambda: "PathwatchDaemonDown" in firing())
        # What is not known any more is neither good nor bad.
        await_that("the end of the alerts about paths", lambda: not {name for name in firing() if name in KEYS}, 120)
        daemon.signal(signal.SIGCONT)
        await_that("the end of that alert", lambda: "PathwatchDaemonDown" not in firing())
        exporter.stop()
        await_that("the alert about an exporter that is gone", lambda: "PathwatchExporterDown" in firing())


if __name__ == "__main__":
    unittest.main()

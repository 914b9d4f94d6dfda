"""The rules and alerts of deploy/prometheus: they are accepted, do what their own tests say, and everything about them is there."""
import glob
import re
import subprocess
import unittest

import yaml

from tests.prometheus import names

FOLDER = "deploy/prometheus/"
TESTS = sorted(glob.glob("tests/prometheus/*.test.yml"))
SEVERITIES = {"critical", "warning", "info"}


def anchors(path):
    """Of the headings of a Markdown file, as GitHub makes them."""
    with open(path, encoding="utf-8") as file:
        headings = re.findall(r"^#+ (.+)$", file.read(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def queries_in(text):
    """The expressions that a template of an annotation looks up, with something for what is put in."""
    return [expr.replace("%q", '"x"').replace('\\"', '"') for expr in re.findall(r'printf "((?:[^"\\]|\\.)*)"[^}]*\| query', text)]


class RulesTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.alerts = names.rules(names.ALERTS)

    def accepted(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_prometheus_accepts_rules_and_example(self):
        self.accepted("promtool", "check", "rules", "--lint-fatal", names.RULES, names.ALERTS)
        self.accepted("promtool", "check", "config", "--lint-fatal", FOLDER + "scrape.yml")

    def test_the_alertmanager_accepts_the_example(self):
        self.accepted("amtool", "check-config", FOLDER + "alertmanager.yml")

    def test_rules_do_what_their_tests_say(self):
        self.assertGreater(len(TESTS), 5)
        for path in TESTS:
            with self.subTest(path):
                self.accepted("promtool", "test", "rules", path)

    def test_every_alert_has_all_that_its_reader_needs(self):
        told = anchors("deploy/README.md")
        self.assertGreater(len(self.alerts), 10)
        for alert in self.alerts:
            with self.subTest(alert["alert"]):
                self.assertIn(alert["labels"]["severity"], SEVERITIES)
                for text in ("summary", "description"):
                    self.assertRegex(alert["annotations"][text], r"\$(labels|value)")
                self.assertRegex(alert["annotations"]["description"], r"\.$|\{\{-? *end *\}\}$")
                self.assertEqual(alert["annotations"]["runbook"], "deploy/README.md#" + alert["alert"].lower())
                self.assertIn(alert["alert"].lower(), told)

    def test_every_alert_is_seen_firing_and_not_firing(self):
        fires, rests = set(), set()
        for path in TESTS:
            with open(path, encoding="utf-8") as file:
                cases = [case for test in yaml.safe_load(file)["tests"] for case in test.get("alert_rule_test", [])]
            for case in cases:
                (fires if case["exp_alerts"] else rests).add(case["alertname"])
                for expected in case["exp_alerts"]:
                    self.assertTrue(expected["exp_annotations"], "%s in %s" % (case["alertname"], path))
        every = {alert["alert"] for alert in self.alerts}
        self.assertEqual(fires, every)
        self.assertEqual(rests, every)

    def test_every_recorded_series_is_tested(self):
        with open("tests/prometheus/recording.test.yml", encoding="utf-8") as file:
            tested = {case["expr"] for test in yaml.safe_load(file)["tests"] for case in test["promql_expr_test"]}
        self.assertEqual(tested, names.recorded())

    def test_recorded_series_are_named_level_metric_operation(self):
        for name in names.recorded():
            self.assertRegex(name, r"^[a-z_]+:pathwatch_[a-z_]+:[a-z0-9_]+$")

    def test_rules_use_only_what_there_is(self):
        for rule in names.rules(names.RULES) + self.alerts:
            with self.subTest(rule.get("record") or rule["alert"]):
                exprs = [rule["expr"]]
                for text in rule.get("annotations", {}).values():
                    exprs += queries_in(text)
                for expr in exprs:
                    self.assertNotEqual(names.selectors(expr), [], expr)
                    self.assertEqual(names.unknown(expr), [], expr)

    def test_what_there_is_not_would_be_found(self):
        self.assertEqual(names.unknown('sum by (colour) (pathwatch_paths{state="up",instance="pathwatch_x"}) + pathwatch_target_check_duration_seconds_bucket{le="1"}'), [])
        self.assertEqual(names.unknown('rate(pathwatch_nothing_total{a="b"}[5m])'), ["no metric pathwatch_nothing_total"])
        self.assertEqual(names.unknown('pathwatch_paths{wwid=~"x"}'), ["pathwatch_paths has no label wwid"])
        self.assertEqual(names.unknown("instance:pathwatch_luns:counted > 0"), ["no metric instance:pathwatch_luns:counted"])

    def test_inhibition_names_only_alerts_that_there_are(self):
        with open(FOLDER + "alertmanager.yml", encoding="utf-8") as file:
            told = set(re.findall(r"Pathwatch[A-Z]\w+", file.read()))
        self.assertLessEqual(told, {alert["alert"] for alert in self.alerts})

    def test_the_runbook_has_no_alert_that_is_gone(self):
        with open("deploy/README.md", encoding="utf-8") as file:
            told = set(re.findall(r"^#+ (Pathwatch[A-Z]\w*)$", file.read(), re.M))
        self.assertEqual(told, {alert["alert"] for alert in self.alerts})


if __name__ == "__main__":
    unittest.main()

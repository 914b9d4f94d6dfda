"""Which alerts are left when several fire at once: a real Alertmanager with the example of deploy/prometheus decides."""
import unittest

import yaml

from tests.prometheus import names
from tests.prometheus.servers import Alertmanager

STORM = "tests/prometheus/storm.test.yml"
HOST = {"job": "pathwatch", "instance": "db1"}
SEVERITIES = {rule["alert"]: rule["labels"]["severity"] for rule in names.rules(names.ALERTS)}


def alert(name, **labels):
    return {"alertname": name, "severity": SEVERITIES[name], **HOST, **labels}


def lun(name, wwid="3600a", **labels):
    return alert(name, wwid=wwid, **labels)


def port(name="PathwatchTargetPortDown", target_port="0x50a1", **labels):
    return alert(name, hba="0x10", target_port=target_port, **labels)


def storm():
    """The alerts that fire according to the test of the rules."""
    with open(STORM, encoding="utf-8") as file:
        cases = [case for test in yaml.safe_load(file)["tests"] for case in test["alert_rule_test"]]
    return [{"alertname": case["alertname"], **expected["exp_labels"]} for case in cases for expected in case["exp_alerts"]]


class InhibitionTest(unittest.TestCase):
    maxDiff = None

    def left(self, *fires):
        with Alertmanager() as manager:
            return sorted(manager.standing(list(fires)), key=lambda labels: sorted(labels.items()))

    def assert_left(self, fires, expected):
        self.assertEqual(self.left(*fires), sorted(expected, key=lambda labels: sorted(labels.items())))

    def test_of_a_dead_array_port_one_alert_is_left_and_each_lun_without_path(self):
        left = self.left(*storm())
        self.assertEqual(sorted(labels["alertname"] for labels in left), ["PathwatchArrayPortDown", "PathwatchLunWithoutPath"])

    def test_a_dead_hba_is_one_alert(self):
        dead = alert("PathwatchHbaDown", hba="0x10")
        self.assert_left([dead, port(), port(target_port="0x50a2"), lun("PathwatchLunDegraded"), lun("PathwatchLunOnePath", "3600b"), alert("PathwatchChecksStuck")], [dead])

    def test_another_hba_and_another_port_are_not_silenced(self):
        dead, other_hba = alert("PathwatchHbaDown", hba="0x10"), {**port(target_port="0x50b1"), "hba": "0x11"}
        self.assert_left([dead, other_hba], [dead, other_hba])
        array, other_port = {"alertname": "PathwatchArrayPortDown", "severity": "critical", "target_port": "0x50a1"}, port(target_port="0x50a2")
        self.assert_left([array, port(), other_port], [array, other_port])

    def test_a_dead_port_of_another_host_silences_nothing_here(self):
        there, here = {**port(), "instance": "db2"}, lun("PathwatchLunDegraded")
        self.assert_left([there, here], [there, here])

    def test_lost_data_and_wrong_data_are_never_silenced(self):
        never = [lun("PathwatchLunWithoutPath"), lun("PathwatchWrongLogicalUnit", state="wrong_lu")]
        others = [alert(name) for name in SEVERITIES if name not in ("PathwatchLunWithoutPath", "PathwatchWrongLogicalUnit")]
        others += [lun(name) for name in SEVERITIES if name.startswith("PathwatchLun") and name != "PathwatchLunWithoutPath"]
        left = self.left(*never, *others)
        for labels in never:
            self.assertIn(labels, left)

    def test_of_one_logical_unit_the_worst_is_left(self):
        worst, other = lun("PathwatchLunWithoutPath"), lun("PathwatchLunDegraded", "3600b")
        self.assert_left([worst, lun("PathwatchLunOnePath"), lun("PathwatchLunDegraded"), lun("PathwatchLunUnmapped", state="unmapped"), other], [worst, other])

    def test_a_daemon_that_hangs_silences_what_is_late_and_nothing_about_paths(self):
        hangs, late, degraded = alert("PathwatchLoopStalled"), alert("PathwatchLoopLagging"), lun("PathwatchLunDegraded")
        self.assert_left([hangs, late, alert("PathwatchChecksStale"), degraded], [hangs, degraded])


if __name__ == "__main__":
    unittest.main()

"""The dashboards of deploy/grafana: whole, explained, and asking only for what there is."""
import itertools
import json
import subprocess
import tempfile
import unittest

from tests.prometheus import dashboards, names

VALUES = {"instance": "db1", "target_port": "0x50a1"}
COLUMNS = 24
UNITS = {"short", "s", "ops", "percentunit"}


def overlap(a, b):
    return a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"] and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]


class DashboardsTest(unittest.TestCase):
    def setUp(self):
        self.boards = dashboards.load()

    def each_panel(self):
        return [panel for board in self.boards.values() for panel in dashboards.panels(board)]

    def test_there_is_one_for_a_host_for_the_fleet_and_for_an_array_port(self):
        self.assertEqual(set(self.boards), {"pathwatch: host", "pathwatch: fleet", "pathwatch: array port"})
        self.assertEqual(len({board["uid"] for board in self.boards.values()}), len(self.boards))

    def test_every_panel_is_explained_and_has_a_unit(self):
        for panel in self.each_panel():
            with self.subTest(panel["title"]):
                self.assertTrue(panel["title"])
                self.assertRegex(panel["description"], r"[.)]$")
                self.assertIn(panel["fieldConfig"]["defaults"]["unit"], UNITS)

    def test_every_panel_asks_the_chosen_prometheus(self):
        for panel in self.each_panel():
            with self.subTest(panel["title"]):
                self.assertTrue(panel["targets"])
                for asks in [panel, *panel["targets"]]:
                    self.assertEqual(asks["datasource"], {"type": "prometheus", "uid": "${datasource}"})
                references = [target["refId"] for target in panel["targets"]]
                self.assertEqual(len(references), len(set(references)))

    def test_panels_have_numbers_of_their_own_and_do_not_overlap(self):
        for board in self.boards.values():
            numbers = [panel["id"] for panel in board["panels"]]
            self.assertEqual(len(numbers), len(set(numbers)))
            for panel in board["panels"]:
                place = panel["gridPos"]
                self.assertLessEqual(place["x"] + place["w"], COLUMNS, panel["title"])
            for one, other in itertools.combinations(board["panels"], 2):
                self.assertFalse(overlap(one["gridPos"], other["gridPos"]), "%s and %s" % (one["title"], other["title"]))

    def test_every_variable_is_used_and_every_used_one_is_there(self):
        for title, board in self.boards.items():
            with self.subTest(title):
                asked = set()
                for panel in dashboards.panels(board):
                    for target in panel["targets"]:
                        asked |= dashboards.used(target["expr"])
                there = set(dashboards.variables(board))
                self.assertEqual(asked - set(dashboards.OF_GRAFANA), there - {"datasource"})

    def test_queries_are_promql(self):
        """promtool knows rules, so each query becomes one."""
        rules = [{"record": "query:%d" % number, "expr": query.expr} for number, query in enumerate(self.queries())]
        self.assertGreater(len(rules), 50)
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            json.dump({"groups": [{"name": "queries", "rules": rules}]}, file)
            file.flush()
            done = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_queries_use_only_what_there_is(self):
        for query in self.queries():
            with self.subTest(query):
                self.assertNotEqual(names.selectors(query.expr), [])
                self.assertEqual(names.unknown(query.expr), [])

    def test_variables_and_annotations_use_only_what_there_is(self):
        for board in self.boards.values():
            asked = [variable["definition"] for variable in dashboards.variables(board).values() if variable["type"] == "query"]
            asked += [annotation["expr"] for annotation in board["annotations"]["list"] if "expr" in annotation]
            self.assertTrue(asked)
            for expr in asked:
                self.assertNotEqual(names.selectors(expr), [], expr)
                self.assertEqual(names.unknown(expr), [], expr)

    def test_a_variable_without_a_value_is_named(self):
        with self.assertRaisesRegex(AssertionError, r"\$target_port"):
            dashboards.queries({"instance": "db1"})

    def queries(self):
        return dashboards.queries(VALUES)


if __name__ == "__main__":
    unittest.main()

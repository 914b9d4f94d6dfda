"""The dashboards of deploy/grafana, and what they ask Prometheus, as it is asked when somebody looks at them."""
import glob
import json
import re
from typing import NamedTuple

FOLDER = "deploy/grafana"

# What Grafana puts in by itself. The interval of rates is four times that of scrapes there; here it fits scrapes every second or faster than 15 s.
OF_GRAFANA = {"__rate_interval": "1m", "__interval": "15s", "__range": "1h"}


class Query(NamedTuple):
    dashboard: str
    panel: str
    expr: str


def load(folder=FOLDER):
    """The dashboards by their titles."""
    boards = {}
    for path in sorted(glob.glob(folder + "/*.json")):
        with open(path, encoding="utf-8") as file:
            board = json.load(file)
        boards[board["title"]] = board
    return boards


def panels(board):
    """Those that show something: no rows."""
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def variables(board):
    """Its variables by their names."""
    return {variable["name"]: variable for variable in board["templating"]["list"]}


def used(text):
    """The names of the variables that stand in a text."""
    return {plain or braced for plain, braced in re.findall(r"\$(?:(\w+)|\{(\w+)(?::\w+)?\})", text)}


def filled(text, values):
    """The text with `values` (a dictionary) for its variables. A variable without a value is an error that names it."""

    def value(match):
        name = match.group(1) or match.group(2)
        assert name in values, "%s needs a value for $%s" % (text, name)
        return values[name]

    return re.sub(r"\$(?:(\w+)|\{(\w+)(?::\w+)?\})", value, text)


def queries(values, folder=FOLDER):
    """All queries of all panels with `values` for the variables, such as {"instance": "db1", "target_port": "0x50a1"}.

    Variables that offer "All" and have no value are asked for all. What Grafana puts in by itself can be given too: {"__rate_interval": "5s"}.
    """
    found = []
    for title, board in load(folder).items():
        everything = {name: variable["allValue"] for name, variable in variables(board).items() if variable.get("includeAll")}
        known = {**OF_GRAFANA, **everything, **values}
        for panel in panels(board):
            found += [Query(title, panel["title"], filled(target["expr"], known)) for target in panel["targets"]]
    return found

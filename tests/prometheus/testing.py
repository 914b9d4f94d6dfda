"""A real Prometheus for tests, and rules that do not make a test wait for minutes."""
import json
import os
import re

from tests.prometheus.servers import Server

# A rate needs two scrapes in its window, and this Prometheus scrapes every second.
LEAST_WINDOW_S = 4
UNITS_S = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
DURATION = r"(?:\d+(?:ms|[smhd]))+"


class Prometheus(Server):
    """Scrapes `targets` (address by instance, {"db1": "127.0.0.1:9837"}) as the job pathwatch every second, and evaluates `rules` (paths of files) as often."""

    def __init__(self, targets, rules=()):
        super().__init__()
        config = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
            "rule_files": [os.path.abspath(path) for path in rules],
            "scrape_configs": [
                {"job_name": "pathwatch", "static_configs": [{"targets": [address], "labels": {"instance": instance}} for instance, address in targets.items()]}
            ],
        }
        # JSON is YAML.
        with open(self.folder + "/prometheus.yml", "w", encoding="utf-8") as file:
            json.dump(config, file)

    def command(self, address):
        return [
            "prometheus",
            "--config.file=" + self.folder + "/prometheus.yml",
            "--storage.tsdb.path=" + self.folder + "/data",
            "--web.listen-address=" + address,
            "--log.level=warn",
        ]

    def query(self, expr):
        """What an expression is now: pairs of labels (a dictionary, with __name__ if there is one) and value."""
        result = self.get("/api/v1/query", query=expr)["data"]
        if result["resultType"] == "scalar":
            return [({}, float(result["result"][1]))]
        return [(sample["metric"], float(sample["value"][1])) for sample in result["result"]]

    def alerts(self, state="firing"):
        """The alerts that fire, or are "pending": dictionaries with labels and annotations."""
        found = self.get("/api/v1/alerts")["data"]["alerts"]
        return [{"labels": alert["labels"], "annotations": alert["annotations"]} for alert in found if alert["state"] == state]


def hurried(path, folder, factor):
    """Writes a copy of a file of rules into `folder` in which all times are `factor` times shorter, and returns its path: how long a condition has to last,
    how far a window or an offset looks back. Windows stay long enough for a rate. Numbers that are compared with are left as they are."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r"^(\s*(?:for|keep_firing_for|interval): )(%s)$" % DURATION, lambda m: m[1] + _shorter(m[2], factor), text, flags=re.M)
    text = re.sub(r"(\boffset )(%s)" % DURATION, lambda m: m[1] + _shorter(m[2], factor), text)
    text = re.sub(r"\[(%s)\]" % DURATION, lambda m: "[%s]" % _shorter(m[1], factor, LEAST_WINDOW_S), text)
    copy = os.path.join(folder, os.path.basename(path))
    with open(copy, "w", encoding="utf-8") as file:
        file.write(text)
    return copy


def _shorter(duration, factor, least_s=0):
    seconds = sum(int(count) * UNITS_S[unit] for count, unit in re.findall(r"(\d+)(ms|[smhd])", duration))
    return "%dms" % (1000 * max(seconds / factor, least_s))

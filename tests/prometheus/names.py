"""What an expression in PromQL asks for, and what there is: the metrics of the catalogue, and what the rules record."""
import functools
import os
import re
import subprocess

import yaml

RULES = "deploy/prometheus/pathwatch.rules.yml"
ALERTS = "deploy/prometheus/pathwatch.alerts.yml"
PRINT_CATALOGUE = os.environ.get("PRINT_CATALOGUE", "bazel-bin/tests/prometheus/print_catalogue")

# What Prometheus itself adds to what it scrapes.
TARGET_LABELS = {"job", "instance"}
OWN_METRICS = {"up": set(), "ALERTS": {"alertname", "alertstate", "severity", "hba", "target_port", "wwid"}}


@functools.cache
def rules(path):
    """The rules of a file, in its order."""
    with open(path, encoding="utf-8") as file:
        return [rule for group in yaml.safe_load(file)["groups"] for rule in group["rules"]]


@functools.cache
def recorded():
    return {rule["record"] for rule in rules(RULES)}


@functools.cache
def catalogue():
    """The labels of each series that the exporter may give, those of a histogram by their full names."""
    names = {}
    for line in subprocess.run([PRINT_CATALOGUE], capture_output=True, text=True, check=True).stdout.splitlines():
        name, kind, *labels = line.split()
        if kind == "histogram":
            names[name + "_bucket"] = {*labels, "le"}
            names[name + "_count"] = names[name + "_sum"] = set(labels)
        else:
            names[name] = set(labels)
    return names


# What stands in parentheses behind these words are labels, and no metrics.
_GROUPING = re.compile(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_SELECTOR = re.compile(r"([a-zA-Z_][\w:]*)\s*(?:\{([^}]*)\})?")


def selectors(expr):
    """(metric, labels that it is selected by) for each selector of ours in an expression."""
    bare = _GROUPING.sub(" ", _TEXT.sub('""', expr))  # what stands in quotes may look like anything
    found = []
    for name, matchers in _SELECTOR.findall(bare):
        if name.startswith("pathwatch_") or ":" in name or name in OWN_METRICS:
            found.append((name, set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers))))
    return found


def unknown(expr):
    """What an expression asks for that there is not: sentences."""
    known, own = catalogue(), recorded()
    wrong = []
    for name, labels in selectors(expr):
        if name in own:
            continue
        if name not in known and name not in OWN_METRICS:
            wrong.append("no metric %s" % name)
            continue
        strange = labels - known.get(name, OWN_METRICS.get(name)) - TARGET_LABELS
        wrong += ["%s has no label %s" % (name, label) for label in sorted(strange)]
    return wrong

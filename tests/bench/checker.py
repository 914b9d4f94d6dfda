"""What the plugin of multipathd costs."""
import json
import os
import statistics
import subprocess

ROUNDS = 5
PROGRAM = "//tests/bench/checker:plugin_call"
PLUGIN = "//lib/checker/multipath:libcheckpathwatch.so"


def file_of(built, label):
    return os.path.join(built, label[2:].replace(":", "/"))


def plugin_call(bazel_bin):
    """(name, metric, value, bound) of one call about a path that is up, among 10,000; the medians of several runs. `bazel_bin` builds labels and returns the
    folder of what it has built."""
    built = bazel_bin(PROGRAM, PLUGIN)
    samples = {}
    for _ in range(ROUNDS):
        lines = subprocess.run([file_of(built, PROGRAM), file_of(built, PLUGIN)], check=True, capture_output=True, text=True).stdout.splitlines()
        for sample in map(json.loads, lines):
            samples.setdefault((sample["name"], sample["metric"], sample["bound"]), []).append(sample["value"])
    return [(name, metric, statistics.median(values), bound) for (name, metric, bound), values in samples.items()]

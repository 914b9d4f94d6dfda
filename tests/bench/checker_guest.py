"""What checking costs multipathd in the emulated machine: its own checker, tur, and pathwatch, on the same 256 maps of 4 paths."""
import os
import re
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCENARIO = "checker_cost"
# With pathwatch, multipathd neither starts a thread nor sends a command for a check.
BOUNDS = {"threads_started_per_s": 0, "commands_per_s": 0}
COMPARED = ["multipathd_cpu_ms_per_s", "both_cpu_ms_per_s", "threads_most", "death_to_failed_s"]


def measured(binaries=None):
    """{(checker, metric): the median of what was measured}."""
    command = [os.path.join(ROOT, "tests/vm/run"), SCENARIO]
    if binaries:
        command[1:1] = ["--binaries", binaries]
    out = subprocess.run(command, capture_output=True, text=True).stdout
    found = re.findall(r"^measured (\S+) (\S+) ([0-9.]+)$", out, re.M)
    if not found:
        sys.exit("the scenario has not measured anything:\n" + out)
    samples = {}
    for checker, metric, value in found:
        samples.setdefault((checker, metric), []).append(float(value))
    return {key: statistics.median(values) for key, values in samples.items()}


def with_both(medians):
    """Adds what multipathd and pathwatchd use together: the work that the plugin spares multipathd is not gone."""
    for checker in ("tur", "pathwatch"):
        medians[checker, "both_cpu_ms_per_s"] = medians[checker, "multipathd_cpu_ms_per_s"] + medians[checker, "pathwatchd_cpu_ms_per_s"]
    return medians


def guest_part(binaries=None):
    """(name, metric, value, bound, baseline, ratio) of everything; a ratio is to tur's value of the same metric."""
    medians = with_both(measured(binaries))
    rows = []
    for (checker, metric), value in medians.items():
        name = "multipathd_with_" + checker
        if checker == "pathwatch" and metric in COMPARED and medians["tur", metric] > 0:
            rows.append((name, metric, value, None, "multipathd_with_tur", round(value / medians["tur", metric], 3)))
        else:
            rows.append((name, metric, value, BOUNDS.get(metric) if checker == "pathwatch" else None, None, None))
    return rows

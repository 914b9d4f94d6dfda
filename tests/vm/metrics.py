"""metrics.py URL SECONDS CONDITION: scrapes until the condition, a Python expression, holds; 1 if it does not in time, with what was scraped."""
import re
import sys
import time
import urllib.error
import urllib.request

url, patience_s, condition = sys.argv[1], float(sys.argv[2]), sys.argv[3]


def scrape():
    """[(name, labels, value)]"""
    with urllib.request.urlopen(url, timeout=10) as reply:
        text = reply.read().decode()
    lines = [re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line) for line in text.splitlines() if not line.startswith("#")]
    return [(line[1], dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', line[2] or "")), float(line[3])) for line in lines]


def holds(series):
    def matching(name, wanted):
        return [(labels, value) for found, labels, value in series if found == name and wanted.items() <= labels.items()]

    return eval(
        condition,
        {
            "sum_of": lambda name, **wanted: sum(value for _, value in matching(name, wanted)),
            "values": lambda name, **wanted: [value for _, value in matching(name, wanted)],
            "labels": lambda name, label: {labels[label] for labels, _ in matching(name, {})},
        },
    )


end = time.monotonic() + patience_s
while True:
    series = []
    try:
        series = scrape()
        if holds(series):
            sys.exit(0)
    except urllib.error.URLError:
        pass
    if time.monotonic() > end:
        break
    time.sleep(0.2)
for name, labels, value in series:
    if "_bucket" not in name:
        print(name, labels, value)
sys.exit(1)

#!/usr/bin/env python3
"""count_results.py TESTLOGS STATUS LOG: prints "PASSED FAILED", counted by test case, of the Bazel run whose output is LOG.

Bazel keeps one test.xml per test program, in the format of JUnit; only programs that LOG names are counted, since TESTLOGS may hold older ones. A program
that failed without a failed case (a crash, a sanitizer's report, a time limit) counts as one failure, and so does a build that failed.
"""
import os
import re
import sys
import xml.etree.ElementTree as tree


def count(path):
    """Passed and failed cases of one program; (0, 0) if there is no readable report."""
    try:
        root = tree.parse(path).getroot()
    except (OSError, tree.ParseError):
        return 0, 0
    cases = list(root.iter("testcase"))
    failed = sum(1 for case in cases if case.find("failure") is not None or case.find("error") is not None)
    ran = sum(1 for case in cases if case.get("status", "run") == "run" and case.find("skipped") is None)
    return ran - failed, failed


def main(testlogs, status, log):
    passed = failed = 0
    with open(log, encoding="utf-8", errors="replace") as lines:
        results = re.findall(r"^(//\S+)\s+(?:\(cached\) )?(PASSED|FAILED|TIMEOUT|NO STATUS|FAILED TO BUILD)", lines.read(), re.M)
    for label, result in results:
        report = os.path.join(testlogs, label[2:].replace(":", "/"), "test.xml")
        good, bad = count(report)
        if result == "PASSED":
            passed += max(good, 1)
        else:
            passed += good
            failed += max(bad, 1)
    if int(status) != 0 and failed == 0:
        failed = 1
    print(passed, failed)


main(*sys.argv[1:])

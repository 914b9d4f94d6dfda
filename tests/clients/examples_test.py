"""The examples of proto/examples do what they say, with pathwatchd on a simulated fabric."""
import json
import os
import re
import subprocess
import tempfile
import unittest

from tests.clients.pathwatchd import Pathwatchd
from tests.clients.proxy import Proxy
from tests.clients.storm import QUIET
from tests.clients.varlink import PATIENCE_S

EXAMPLES = "proto/examples/"
UNUSABLE = ["transitioning", "unavailable", "down", "no_answer", "unmapped", "wrong_lu"]


def output(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False, **options)
    assert done.returncode == 0, "%s has ended with status %d: %s" % (command, done.returncode, done.stderr)
    return done.stdout


class Lines:
    """What a program prints, while it runs."""

    def __init__(self, *command):
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def until(self, pattern):
        """The lines before the next one that matches."""
        before = []
        for line in self._process.stdout:
            if re.search(pattern, line):
                return before, line.rstrip("\n")
            before.append(line.rstrip("\n"))
        raise AssertionError("no line %r, but %s" % (pattern, before))

    def take(self, count):
        return [self._process.stdout.readline().rstrip("\n") for _ in range(count)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


class ExamplesTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.daemon = Pathwatchd("--simulated", "1000", conf=QUIET)
        self.enterContext(self.daemon)
        self.asks = self.enterContext(self.daemon.connect())
        self.await_checks()

    def await_checks(self):
        """Then hardly anything changes."""
        while self.asks.call("io.pathwatch.GetStatus")["paths"]["unknown"] > 0:
            pass

    def unusable(self):
        parameters = {"filter": {"states": UNUSABLE}, "fields": ["path", "device", "wwid", "state", "reason"]}
        return self.asks.call("io.pathwatch.ListPaths", parameters)["paths"]

    def agree(self, ask, run):
        """What a program says is what pathwatchd says at the same time; once, as things do change now and then."""
        for _ in range(10):
            before = ask()
            said = run()
            if ask() == before:
                self.assertEqual(said, before)
                self.assertNotEqual(before, [])
                return
        self.fail("there is no moment at which nothing changes")

    def leave_out(self, *rules):
        self.daemon.configure(QUIET + "[paths]\nexclude = %s\n" % json.dumps(rules))
        self.asks.call("io.pathwatch.Reload")

    def test_the_shell_lists_the_paths_that_are_not_usable(self):
        def run():
            return [json.loads(line) for line in output("bash", EXAMPLES + "unusable_paths.sh", self.daemon.socket).splitlines()]

        self.agree(self.unusable, run)

    def test_the_shell_says_that_nobody_listens(self):
        done = subprocess.run(["bash", EXAMPLES + "unusable_paths.sh", "/tmp/nobody.listens.here"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("No such file or directory", done.stderr)

    def test_python_lists_what_is_not_usable_and_follows_changes(self):
        with Lines("python3", EXAMPLES + "follow_paths.py", self.daemon.socket) as lines:
            _, first = lines.until("paths are not usable$")
            listed = lines.take(int(first.split()[0]))
            self.assertTrue(listed)
            for line in listed:
                self.assertRegex(line, r"^\d+:\d+:\d+:\d+ (%s): ." % "|".join(UNUSABLE + ["unknown"]))
            self.leave_out("path=0:0:0:1")
            lines.until(r"Z 0:0:0:1 \w+ -> removed: .")

    def test_python_resumes_where_the_connection_was_lost(self):
        with tempfile.TemporaryDirectory(dir="/tmp") as folder, Proxy(self.daemon.socket, folder + "/socket") as proxy:
            with Lines("python3", EXAMPLES + "follow_paths.py", folder + "/socket") as lines:
                lines.until("paths are not usable$")
                proxy.break_connection()
                lines.until("^no connection: ")
                self.leave_out("path=0:0:0:1")
                proxy.serve_again()
                before, _ = lines.until(r"Z 0:0:0:1 \w+ -> removed: .")
                self.assertNotIn("changes were lost", before)

    def test_python_begins_anew_after_a_restart(self):
        with Lines("python3", EXAMPLES + "follow_paths.py", self.daemon.socket) as lines:
            lines.until("paths are not usable$")
            self.daemon.stop()
            lines.until("^no connection: ")
            self.daemon.start()
            lines.until("^changes were lost$")
            lines.until("paths are not usable$")

    def test_go_lists_the_logical_units_that_have_lost_paths(self):
        program = self.go_build(EXAMPLES + "degraded_luns.go")

        def degraded():
            found = []
            for lun in self.asks.call("io.pathwatch.ListLuns")["luns"]:
                usable = lun["paths"]["up"] + lun["paths"]["ghost"]
                if usable < lun["paths"]["total"]:
                    found.append("%s %s %s/%s: %d of %d paths usable" % (lun["wwid"], lun["dm"], lun["vendor"], lun["product"], usable, lun["paths"]["total"]))
            return sorted(found)

        self.agree(degraded, lambda: sorted(output(program, self.daemon.socket).splitlines()))

    def test_another_parser_understands_the_interface(self):
        """That of github.com/varlink/go, of the description that pathwatchd hands out."""
        told = output(self.go_build("tests/clients/interface_members.go"), self.daemon.socket).splitlines()
        with open("proto/io.pathwatch.varlink", encoding="utf-8") as file:
            written = re.findall(r"^(type|method|error) (\w+)", file.read(), re.M)
        self.assertEqual(told, ["%s %s" % member for member in written])
        self.assertIn("method Watch", told)

    def go_build(self, source):
        folder = self.enterContext(tempfile.TemporaryDirectory(dir="/tmp"))
        environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": folder + "/cache", "GOFLAGS": "", "HOME": folder}
        output("go", "build", "-o", folder + "/program", source, env=environment)
        return folder + "/program"


if __name__ == "__main__":
    unittest.main()

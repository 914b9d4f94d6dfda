"""What pathwatch-exporter serves and says when the published state is lost, and when it is back."""
import os
import shutil
import struct
import tempfile
import time
import unittest

from tests.clients.pathwatchd import Pathwatchd
from tests.clients.storm import QUIET
from tests.clients.waiting import await_that
from tests.service.exporter.exporter import Exporter

# Of struct pw_header: the bytes before version_major and the heartbeat, neither of which has a checksum that would notice.
MAJOR_AT = 8
HEARTBEAT_AT = 16
READABLE = "pathwatch_state_readable"


def problem(name):
    return 'pathwatch_state_problem_info{problem="%s"}' % name


class PublishedStateTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Pathwatchd("--simulated", "200", conf=QUIET) as daemon:
            with open(os.path.dirname(daemon.socket) + "/state", "rb") as file:
                cls.good = file.read()

    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix="pathwatch.", dir="/tmp"))

    def put(self, content):
        """In one step, as pathwatchd replaces its file."""
        with open(self.folder + "/new", "wb") as file:
            file.write(content)
        os.chmod(self.folder + "/new", 0o640)
        os.replace(self.folder + "/new", self.folder + "/state")

    def put_good(self, heartbeat_age_s=0):
        heartbeat = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - heartbeat_age_s * 1_000_000_000
        self.put(self.good[:HEARTBEAT_AT] + struct.pack("<q", heartbeat) + self.good[HEARTBEAT_AT + 8:])

    def recovers(self, exporter):
        def good_again():
            self.put_good()  # on a slow machine the one before may be old by now
            return exporter.value(READABLE) == 1

        await_that("the state can be read again", good_again)
        self.assertIn("\npathwatch_path_info{", exporter.metrics())

    def loses(self, exporter, name):
        """The state is bad now, for a reason that the metrics and the log name."""
        self.assertEqual(exporter.value(READABLE), 0)
        self.assertEqual(exporter.value(problem(name)), 1)
        self.assertNotIn("\npathwatch_path_info{", exporter.metrics())

    def test_without_a_daemon_it_serves_and_says_once_why_there_is_nothing(self):
        with Exporter(self.folder) as exporter:
            for _ in range(3):
                self.loses(exporter, "no_file")
            self.assertEqual(exporter.count("there is no published state: start pathwatchd"), 1)
            self.recovers(exporter)
            self.assertEqual(exporter.count("can be read again"), 1)

    def test_heartbeat_that_has_stopped_is_noticed(self):
        self.put_good()
        with Exporter(self.folder) as exporter:
            self.put_good(heartbeat_age_s=11)
            self.loses(exporter, "stale")
            self.assertEqual(exporter.count("out of date: pathwatchd has ended or hangs"), 1)
            self.recovers(exporter)

    def test_other_content_of_the_file_is_survived(self):
        other_major = self.good[:MAJOR_AT] + struct.pack("<H", 99) + self.good[MAJOR_AT + 2:]
        cases = {
            "truncated": (self.good[:5000], "damaged"),
            "empty": (b"", "damaged"),
            "garbage": (os.urandom(100_000), "damaged"),
            "other_major": (other_major, "other_version"),
        }
        with Exporter(self.folder) as exporter:
            for what, (content, name) in cases.items():
                with self.subTest(what):
                    self.recovers(exporter)
                    self.put(content)
                    self.loses(exporter, name)
            self.recovers(exporter)

    def test_file_that_is_cut_while_it_is_open_is_survived(self):
        with Exporter(self.folder) as exporter:
            self.recovers(exporter)
            os.truncate(self.folder + "/state", 6000)
            self.assertEqual(exporter.value(READABLE), 0)
            self.recovers(exporter)

    def test_directory_that_is_made_again_is_found(self):
        inside = self.folder + "/run"
        with Exporter(inside) as exporter:
            self.assertEqual(exporter.value(READABLE), 0)
            self.put_good()
            shutil.copytree(self.folder, inside)
            await_that("it is found", lambda: self.put_good() or shutil.copy(self.folder + "/state", inside) and exporter.value(READABLE) == 1)


if __name__ == "__main__":
    unittest.main()

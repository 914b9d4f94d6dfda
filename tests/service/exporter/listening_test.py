"""Where pathwatch-exporter listens, and what it says when it cannot."""
import socket
import tempfile
import unittest

from tests.service.exporter.exporter import Exporter, run

BUSY = "another program has this port; end it, or choose another port"


class ListeningTest(unittest.TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory(prefix="pathwatch.", dir="/tmp"))

    def write(self, text):
        with open(self.folder + "/pathwatch.toml", "w", encoding="utf-8") as file:
            file.write(text)
        return self.folder + "/pathwatch.toml"

    def test_port_that_is_in_use_is_taken_as_soon_as_it_is_free(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            exporter = self.enterContext(Exporter(self.folder, listen="127.0.0.1:%d" % port, awaited=BUSY))
        exporter.await_line("serving")
        self.assertEqual(exporter.port, port)
        self.assertEqual(exporter.value("pathwatch_state_readable"), 0)
        self.assertEqual(exporter.count("cannot listen"), 1)

    def test_it_can_be_ended_while_it_waits(self):
        # Of a network that exists in documents only.
        with Exporter(self.folder, listen="192.0.2.1:9837", awaited="this host does not have that address") as exporter:
            exporter.stop()
            self.assertEqual(exporter.count("cannot listen on 192.0.2.1:9837: "), 1)
            self.assertEqual(exporter.count("serving"), 0)

    def test_port_of_an_exporter_that_has_just_ended_is_free(self):
        with Exporter(self.folder) as first:
            first.metrics()
            port = first.port
        with Exporter(self.folder, listen="127.0.0.1:%d" % port) as second:
            self.assertEqual(second.port, port)

    def test_address_that_is_none_is_refused_with_what_is_expected(self):
        for text in ("9837", ":9837", "localhost:9837", "[::1]:9837", "127.0.0.1:65536", ""):
            status, said = run("--config", "", "--listen", text)
            self.assertEqual(status, 2, text)
            self.assertRegex(said, r"^pathwatch-exporter: --listen: .*expected is an IPv4 address and a port, as \"127.0.0.1:9837\"", text)

    def test_bad_configuration_is_refused_with_file_and_line(self):
        cases = {
            '[metrics]\nlisten = "9837"\n': ":2: metrics.listen: ",
            '[metrics]\nper_path = "some"\n': ':2: metrics.per_path: "some" is not one of "auto", "all", "problem", "none"',
            '[metrics]\nall_paths_max = "10"\n': ":2: metrics.all_paths_max: ",
            '[metrics]\nrequest_timeout = 10\n': ':2: metrics.request_timeout: 10 has no unit: write "10s"',
            '[metrics]\nlisen = "x"\n': "did you mean listen?",
            '[check]\nintervall = "1s"\n': "did you mean interval?",
        }
        for text, expected in cases.items():
            status, said = run("--config", self.write(text))
            self.assertEqual(status, 2, text)
            self.assertIn("pathwatch-exporter: " + self.folder, said)
            self.assertIn(expected, said)

    def test_what_the_command_line_says_wins_over_the_file(self):
        file = self.write('[daemon]\nrun_dir = "/nowhere"\n[metrics]\nlisten = "192.0.2.1:1"\nper_path = "none"\n')
        with Exporter(self.folder, "--config", file) as exporter:
            self.assertEqual(exporter.count("from %s/state" % self.folder), 1)
            self.assertEqual(exporter.value('pathwatch_exporter_per_path_info{mode="none"}'), 1)

    def test_file_that_is_named_must_exist(self):
        status, said = run("--config", "/no/such/file.toml")
        self.assertEqual(status, 2)
        self.assertIn("pathwatch-exporter: /no/such/file.toml", said)

    def test_option_that_it_does_not_have_is_named(self):
        for option in ("--interval", "--prot"):
            status, said = run(option, "1s")
            self.assertEqual(status, 2)
            self.assertIn(option, said)


if __name__ == "__main__":
    unittest.main()

"""libpathwatch as it is installed: what it exports and needs, and that programs of others build with it and read what pathwatchd publishes."""
import os
import re
import subprocess
import tarfile
import tempfile
import unittest

from tests.clients.pathwatchd import Pathwatchd
from tests.clients.waiting import await_that

TREE = os.environ["LIBPATHWATCH"]
EXAMPLE = "deploy/libpathwatch/path_state.c"
STRICT = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-D_POSIX_C_SOURCE=200809L"]
# Prints the state of each path, and the version of the daemon.
LISTING = r"""
#include <pathwatch/state_names.h>
#include <pathwatch/state_reader.h>
#include <stdio.h>
int main(int argc, char** argv) {
  struct pw_reader reader;
  struct pw_header header;
  uint32_t count = 0;
  if (argc != 2 || pw_open(argv[1], &reader) != PW_OK || pw_path_count(&reader, &count) != PW_OK) return 1;
  for (uint32_t i = 0; i < count; i++) {
    struct pw_path_record path;
    if (pw_read_path(&reader, i, &path) == PW_OK) printf("%s\n", pw_state_name(path.state));
  }
  if (pw_header_snapshot(&reader, &header) != PW_OK) return 1;
  pw_close(&reader);
  printf("version %s\n", header.daemon_version);
  return 0;
}
"""


def output(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, "%s has ended with status %d: %s" % (command, done.returncode, done.stderr)
    return done.stdout


class LibraryTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.prefix = self._folder.name + "/prefix"
        with tarfile.open(TREE) as tree:
            tree.extractall(self.prefix)
        self.library = self.prefix + "/lib/libpathwatch.so.1"
        self.sanitized = "__asan_init" in output("nm", "--dynamic", self.library)

    def pkg_config(self, *arguments):
        return output("pkg-config", *arguments, "pathwatch", env=dict(os.environ, PKG_CONFIG_PATH=self.prefix + "/lib/pkgconfig")).split()

    def compiled(self, source, compiler="cc", flags=STRICT):
        program = self._folder.name + "/program"
        instrumented = ["-fsanitize=address,undefined"] if self.sanitized else []
        output(compiler, *flags, *instrumented, source, "-o", program, *self.pkg_config("--cflags", "--libs"))
        return program

    def run_program(self, *command):
        return subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ, LD_LIBRARY_PATH=self.prefix + "/lib"))

    def test_exports_what_its_headers_declare_and_nothing_else(self):
        declared = set()
        for header in ("state_names.h", "state_reader.h"):
            with open(self.prefix + "/include/pathwatch/" + header, encoding="utf-8") as file:
                code = re.sub(r"//.*", "", file.read())
                declared |= set(re.findall(r"^(?:enum pw_result|const char\*|uint64_t|void) (pw_\w+)\(", code, re.M))
        exported = {line.split()[2].split("@")[0] for line in output("nm", "--dynamic", "--defined-only", self.library).splitlines() if " T " in line}
        self.assertEqual(exported, declared)
        self.assertIn("pw_find_path_of_device", exported)

    def test_needs_nothing_but_the_c_library(self):
        if self.sanitized:
            self.skipTest("the sanitizers' own libraries are needed besides")
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "--dynamic", self.library))
        self.assertEqual(needed, ["libc.so.6"])

    def test_a_program_of_others_reads_what_the_daemon_publishes(self):
        source = self._folder.name + "/listing.c"
        with open(source, "w", encoding="utf-8") as file:
            file.write(LISTING)
        with Pathwatchd("--simulated", "20", "--simulated-calm") as daemon:
            for compiler, flags in (("cc", STRICT), ("c++", ["-x", "c++", "-std=c++17", "-Wall", "-Wextra", "-Werror"])):
                program = self.compiled(source, compiler, flags)

                def settled():
                    lines = self.run_program(program, daemon.run_dir + "/state").stdout.splitlines()
                    return len(lines) == 21 and set(lines[:-1]) <= {"up", "ghost"}

                await_that("the program sees 20 usable paths", settled)
        version = self.pkg_config("--modversion")
        self.assertEqual(self.run_program(program, "/nonexistent").returncode, 1)
        self.assertRegex(version[0], r"^\d+\.\d+\.\d+$")

    def test_the_example_builds_and_refuses_what_is_no_disk(self):
        program = self.compiled(EXAMPLE)
        done = self.run_program(program, "/dev/null")
        self.assertEqual(done.returncode, 2)
        self.assertIn("with a disk such as /dev/sdc", done.stderr)


if __name__ == "__main__":
    unittest.main()

"""What scrapes cost: how long one takes, what pathwatchd notices of them, and what memory pathwatch-exporter keeps."""
import contextlib
import os
import re
import socket
import statistics
import subprocess
import tempfile
import threading
import time

from precedence import precedence

PATHS = 10_000
SCRAPERS = 4
# Of each kind, in turns: quiet and scraped.
LAG_ROUNDS = 5
LAG_SECONDS = 8
LATE_S = 0.01


class Exporter:
    """pathwatchd on a simulated fabric, and pathwatch-exporter, while the `with` block runs."""

    def __init__(self, built, *options):
        self._built = built
        self._options = options
        self._stack = contextlib.ExitStack()

    def __enter__(self):
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp"))
        daemon = ["daemon/pathwatchd", "--simulated", str(PATHS), "--simulated-calm", "--log-level", "error", *self._options]
        self.daemon = self._start(folder, daemon, stdout=subprocess.DEVNULL)
        # The first round of checks is a burst; after ten seconds there is only the usual interval.
        time.sleep(10)
        exporter = self._start(folder, ["exporter/pathwatch-exporter", "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        self.pid = exporter.pid
        self._port = int(re.search(r":(\d+)/metrics", exporter.stderr.readline()).group(1))
        return self

    def _start(self, folder, command, **options):
        program = os.path.join(self._built, "service", command[0])
        process = subprocess.Popen([program, "--config", "", "--run-dir", folder + "/run", *command[1:]], **options)
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        return process

    def __exit__(self, *_):
        self._stack.close()

    def scrape(self, compressed=False):
        """Everything that comes, from the call to the last byte."""
        wanted = b"Accept-Encoding: gzip\r\n" if compressed else b""
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n%s\r\n" % wanted)
            pieces = iter(lambda: connection.recv(1 << 20), b"")
            return b"".join(pieces)

    def lag(self):
        """Of pathwatchd's event loop since its start: how often, how long altogether in seconds, how often not later than LATE_S."""
        text = self.scrape().decode()
        names = ("_count", "_sum", '_bucket{le="%g"}' % LATE_S)
        return [float(re.search("^pathwatch_loop_lag_seconds%s (.*)$" % re.escape(name), text, re.M).group(1)) for name in names]

    def rss_mb(self):
        with open("/proc/%d/status" % self.pid, encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


@contextlib.contextmanager
def scrapers(exporter, enough=None):
    """Scrape one after the other while the `with` block runs, at most `enough` times altogether, half of them compressed."""
    over = threading.Event()
    left = iter(range(enough if enough else 1 << 30))
    lock = threading.Lock()

    def run():
        # Clients are elsewhere as a rule: they must not take the machine from the daemon here.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        while not over.is_set():
            with lock:
                number = next(left, None)
            if number is None:
                return
            exporter.scrape(compressed=number % 2 == 0)

    threads = [threading.Thread(target=run) for _ in range(SCRAPERS)]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        over.set()
        for thread in threads:
            thread.join()


def scrape_rows(built):
    rows = []
    name = "scrape_of_%d_simulated_paths" % PATHS
    with Exporter(built) as exporter, precedence(exporter.daemon.pid, exporter.pid, 0):
        for compressed in (False, True):
            times = []
            for _ in range(15):
                begin = time.perf_counter()
                size = len(exporter.scrape(compressed))
                times.append(1e3 * (time.perf_counter() - begin))
            kind = name + ("_gzip" if compressed else "")
            rows += [(kind, "wall_ms", statistics.median(times), None if compressed else 250), (kind, "megabytes", size / 1e6)]
    return rows


def lag_while(exporter, block):
    """The mean in microseconds, and how many of 100 are later than LATE_S."""
    before = exporter.lag()
    with block:
        time.sleep(LAG_SECONDS)
    count, total, in_time = (after - earlier for after, earlier in zip(exporter.lag(), before))
    return 1e6 * total / count, 100 * (1 - in_time / count)


def lag_rows(built):
    quiet, scraped = [], []
    with Exporter(built) as exporter:
        for _ in range(LAG_ROUNDS):
            quiet.append(lag_while(exporter, contextlib.nullcontext()))
            scraped.append(lag_while(exporter, scrapers(exporter)))
    names = ("daemon_not_scraped", "daemon_with_%d_scrapers" % SCRAPERS)
    mean, late = ([statistics.median(sample[at] for sample in samples) for samples in (quiet, scraped)] for at in (0, 1))
    return [
        (names[0], "loop_lag_mean_us", mean[0]),
        (names[1], "loop_lag_mean_us", mean[1], None, names[0], round(mean[1] / mean[0], 3)),
        (names[0], "loop_lag_percent_above_10ms", late[0]),
        (names[1], "loop_lag_percent_above_10ms", late[1], 1),
    ]


def memory_rows(built):
    sizes = []
    with Exporter(built) as exporter:
        for count in (100, 900):
            with scrapers(exporter, count) as threads:
                for thread in threads:
                    thread.join()
            sizes.append(exporter.rss_mb())
    baseline = "exporter_after_100_scrapes"
    return [(baseline, "rss_mb", sizes[0]), ("exporter_after_1000_scrapes", "rss_mb", sizes[1], 1.5, baseline, round(sizes[1] / sizes[0], 3))]


def measure(built):
    """(name, metric, value[, bound[, baseline, ratio]]) with the programs of that bazel-bin."""
    return scrape_rows(built) + memory_rows(built) + lag_rows(built)

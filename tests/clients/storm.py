"""Thousands of changes per second: paths leave the configuration and come back, reload after reload."""
import threading

# What stands still and what happens by itself are the same to a client; so nothing happens by itself in the end.
QUIET = '[check]\ninterval = "1h"\ndeadline = "1s"\nrefresh = "0s"\n'
BUSY = '[check]\ninterval = "100ms"\ndeadline = "100ms"\n'


class Storm:
    """Runs while the `with` block does, and leaves all paths watched and hardly anything happening. As soon as `reader` is set it waits, before it goes on,
    until the reader's `sequence` has come near: a slow machine then has a slower storm, not a reader that loses changes."""

    def __init__(self, daemon, draw):
        self._daemon = daemon
        self._draw = draw
        self._over = threading.Event()
        self._failure = None
        self.reader = None
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._over.set()
        self._thread.join()
        if kind is None and self._failure is not None:
            raise self._failure

    def _run(self):
        try:
            with self._daemon.connect() as connection:
                while not self._over.is_set():
                    self._reload(connection, BUSY + "[paths]\nexclude = [%s]\n" % self._left_out())
                    self._let_reader_come(connection)
                self._reload(connection, QUIET)
        except Exception as failure:  # told in the thread of the test
            self._failure = failure

    def _let_reader_come(self, connection):
        # What is published may lag a little behind; the log of changes has room for that.
        last = connection.call("io.pathwatch.GetStatus")["daemon"]["counters"]["last_change"]
        while self.reader is not None and (self.reader.sequence or 0) < last and not self._over.wait(0.01):
            pass

    def _left_out(self):
        """A whole I_T nexus, and some single paths."""
        rules = ["path=%d:*:%d:%d" % (self._draw.randrange(4), self._draw.randrange(4), self._draw.randrange(100)) for _ in range(5)]
        rules.append("path=%d:*:%d:*" % (self._draw.randrange(4), self._draw.randrange(4)))
        return ", ".join('"%s"' % rule for rule in rules)

    def _reload(self, connection, conf):
        self._daemon.configure(conf)
        connection.call("io.pathwatch.Reload")

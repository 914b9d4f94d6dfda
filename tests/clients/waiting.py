"""Waiting for something to happen, with an end."""
import time

# A test that waits for longer has failed; long enough for a busy machine and the sanitizers.
PATIENCE_S = 60


def await_that(what, holds, patience_s=PATIENCE_S):
    """Returns what `holds` returns as soon as it is true."""
    begin = time.monotonic()
    while True:
        result = holds()
        if result:
            return result
        assert time.monotonic() - begin < patience_s, "waited %d s in vain: %s" % (patience_s, what)
        time.sleep(0.01)

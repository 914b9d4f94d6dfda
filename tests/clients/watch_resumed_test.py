"""Watch in a storm of changes: whoever follows it, however often the connection breaks, has pathwatchd's own picture."""
import unittest

from tests.clients import seed
from tests.clients.pathwatchd import Pathwatchd
from tests.clients.picture import Picture
from tests.clients.reference import Reference
from tests.clients.storm import BUSY, QUIET, Storm

PATHS = 2_000
WATCH = "io.pathwatch.Watch"
BROKEN = ["down", "no_answer", "unmapped", "unavailable", "unknown"]
CHANGES_KEPT = 16_384  # by pathwatchd, if there are so few paths
# That have been told, and lie in the socket or in pathwatchd while the client does not read. A change has more than 100 bytes.
CHANGES_UNREAD = 500_000 // 100


def take_until(connection, picture, done):
    picture.apply(connection.reply())
    while not done():
        picture.apply(connection.reply())


def listed(daemon, states):
    parameters = {"fields": ["path", "state"], "filter": {"states": states or []}}
    with daemon.connect() as connection:
        paths = connection.call("io.pathwatch.ListPaths", parameters)["paths"]
    return {path["path"]: path["state"] for path in paths if path["state"] != "removed"}


class Follower:
    """Follows Watch in one connection after the other."""

    def __init__(self, daemon, wanted=None):
        self.picture = Picture(wanted)
        self.killed_in_snapshot = 0
        self.killed_within_a_reply = 0
        self._daemon = daemon

    def catch_up(self):
        """Until all is told that had happened when pathwatchd read the call."""
        with self._connect() as connection:
            take_until(connection, self.picture, lambda: self.picture.complete)

    def follow(self, bytes_max):
        """Takes what comes until so many bytes have come, and is gone."""
        with self._connect() as connection:
            while bytes_max > 0:
                bytes_max -= connection.receive(min(bytes_max, 1 << 16))
                for reply in connection.take():
                    self.picture.apply(reply)
            self.killed_in_snapshot += not self.picture.resumable
            self.killed_within_a_reply += connection.within_a_reply()

    def _connect(self):
        connection = self._daemon.connect()
        connection.send(WATCH, self.picture.begin(), more=True)
        return connection


class WatchResumedTest(unittest.TestCase):
    maxDiff = 2_000

    def setUp(self):
        self.draw = seed.draw()
        self.daemon = Pathwatchd("--simulated", str(PATHS), "--simulated-seed", str(self.draw.randrange(1 << 32)), conf=BUSY)
        self.enterContext(self.daemon)

    def was_right(self, reference, picture):
        """The picture is what the reference says of the same moment."""
        states = reference.states_at(picture.sequence)
        if picture.wanted:
            states = {path: state for path, state in states.items() if state in picture.wanted}
        self.assertEqual(picture.states, states)

    def is_right(self, picture):
        """The picture is what pathwatchd lists at a moment at which nothing changes."""
        follower = Follower(self.daemon)
        follower.picture = picture
        for _ in range(100):
            follower.catch_up()
            before = picture.sequence
            truth = listed(self.daemon, picture.wanted)
            follower.catch_up()
            if picture.sequence == before:
                self.assertEqual(picture.states, truth)
                return
        self.fail("pathwatchd does not come to rest")

    def kill_often(self, follower, reference, times):
        for _ in range(times):
            if self.draw.random() < 0.2:
                follower.picture.forget()
            # Some within the first replies, some after many.
            follower.follow(self.draw.choice([int(2 ** self.draw.uniform(0, 16)), self.draw.randrange(1, 400_000)]))
            if follower.picture.resumable:
                self.was_right(reference, follower.picture)

    def let_pass(self, changes):
        """Yields the last sequence now and then until so many changes have happened."""
        seen = Follower(self.daemon)
        seen.catch_up()
        end = seen.picture.sequence + changes
        while seen.picture.sequence < end:
            yield seen.picture.sequence
            seen.catch_up()

    def test_a_watcher_killed_100_times_has_the_right_picture(self):
        follower = Follower(self.daemon)
        with self.daemon.connect() as connection, Storm(self.daemon, self.draw) as storm:
            storm.reader = reference = Reference(connection)
            follower.follow(10_000)  # in the snapshot, for certain
            self.kill_often(follower, reference, 49)
            follower.catch_up()
            for sequence in self.let_pass(CHANGES_KEPT + 1):  # nobody remembers where it was
                reference.states_at(sequence)
            follower.catch_up()
            self.assertEqual(follower.picture.times_lost, 1)
            self.kill_often(follower, reference, 50)
        print("%d changes; killed %d times in a snapshot, %d times within a reply" % (follower.picture.changes, follower.killed_in_snapshot, follower.killed_within_a_reply))
        self.assertGreater(follower.killed_within_a_reply, 0)
        self.is_right(follower.picture)
        self.assertGreater(len(follower.picture.states), PATHS * 9 // 10)

    def test_a_watcher_of_some_states_killed_30_times_has_the_right_picture(self):
        follower = Follower(self.daemon, BROKEN)
        with self.daemon.connect() as connection, Storm(self.daemon, self.draw) as storm:
            storm.reader = Reference(connection)
            self.kill_often(follower, storm.reader, 30)
        self.is_right(follower.picture)
        self.assertGreater(follower.picture.changes, 0)

    def test_each_snapshot_taken_in_the_storm_is_right_in_itself(self):
        with self.daemon.connect() as connection, Storm(self.daemon, self.draw) as storm:
            storm.reader = reference = Reference(connection)
            for number in range(100):
                follower = Follower(self.daemon, BROKEN if number % 2 else None)
                follower.catch_up()
                self.was_right(reference, follower.picture)

    def test_whoever_reads_all_the_time_hears_of_each_change_once_and_in_order(self):
        picture = Picture()
        with self.daemon.connect() as connection:
            connection.send(WATCH, picture.begin(), more=True)
            with Storm(self.daemon, self.draw) as storm:
                storm.reader = picture
                take_until(connection, picture, lambda: picture.changes > 2 * CHANGES_KEPT)
            now = Follower(self.daemon)
            now.catch_up()
            take_until(connection, picture, lambda: picture.sequence >= now.picture.sequence)
        self.assertEqual(picture.times_lost, 0)
        self.is_right(picture)

    def test_whoever_reads_too_slowly_loses_changes_and_still_has_the_right_picture(self):
        slow = Picture()
        with self.daemon.connect() as connection:
            connection.send(WATCH, slow.begin(), more=True)
            take_until(connection, slow, lambda: slow.complete)
            with Storm(self.daemon, self.draw):
                for _ in self.let_pass(CHANGES_KEPT + CHANGES_UNREAD):
                    connection.receive(100)
            take_until(connection, slow, lambda: slow.times_lost > 0 and slow.complete)
            now = Follower(self.daemon)
            now.catch_up()
            take_until(connection, slow, lambda: slow.sequence >= now.picture.sequence)
        self.is_right(slow)

    def test_after_a_restart_a_watcher_begins_anew(self):
        follower = Follower(self.daemon)
        follower.catch_up()
        epoch = follower.picture.epoch
        self.daemon.stop()
        self.daemon.configure(QUIET)
        self.daemon.start()
        follower.catch_up()
        self.assertEqual(follower.picture.times_lost, 1)
        self.assertNotEqual(follower.picture.epoch, epoch)
        self.is_right(follower.picture)


if __name__ == "__main__":
    unittest.main()

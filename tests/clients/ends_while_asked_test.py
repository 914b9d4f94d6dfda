"""pathwatchd ends in good order while clients wait for it. A crash or a finding of the sanitizers is an exit status that is not 0."""
import unittest

from tests.clients.pathwatchd import Pathwatchd
from tests.clients.storm import BUSY


class EndsWhileAskedTest(unittest.TestCase):
    def test_pathwatchd_ends_while_calls_of_each_kind_are_in_progress(self):
        # Few enough that all can be probed, and some of them do not answer.
        with Pathwatchd("--simulated", "1000", conf=BUSY) as daemon:
            with daemon.connect() as asks:
                paths = [path["path"] for path in asks.call("io.pathwatch.ListPaths", {"fields": ["path"]})["paths"]]
            clients = [daemon.connect() for _ in range(40)]
            for number, client in enumerate(clients):
                [
                    lambda: client.send("io.pathwatch.Watch", more=True),
                    lambda: client.send("io.pathwatch.Probe", {"paths": paths[:100]}),
                    lambda: client.send("io.pathwatch.ListPaths", {"page": 1}, more=True),
                    lambda: client.send("io.pathwatch.Reload"),
                ][number % 4]()
            # Calls take turns: when this one is answered, all others have begun.
            with daemon.connect() as last:
                last.call("io.pathwatch.GetStatus")
            daemon.stop()
            for client in clients:
                client.close()


if __name__ == "__main__":
    unittest.main()

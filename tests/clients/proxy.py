"""A socket in front of pathwatchd's, whose connections can be broken without pathwatchd being restarted."""
import contextlib
import socket
import threading


class Proxy:
    """Serves one client after the other while the `with` block runs."""

    def __init__(self, target, path):
        self._target = target
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen()
        self._serving = threading.Event()
        self._serving.set()
        self._over = False
        self._ends = []
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over = True
        self._serving.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._shut()
        self._thread.join()
        self._listener.close()

    def break_connection(self):
        """Who connects from now on waits until `serve_again`."""
        self._serving.clear()
        self._shut()

    def serve_again(self):
        self._serving.set()

    def _shut(self):
        for end in self._ends:
            with contextlib.suppress(OSError):  # it has ended by itself
                end.shutdown(socket.SHUT_RDWR)

    def _run(self):
        with contextlib.suppress(OSError):  # the listener was shut
            while not self._over:
                client, _ = self._listener.accept()
                self._serving.wait()
                self._pass_on(client)

    def _pass_on(self, client):
        """The one call that it makes, and then all replies."""
        with client, socket.socket(socket.AF_UNIX) as daemon, contextlib.suppress(OSError):
            daemon.connect(self._target)
            self._ends = [client, daemon]
            daemon.sendall(client.recv(1 << 16))
            while some := daemon.recv(1 << 16):
                client.sendall(some)

"""A place on this machine that notices whoever connects to it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Listener:
    """Accepts every connection, remembers what it said first, and answers nothing."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._heard: list[bytes] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """host:port"""
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    @property
    def heard(self) -> list[bytes]:
        """What connections have said so far. Connects itself first: whoever came before has been heard then."""
        with socket.create_connection(self._socket.getsockname()) as own:
            own.sendall(b"mark")
        deadline = time.monotonic() + 10
        while b"mark" not in self._heard and time.monotonic() < deadline:
            time.sleep(0.01)
        found = [one for one in self._heard if one != b"mark"]
        self._heard[:] = found
        return found

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(0.5)
                try:
                    self._heard.append(connection.recv(4096))
                except OSError:
                    self._heard.append(b"")


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()
    try:
        yield listener
    finally:
        listener.close()

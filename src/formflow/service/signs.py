"""Where a monitor asks how the service is: `/healthz` and `/metrics` over HTTP, meant for this machine or a network of machines.

In: the address to listen on, and what to answer. Out: nothing but these two pages. One request at a time, each within seconds; no body
is read, nothing can be changed, nothing about a person is told.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

from formflow.errors import ConfigurationError, EnvironmentFailure, in_words
from formflow.service.logs import LOG
from formflow.service.pulse import Health

_PATIENCE_S = 5.0
_LAST_PORT = 65535
_ADDRESS = re.compile(r"(?P<host>[\w.-]+):(?P<port>\d{1,5})", re.ASCII)


def address_of(text: str) -> tuple[str, int]:
    """Host and port of "127.0.0.1:8642". Raises ConfigurationError."""
    written = _ADDRESS.fullmatch(text)
    if written is None or int(written["port"]) > _LAST_PORT:
        raise ConfigurationError(
            f"“{text}”不是地址（formflow.toml 的 [serve] listen，或 --listen）",
            "请写成 127.0.0.1:8642 这样的地址和端口。",
        )
    return written["host"], int(written["port"])


@contextmanager
def shown(listen: str, health: Callable[[], Health], metrics: Callable[[], str]) -> Iterator[int]:
    """Answers on `listen` for as long as the block lasts; gives the port. Raises EnvironmentFailure if the address is taken."""

    class Handler(_Handler):
        pages: ClassVar = {"/healthz": lambda: _health_page(health()), "/metrics": lambda: (200, metrics())}

    host, port = address_of(listen)
    try:
        server = _Server((host, port), Handler)
    except OSError as error:
        raise EnvironmentFailure(
            f"不能在 {listen} 上提供运行状态：{in_words(error)}",
            "请检查 formflow.toml 的 [serve] listen，换一个没有被占用的端口。",
        ) from error
    thread = threading.Thread(target=server.serve_forever, name="formflow-signs", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _health_page(health: Health) -> tuple[int, str]:
    said = f"{health.sentence}\n" if health.sentence else ""
    return (200, "ok\n") if health.is_well else (503, f"{health.reason}\n{said}")


class _Server(HTTPServer):
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A monitor that hangs up is its own affair; what we do wrong is for the log."""
        LOG.warning("运行状态没有答复成", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, Callable[[], tuple[int, str]]]]
    timeout = _PATIENCE_S
    server_version, sys_version = "formflow", ""

    def do_GET(self) -> None:
        page = self.pages.get(self.path.partition("?")[0])
        status, text = page() if page else (404, "not found\n")
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        """Being asked every few seconds is nothing to note."""

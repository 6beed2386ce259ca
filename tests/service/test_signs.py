from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from formflow.errors import ConfigurationError, EnvironmentFailure
from formflow.service.pulse import Health
from formflow.service.signs import address_of, shown

WELL = Health(True)
METRICS = 'formflow_papers_total{result="accepted"} 1\n'


@contextmanager
def answering(health: Health = WELL) -> Iterator[http.client.HTTPConnection]:
    with shown("127.0.0.1:0", lambda: health, lambda: METRICS) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        yield connection
        connection.close()


def ask(connection: http.client.HTTPConnection, path: str, method: str = "GET") -> tuple[int, str]:
    connection.request(method, path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_both_pages() -> None:
    with answering() as connection:
        assert ask(connection, "/healthz") == (200, "ok\n")
        assert ask(connection, "/metrics?x=1") == (200, METRICS)
        assert ask(connection, "/healthz", "HEAD") == (200, "")


def test_an_unwell_service_says_why_in_a_word() -> None:
    with answering(Health(False, "failing")) as connection:
        assert ask(connection, "/healthz") == (503, "failing\n")
    with answering(Health(False, "failing", "磁盘已满。")) as connection:
        assert ask(connection, "/healthz") == (503, "failing\n磁盘已满。\n")


@pytest.mark.parametrize(
    ("path", "method", "status"), [("/", "GET", 404), ("/../etc/passwd", "GET", 404), ("/metrics", "POST", 501)]
)
def test_nothing_else(path: str, method: str, status: int) -> None:
    with answering() as connection:
        assert ask(connection, path, method)[0] == status


def test_nothing_is_said_of_the_program_or_the_machine() -> None:
    with answering() as connection:
        connection.request("GET", "/healthz")
        assert connection.getresponse().getheader("Server") == "formflow "
        connection.close()


def test_whoever_talks_nonsense_or_hangs_up_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    with answering() as connection:
        for words in (b"\x00\xff\r\n\r\n", b"GET /metrics HTTP/1.1\r\n", b""):
            with socket.create_connection(("127.0.0.1", connection.port), timeout=5) as other:
                other.sendall(words)
        assert ask(connection, "/healthz") == (200, "ok\n")


def test_an_address_that_is_taken_is_said() -> None:
    with (
        shown("127.0.0.1:0", lambda: Health(True), lambda: "") as port,
        pytest.raises(EnvironmentFailure, match=f"127.0.0.1:{port} 上提供运行状态：端口已被占用"),
        shown(f"127.0.0.1:{port}", lambda: Health(True), lambda: ""),
    ):
        pass


def test_the_address_is_free_again() -> None:
    with shown("127.0.0.1:0", lambda: Health(True), lambda: "") as port:
        pass
    with shown(f"127.0.0.1:{port}", lambda: Health(True), lambda: "") as again:
        assert again == port


@pytest.mark.parametrize("text", ["8642", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "http://x:1", "a b:1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="不是地址"):
        address_of(text)


def test_addresses() -> None:
    assert address_of("0.0.0.0:8642") == ("0.0.0.0", 8642)
    assert address_of("localhost:1") == ("localhost", 1)

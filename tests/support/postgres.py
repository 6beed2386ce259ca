"""A PostgreSQL server of the tests' own: in a folder under /tmp, on a socket in it, ended with the block.

Its language is Chinese (ICU), so that whatever relies on the order of bytes shows. The server refuses to be root's: it runs as `postgres` then.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

USER = "formflow"
_numbers = count(1)
_SETTINGS = "-c listen_addresses='' -c max_connections=60"


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1]
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """Makes a database, empty or as another one that nobody is connected to; its URL."""
        import psycopg

        database = f"register{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database} TEMPLATE {template}".encode())
        return self.url(database)

    def restart(self) -> None:
        """As a crash would: every connection is cut."""
        _control(self.folder, "restart", "-m", "immediate")


def asked(url: str, query: str) -> list[tuple[Any, ...]]:
    """What a query answers."""
    import psycopg

    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def tell(url: str, statement: str) -> None:
    """Does what has no answer, outside of a transaction."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def server(*, is_durable: bool = False, port: int = 0) -> Iterator[Server]:
    """`is_durable`: every commit is synced, as in an office. `port`: where it listens on this machine's own address, too."""
    folder = Path(tempfile.mkdtemp(prefix="ff-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        language = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh")
        _do("initdb", "-D", str(folder / "data"), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", *language)
        heard = f"-c listen_addresses=127.0.0.1 -c port={port}" if port else ""
        _control(folder, "start", "-o", f"-k {folder} {_SETTINGS} -c fsync={'on' if is_durable else 'off'} {heard}")
        try:
            yield Server(folder)
        finally:
            _control(folder, "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _control(folder: Path, *arguments: str) -> None:
    _do("pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-t", "240", *arguments)


def _do(program: str, *arguments: str) -> None:
    found = programs()
    assert found is not None
    as_its_user = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    command = [*as_its_user, str(found / program), *arguments]
    # Output goes nowhere: the server would keep a pipe open.
    subprocess.run(command, check=True, cwd="/tmp", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)

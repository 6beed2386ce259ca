"""Registers that earlier versions wrote are brought up to date with everything in them, after a copy.

`registers/<n>.sql.gz` are dumps of homes that worked with n migrations: one application accepted, one to be completed, a list of honours.
They are what those versions wrote and are not made anew.
"""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formflow.register.setup import close_register, open_register
from formflow.service.home import Home

REGISTERS = sorted((Path(__file__).parent / "registers").glob("*.sql.gz"))
# Tables whose rows an upgrade may add to: entries of the upgrade itself.
_GROWING = {"django_migrations", "register_event", "sqlite_sequence"}


def rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


@pytest.fixture(params=REGISTERS, ids=lambda path: path.name[:4])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A home with the register of an earlier version."""
    home = Home(tmp_path)
    home.prepare()
    with closing(sqlite3.connect(home.register)) as connection:
        connection.executescript(gzip.decompress(request.param.read_bytes()).decode("utf-8"))
    yield home
    close_register()


def test_there_are_registers_of_several_versions() -> None:
    assert len(REGISTERS) >= 3


def test_nothing_is_lost_and_a_copy_is_kept(home: Home) -> None:
    before = rows(home.register)
    open_register(home.register)
    close_register()
    after = rows(home.register)
    assert before["register_case"] == 2
    assert {name: after[name] for name in before if name not in _GROWING} == {
        name: count for name, count in before.items() if name not in _GROWING
    }
    (copy,) = (home.state / "backup").iterdir()
    assert rows(copy) == before
    with closing(sqlite3.connect(home.register)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_chain_and_every_row_stand_and_cases_are_found(home: Home) -> None:
    open_register(home.register)
    from formflow.register import overview
    from formflow.service.audit import verify

    result = verify(home, (), datetime(2026, 11, 22, tzinfo=UTC))
    assert (result.verdict.broken, result.faults) == (None, ())
    assert result.verdict.count >= 5
    found = {line.unit: line.outcome for line in overview.case_lines(incomplete_only=False)}
    assert found == {"通泽区临溪科技园区职工服务中心": "accepted", "滨梧县菱塘镇职工服务中心": "supplement"}

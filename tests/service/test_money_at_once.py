"""Two processes with the same money at the same moment, on SQLite and on PostgreSQL, and one killed on PostgreSQL (on SQLite:
`test_kill_payment`): nobody is paid twice, and nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support import money_at_once, money_killed
from support.postgres import Server
from support.shared_register import alone, processes


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str | None:
    if request.param == "sqlite":
        return None
    running: Server = request.getfixturevalue("server")
    return running.create()


def at_once(begin: Callable[..., list[str]], home: Path, url: str | None) -> list[tuple[str, str]]:
    claims = alone(begin, home, url)
    assert len(claims) == 2
    with processes(2) as pool:
        running = [pool.submit(money_at_once.work_on, home, url, claim, 1) for claim in claims]
        return [done for future in running for done in future.result(timeout=120)]


def test_two_approvals_of_one_notice_pay_once(url: str | None, tmp_path: Path) -> None:
    results = at_once(money_at_once.two_approvals, tmp_path, url)
    assert sorted(result for result, _ in results).count("approved") == 1, results
    paid = [("乐学托管班", 20_000), ("新驿站", 10_000)]
    assert alone(money_at_once.standing, tmp_path, url) == (paid, {"新驿站": 0, "乐学托管班": 0})


def test_two_lists_of_one_project_are_one_account(url: str | None, tmp_path: Path) -> None:
    results = at_once(money_at_once.two_lists, tmp_path, url)
    assert [result for result, _ in results] == ["listed", "listed"]
    assert alone(money_at_once.standing, tmp_path, url) == ([], {"新驿站": 30_000, "乐学托管班": 20_000})


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX systems")
def test_killed_on_a_server_a_payment_is_made_once(server: Server, tmp_path: Path) -> None:
    effects, whole, after = alone(money_killed.signed_and_killed, server.folder, tmp_path, 4)
    assert effects > 10
    assert [amount for *_, amount in whole[0][0]] == [1_000_000, 2_000_000]
    assert whole[1] == []
    assert [kill_at for kill_at, standing in after if standing != whole] == []

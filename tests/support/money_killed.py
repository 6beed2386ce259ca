"""A notice that is signed on a home whose register is on a server: killed before its effects, started again, and what stands then."""

from __future__ import annotations

import shutil
import signal
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from formflow.service.office import Office
from support import offices
from support.killing import run_killed
from support.money import Clock, Desk, filled, honours
from support.money_at_once import SCHOOL, STATION, opened
from support.postgres import Server

Standing = tuple[list[Any], list[str], list[str]]


def signed_and_killed(folder: Path, root: Path, every: int) -> tuple[int, Standing, list[tuple[int, Standing]]]:
    """Kills before every `every`-th effect. How many effects there are, what stands without a kill, and what stands after each. `folder` is
    the server's; belongs into a process that has opened no register."""
    server = Server(folder)
    databases = {root / "begun": server.create()}
    with opened(root / "begun", databases[root / "begun"]) as office:
        desk = Desk(office, Clock())
        desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
        desk.settle({name: {"核定": "是"} for name in (STATION[0], SCHOOL[0])})
        sheet = filled(desk.newest("发文审批表"), "发文审批表", "状态", {"拟稿": {"批准": "是", "签发人": "王主席"}})
        offices.drop(root / "begun", sheet, "审批.xlsx")

    def copied(name: str) -> Path:
        home = root / name
        shutil.copytree(root / "begun", home)
        database = databases[root / "begun"].partition("@/")[2].partition("?")[0]
        databases[home] = server.create(database)
        return home

    def at_home(home: Path) -> AbstractContextManager[Office]:
        found: AbstractContextManager[Office] = opened(home, databases[home])
        return found

    whole = copied("whole")
    code, effects = run_killed(whole, at_home)
    assert code == 0
    standing = _standing(whole, databases[whole])
    after = []
    for kill_at in range(0, effects, every):
        home = copied(f"killed-{kill_at}")
        assert run_killed(home, at_home, kill_at)[0] == -signal.SIGKILL
        assert run_killed(home, at_home)[0] == 0
        after.append((kill_at, _standing(home, databases[home])))
    return effects, standing, after


def _standing(home: Path, url: str) -> Standing:
    """Ledger, letters and papers; what was not published or left lying; the names in the outbox."""
    with opened(home, url) as office:
        from formflow.register import models as rows

        books: list[Any] = [
            list(rows.LedgerEntry.objects.order_by("number").values_list("number", "kind", "project", "amount")),
            list(rows.DocumentNumber.objects.order_by("number").values_list("number", "is_void")),
            sorted(rows.Letter.objects.values_list("key", "state")),
            sorted(rows.Paper.objects.values_list("original_name", "state")),
        ]
        left = list(rows.Publication.objects.filter(state="pending").values_list("bundle", flat=True))
        folders = (office.home.inbox, office.home.claimed, office.home.tmp)
        left += [path.name for folder in folders for path in folder.rglob("*") if path.is_file()]
        return books, left, offices.names(office.home.outbox)

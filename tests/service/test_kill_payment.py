"""Killed at any instant between approval and ledger, a restart neither loses a payment nor makes it twice."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from formflow.register.entries import BOOKKEEPING
from formflow.service.home import Home
from formflow.service.office import Office
from support import offices
from support.killing import run_killed
from support.money import Clock, Desk, desk, filled, honours, qingdao

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX systems")

STATION, SCHOOL = ["新驿站", "暖阳中心", "市级", "2022年3月15日"], ["乐学托管班", "童心中心", "省级", "2022年5月15日"]


def opened(root: Path) -> AbstractContextManager[Office]:
    return offices.office(root, programmes=(qingdao(),), now=Clock())


def approved(found: Desk) -> None:
    """The sums are approved: the 补助测算 lies in the inbox."""
    found.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    answers = {name: {"核定": "是"} for name in (STATION[0], SCHOOL[0])}
    into_inbox(found, "测算.xlsx", filled(found.newest("补助测算"), "补助测算", "项目名称", answers))


def signed(found: Desk) -> None:
    """The notice is signed: the 发文审批表 lies in the inbox, and a list that tops up."""
    found.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    found.settle({name: {"核定": "是"} for name in (STATION[0], SCHOOL[0])})
    sheet = filled(found.newest("发文审批表"), "发文审批表", "状态", {"拟稿": {"批准": "是", "签发人": "王主席"}})
    into_inbox(found, "审批.xlsx", sheet)


def withdrawn(found: Desk) -> None:
    """The notice is withdrawn again."""
    found.drop(("名单.xlsx", honours(STATION, SCHOOL)))
    found.pay(STATION[0], SCHOOL[0])
    sheet = filled(found.newest("发文审批表"), "发文审批表", "状态", {"已印发": {"批准": "作废", "理由": "有误"}})
    into_inbox(found, "作废.xlsx", sheet)


def into_inbox(found: Desk, name: str, data: bytes) -> None:
    offices.drop(found.office.home.root, data, name)


def outcome(root: Path) -> tuple[dict[str, str], list[str], dict[str, Any]]:
    home = Home(root)
    folders = (home.inbox, home.claimed, home.tmp)
    left = [path.relative_to(root).as_posix() for folder in folders for path in folder.rglob("*")]
    with opened(root):
        from formflow.register import models as rows

        entries = {
            "ledger": list(rows.LedgerEntry.objects.values_list("number", "kind", "project", "amount", "letter__key")),
            "numbers": list(rows.DocumentNumber.objects.values_list("number", "letter__key", "is_void")),
            "letters": list(rows.Letter.objects.values_list("key", "state", "serial")),
            "decisions": list(rows.SubsidyDecision.objects.values_list("project", "amount", "letter__key")),
            "papers": list(rows.Paper.objects.values_list("original_name", "state")),
            "pending": list(rows.Publication.objects.filter(state="pending").values_list("bundle", flat=True)),
            "events": list(rows.Event.objects.exclude(what__in=BOOKKEEPING).values_list("what", "object")),
            # What was put out or taken back at once stands in one entry; after a kill it may be two.
            "files": sorted(
                (what, name, sha256)
                for what, files in rows.Event.objects.filter(what__in=BOOKKEEPING).values_list("what", "files")
                for name, sha256 in files.items()
            ),
        }
    return offices.tree(home.outbox), left, entries


@pytest.mark.parametrize(
    ("begin", "sums"),
    [(approved, []), (signed, [1_000_000, 2_000_000]), (withdrawn, [1_000_000, 2_000_000, -1_000_000, -2_000_000])],
)
def test_killed_before_every_effect_a_payment_is_made_once(
    tmp_path: Path, begin: Callable[[Desk], None], sums: list[int]
) -> None:
    with desk(tmp_path / "begun") as found:
        begin(found)
    shutil.copytree(tmp_path / "begun", tmp_path / "whole")
    code, effects = run_killed(tmp_path / "whole", opened)
    expected = outcome(tmp_path / "whole")
    assert code == 0
    assert effects > 10
    assert [amount for *_, amount, _ in expected[2]["ledger"]] == sums
    assert expected[1] == expected[2]["pending"] == []
    for kill_at in range(effects):
        root = tmp_path / f"killed-{kill_at}"
        shutil.copytree(tmp_path / "begun", root)
        assert run_killed(root, opened, kill_at)[0] == -signal.SIGKILL, kill_at
        assert run_killed(root, opened)[0] == 0, kill_at
        assert outcome(root) == expected, kill_at

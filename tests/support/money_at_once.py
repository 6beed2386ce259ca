"""Two clerks at once: what processes of their own do with one home's money, each with the register open by itself."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from formflow.register.location import DatabaseUrl
from support import offices
from support.money import Clock, Desk, filled, honours, qingdao

STATION, SCHOOL = ["新驿站", "暖阳中心", "市级", "2022年3月15日"], ["乐学托管班", "童心中心", "省级", "2022年5月15日"]
HIGHER = ["新驿站", "暖阳中心", "全国", "2022年6月1日"]
_PATIENCE_S = 60.0


def opened(home: Path, url: str | None) -> Any:
    """The home with its register in its own file, or on a server."""
    return offices.office(home, programmes=(qingdao(),), now=Clock(), location=DatabaseUrl(url) if url else None)


def two_approvals(home: Path, url: str | None) -> list[str]:
    """A notice over two projects is drafted, and two clerks have signed it, each on a copy of the 发文审批表; the claims on both."""
    with opened(home, url) as office:
        desk = Desk(office, Clock())
        desk.drop(("名单.xlsx", honours(STATION, SCHOOL)))
        desk.settle({name: {"核定": "是"} for name in (STATION[0], SCHOOL[0])})
        sheets = [
            filled(desk.newest("发文审批表"), "发文审批表", "状态", {"拟稿": {"批准": "是", "签发人": who}})
            for who in ("王主席", "李主席")
        ]
        return _claimed(office, sheets)


def two_lists(home: Path, url: str | None) -> list[str]:
    """Two lists that name one project; the claims on both."""
    with opened(home, url) as office:
        return _claimed(office, [honours(STATION, SCHOOL), honours(HIGHER)])


def _claimed(office: Any, files: list[bytes]) -> list[str]:
    from formflow.service import claims
    from formflow.service.inbox import scan

    for number, data in enumerate(files):
        offices.drop(office.home.root, data, f"{number}.xlsx")
    taken = [claims.take(office.home, seen, office.now()) for seen in scan(office.home.inbox, 0).papers]
    return [claim.id for claim in taken if claim is not None]


def work_on(home: Path, url: str | None, claim_id: str, others: int) -> list[tuple[str, str]]:
    """Enters one claimed paper at the moment at which all others enter theirs; what became of it."""
    from dataclasses import replace

    with opened(home, url) as office:
        from formflow.service import casework, claims

        claim = claims.find(office.home, claim_id)
        assert claim is not None
        met = home / "state" / "met"
        met.mkdir(exist_ok=True)

        def meet() -> None:
            (met / claim_id).touch()
            end = time.monotonic() + _PATIENCE_S
            while len(list(met.iterdir())) <= others and time.monotonic() < end:
                time.sleep(0.001)

        return [(done.result, done.message) for done in casework.handle(replace(office, before_entry=meet), claim)]


def standing(home: Path, url: str | None) -> tuple[list[tuple[str, int]], dict[str, int]]:
    """(project, yuan) of every entry of the ledger, and what every project is still to be paid, yuan."""
    with opened(home, url) as office:
        from formflow.service.accounts import accounts_of

        accounts = accounts_of(qingdao()).accounts.values()
        paid = sorted((project, amount) for project, _, amount in Desk(office, Clock()).ledger())
        return paid, {account.line.project: account.line.payable // 100 for account in accounts}

"""A 补助测算 shows what is open, this year's and older, each with where it stands; what is done with is not shown again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from formflow.model.settlement import SettlementRow, SettlementSheet
from support import money
from support.money import Desk, honours, qingdao

DONE = ["关爱项目", "暖阳中心", "市级", "2022年3月15日"]
OPEN = ["乐学托管班", "童心中心", "省级", "2022年5月15日"]
UNDATED = ["法律援助热线", "明法中心", "全国", "2022年9月1日"]
HELD = ["幸福课堂", "晨光中心", "特级", "2022年9月2日"]
REVOKED = ["书香驿站", "翰墨中心", "市级", "2022年4月1日"]
NEXT = ["安心驿站", "平安中心", "市级", "2023年1月15日"]
NOTED = [*money.HEAD, "备注"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with money.desk(tmp_path) as opened:
        yield opened


def sheet(year: int, *, has_policy: bool = True) -> SettlementSheet | None:
    from formflow.register.rounds import Round
    from formflow.service.settlements import sheet_of

    programme = qingdao() if has_policy else replace(qingdao(), honours=None)
    return sheet_of(programme, Round(programme.id, year), 1)


def rows(year: int) -> dict[str, SettlementRow]:
    found = sheet(year)
    assert found is not None
    return {row.project: row for row in found.rows}


def two_years(desk: Desk) -> None:
    """In 2022 a list of everything, of which some is paid; in 2023 one more."""
    desk.drop(("名单.xlsx", honours(DONE, OPEN, UNDATED, HELD, REVOKED)))
    paid = {one[0]: {"核定": "是"} for one in (DONE, REVOKED)}
    desk.settle(
        {name: {**said, "拨付日期": "2022-12-01"} for name, said in paid.items()} | {UNDATED[0]: {"核定": "是"}}
    )
    desk.approve()
    desk.drop(("撤销.xlsx", honours([*REVOKED, "撤销命名"], head=NOTED)))
    desk.clock.set(date(2023, 2, 1))
    desk.drop(("今年.xlsx", honours(NEXT)))


def test_what_is_open_of_earlier_years_is_shown_and_what_is_done_with_is_not(desk: Desk) -> None:
    two_years(desk)
    found = rows(2023)
    assert {
        name: (row.state, row.payable, row.overpaid, row.is_held, row.is_undated) for name, row in found.items()
    } == {
        OPEN[0]: ("待核定", 2_000_000, 0, False, False),
        UNDATED[0]: ("已补足", 0, 0, False, True),
        HELD[0]: ("待确认", 0, 0, True, False),
        REVOKED[0]: ("多付，待处理", 0, 1_000_000, False, False),
        NEXT[0]: ("待核定", 1_000_000, 0, False, False),
    }
    assert (found[REVOKED[0]].booked, found[REVOKED[0]].highest, found[REVOKED[0]].honours) == (
        1_000_000,
        "",
        "青岛市 2022-04-01；青岛市 2022-04-01（已撤销）",
    )
    assert (found[NEXT[0]].organisation, found[NEXT[0]].highest, found[NEXT[0]].honours) == (
        "平安中心",
        "青岛市",
        "青岛市 2023-01-15",
    )
    assert found[NEXT[0]].clause != ""
    assert found[HELD[0]].questions != ()
    assert (found[NEXT[0]].questions, found[OPEN[0]].questions) == ((), ())


def test_only_the_latest_year_of_a_programme_that_pays_has_one(desk: Desk) -> None:
    assert sheet(2022) is None
    desk.drop(("名单.xlsx", honours(DONE)))
    assert sheet(2022) is not None
    assert (sheet(2021), sheet(2023), sheet(2022, has_policy=False)) == (None, None, None)
    desk.clock.set(date(2023, 2, 1))
    desk.drop(("今年.xlsx", honours(NEXT)))
    assert (sheet(2022), sheet(2023) is None) == (None, False)


def test_honours_of_the_projects_that_are_shown_are_listed_with_what_is_doubtful_said_once(desk: Desk) -> None:
    two_years(desk)
    found = sheet(2023)
    assert found is not None
    assert [line.project for line in found.honours] == [OPEN[0], UNDATED[0], HELD[0], REVOKED[0], REVOKED[0], NEXT[0]]
    doubts = {line.project: line.doubts for line in found.honours}
    assert [name for name, told in doubts.items() if told] == [HELD[0], REVOKED[0]]
    assert len(doubts[HELD[0]]) == len(set(doubts[HELD[0]]))
    assert not any(one != other and one in other for one in doubts[HELD[0]] for other in doubts[HELD[0]])
    levels = {line.project: (line.level, line.date, line.paid) for line in found.honours}
    assert (levels[HELD[0]], levels[NEXT[0]]) == (("", "2022-09-02", ""), ("青岛市", "2023-01-15", ""))


def test_what_was_decided_stands_on_the_next_sheet_while_the_sum_is_the_same(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(DONE, OPEN, UNDATED)))
    desk.settle({DONE[0]: {"核定": "是", "拨付日期": "2022-12-20"}, OPEN[0]: {"核定": "否"}})
    found = {name: (row.state, row.verdict, row.paid_on) for name, row in rows(2022).items()}
    assert found == {
        DONE[0]: ("已核定，待签发", "approve", date(2022, 12, 20)),
        OPEN[0]: ("不予拨付", "refuse", None),
        UNDATED[0]: ("待核定", None, None),
    }
    desk.drop(("又.xlsx", honours([*DONE[:2], "省级", "2022年10月1日"])))
    row = rows(2022)[DONE[0]]
    assert (row.state, row.verdict, row.paid_on, row.payable) == ("待核定", None, None, 2_000_000)

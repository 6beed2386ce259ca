"""What stands against taking a returned 补助测算: each slip is said, and nothing that is as it should be; and what the journal keeps of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from formflow.model.honours import NameQuestion, Ruling
from formflow.model.money import Fen
from formflow.model.settlement import (
    HonourLine,
    NameLine,
    ReturnedSettlement,
    ReturnedSum,
    SettlementHead,
    SettlementRow,
    SettlementSheet,
)
from support import money
from support.money import Desk, honours, qingdao

DUE = SettlementRow("a", "关爱项目", "甲社", "", "", Fen(1_000_000), Fen(0), Fen(1_000_000), "", "", "待核定")
HELD = replace(DUE, key="b", project="助学项目", payable=Fen(0), is_held=True)
SETTLED = replace(
    DUE, key="c", project="法援项目", paid=Fen(1_000_000), payable=Fen(0), booked=Fen(1_000_000), is_undated=True
)
TOPPED_UP = replace(SETTLED, key="d", project="托管项目", payable=Fen(1_000_000))
HONOUR = HonourLine(7, "名单.xlsx", "关爱项目", "甲社", "市级", "2022-03-15", "", "", ())
HEAD = SettlementHead("qingdao-social-organisations", "优秀项目", 2022, 3)
SHOWN = SettlementSheet(HEAD, (DUE, HELD, SETTLED, TOPPED_UP), (NameLine(NameQuestion("甲", "乙")),), (HONOUR,))
DAY = date(2022, 12, 20)


def problems(*sums: ReturnedSum, **more: object) -> tuple[str, ...]:
    from formflow.service import settlement_entry

    returned = replace(ReturnedSettlement(HEAD.programme_id, 2022, 3, sums), **more)  # type: ignore[arg-type]
    return settlement_entry.problems_of(qingdao(), SHOWN, returned)


def line(row: SettlementRow, **more: object) -> ReturnedSum:
    return replace(ReturnedSum(SHOWN.rows.index(row) + 1, row.project, row.payable), **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("one", [
    line(DUE, verdict="approve", paid_on=DAY), line(DUE, verdict="refuse"), line(DUE, verdict="approve", payable=None),
    line(DUE, payable=Fen(5)), line(HELD), line(SETTLED, paid_on=DAY), line(SETTLED, recovered=Fen(1_000_000)),
    line(SETTLED, recovered=Fen(1)), line(TOPPED_UP, verdict="approve", paid_on=DAY, recovered=Fen(1)),
])  # fmt: skip
def test_what_is_in_order_is_not_held_against_anybody(one: ReturnedSum) -> None:
    assert problems(one) == ()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("one", "says"), [
    (line(DUE, number=0), "补助测算没有第0行，不能增加行"),
    (line(DUE, number=5), "补助测算没有第5行，不能增加行"),
    (line(DUE, project="助学项目"), "第1行应当是“关爱项目”，表上是“助学项目”，行被移动过，请在原表上填写"),
    (line(HELD, verdict="approve"), "“助学项目”还有疑问没有答复，不能核定；请先答复，在新的一稿上核定"),
    (line(HELD, verdict="refuse"), "“助学项目”还有疑问没有答复，不能核定；请先答复，在新的一稿上核定"),
    (line(SETTLED, verdict="approve"), "“法援项目”没有可以拨付的金额，不用核定"),
    (line(DUE, verdict="approve", payable=Fen(1_000_001)),
     "“关爱项目”的应补金额是 10,000 元，表上是 10,000.01 元；金额由系统算出，不能更改"),
    (line(DUE, verdict="refuse", payable=Fen(0)), "“关爱项目”的应补金额是 10,000 元，表上是 0 元；金额由系统算出，不能更改"),
    (line(DUE, paid_on=DAY), "“关爱项目”写了拨付日期，但没有核定，也没有等待填写日期的拨付"),
    (line(DUE, verdict="refuse", paid_on=DAY), "“关爱项目”写了拨付日期，但没有核定，也没有等待填写日期的拨付"),
    (line(SETTLED, recovered=Fen(1), paid_on=DAY), "“法援项目”同时写了拨付日期和收回金额，看不出是哪一笔的日期，请分两次填写"),
    (line(SETTLED, recovered=Fen(1_000_001)), "“法援项目”收回 10,000.01 元，超过台账上拨付的 10,000 元"),
])  # fmt: skip
def test_each_slip_of_a_sum_is_said(one: ReturnedSum, says: str) -> None:
    assert problems(one) == (says,)


@pytest.mark.usefixtures("office")
def test_everything_is_said_at_once() -> None:
    found = problems(
        line(DUE, number=9), line(SETTLED, verdict="approve"),
        answers=((0, True), (1, False), (2, True)), struck=(7, 8), problems=("看不懂",),
    )  # fmt: skip
    assert found == (
        "看不懂", "补助测算没有第9行，不能增加行", "“法援项目”没有可以拨付的金额，不用核定", "名称问题没有第0行", "名称问题没有第2行",
        "荣誉明细没有第8号",
    )  # fmt: skip


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("revision", [2, 4])
def test_only_the_sheet_that_is_shown_now_can_be_taken(revision: int) -> None:
    (said,) = problems(line(DUE, number=9), revision=revision)
    assert "第3稿" in said


@pytest.mark.usefixtures("office")
def test_each_pair_is_kept_under_a_key_of_its_own_whichever_comes_first() -> None:
    """Else an answer about one pair would overwrite that about another."""
    from formflow.service.settlement_entry import pair_key

    pairs = [
        ("甲", "乙", None, None), ("甲", "丙", None, None), ("甲", "甲", "一社", "二社"), ("甲", "甲", "一社", "三社"),
        ("甲", "甲", None, "二社"), ("乙", "乙", "一社", "二社"),
    ]  # fmt: skip
    keys = [pair_key(Ruling(one, other, True, first, second)) for one, other, first, second in pairs]
    assert len(set(keys)) == len(pairs)
    assert [pair_key(Ruling(other, one, False, second, first)) for one, other, first, second in pairs] == keys
    # Two names are told by the names alone, an organisation that nobody wrote is none.
    assert pair_key(Ruling("甲", "乙", True, "一社", "二社")) == keys[0]
    assert pair_key(Ruling("甲", "甲", True, "", "二社")) == keys[4]


STATION = ["“新驿站”关爱项目", "暖阳中心", "市级", "2022年3月15日"]
NEAR = ["新驿站关爱", "暖阳中心", "省级", "2022年6月1日"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with money.desk(tmp_path) as opened:
        yield opened


def journal(what: str) -> list[tuple[str, Any, Any]]:
    """What a kind of event is about, and what was before and after."""
    from formflow.register import models as rows

    found = rows.Event.objects.filter(what=what).order_by("id")
    assert {event.who for event in found} <= {"张三"}
    return [
        (event.object, event.before and event.before["value"], event.after and event.after["value"]) for event in found
    ]


def settle(desk: Desk, answers: money.Answers, *where: str) -> str:
    """Fills in the 补助测算 as 张三; what came of it."""
    import io

    from openpyxl import load_workbook

    page, key = where or ("补助测算", "项目名称")
    book = load_workbook(io.BytesIO(money.filled(desk.newest("补助测算"), page, key, answers)))
    book.properties.lastModifiedBy = "张三"
    out = io.BytesIO()
    book.save(out)
    [(result, said)] = desk.drop((f"测算{len(desk.names())}.xlsx", out.getvalue()))
    assert result == "settled", said
    return said


def test_an_answer_is_in_the_journal_once_with_what_was_answered_before(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION, NEAR)))
    asked = desk.rows("名称问题", "序号")["1"]
    assert settle(desk, {"1": {"答复": "同一项目"}}, "名称问题", "序号") == "名称答复 1 处已登记"
    assert desk.rows("名称问题", "序号") == {"1": {**asked, "答复": "同一项目"}}, "asked as before, and answered"
    # The answer stands on the next sheet, too: what comes back with it is no new answer.
    assert settle(desk, {STATION[0]: {"核定": "否"}}) == "不予拨付 1 项"
    assert settle(desk, {"1": {"答复": "不同项目"}}, "名称问题", "序号").startswith("名称答复 1 处已登记")
    told = journal("names_ruled")
    assert [(about, before, after["is_same"]) for about, before, after in told] == [
        (f"{NEAR[0]}、{STATION[0]}", None, True),
        (f"{NEAR[0]}、{STATION[0]}", True, False),
    ]


def test_each_answer_goes_to_its_own_question(desk: Desk) -> None:
    """By its number: else two projects of others are taken for one, and paid as one."""
    near = ["法援", "明法中心", "省级", "2022年9月1日"], ["法援项目二", "明法中心", "市级", "2022年9月1日"]
    desk.drop(("名单.xlsx", honours(STATION, NEAR, *near)))
    questions = desk.rows("名称问题", "序号")
    number, asked = next((number, row) for number, row in questions.items() if NEAR[0] in row.values())
    assert len(questions) > 1
    settle(desk, {number: {"答复": "同一项目"}}, "名称问题", "序号")
    ((about, _, ruling),) = journal("names_ruled")
    assert (about, {ruling["one"], ruling["other"]}) == (f"{NEAR[0]}、{STATION[0]}", {NEAR[0], STATION[0]})
    assert {STATION[0], NEAR[0]} <= set(asked.values())
    rows = desk.rows()
    assert (rows[STATION[0]]["本次应补（元）"], rows["法援"]["状态"]) == (20_000, "待确认")


def test_what_follows_from_other_answers_need_not_be_answered(desk: Desk) -> None:
    names = ("新驿站关爱项目", "新驿站关爱", "新驿站关爱活动")
    desk.drop(("名单.xlsx", honours(*([name, *STATION[1:]] for name in names))))
    answers = {number: {"答复": "同一项目"} for number in ("1", "2")}
    assert settle(desk, answers, "名称问题", "序号") == "名称答复 2 处已登记"


def test_a_pack_without_a_notice_keeps_what_was_decided_and_says_what_is_missing(desk: Desk) -> None:
    desk.drop(("名单.xlsx", honours(STATION)))
    (programme,) = desk.office.programmes
    letters = tuple(letter for letter in programme.letters if letter.on != "subsidised")
    desk.office = replace(desk.office, programmes=(replace(programme, letters=letters),))
    said = settle(desk, {STATION[0]: {"核定": "是"}})
    assert said.startswith("核定 1 项，共 10,000 元")
    assert "项目包里没有补助通知" in said
    assert len(journal("subsidy_decided")) == 1


def test_a_decision_on_a_sum_is_in_the_journal_once(desk: Desk) -> None:
    from formflow.register import models as rows

    desk.drop(("名单.xlsx", honours(STATION, ["法援", "明法中心", "省级", "2022年9月1日"])))
    assert settle(desk, {STATION[0]: {"核定": "是"}}) == "核定 1 项，共 10,000 元，补助通知已拟稿"
    told = {"approved": True, "fen": 1_000_000, "entitlement": 1_000_000, "paid": 0}
    assert journal("subsidy_decided") == [(STATION[0], None, told)]
    assert rows.SubsidyDecision.objects.get().who == "张三"
    settle(desk, {"法援": {"核定": "否"}})
    refused = {"approved": False, "fen": 2_000_000, "entitlement": 2_000_000, "paid": 0}
    assert journal("subsidy_decided") == [(STATION[0], None, told), ("法援", None, refused)]
    settle(desk, {STATION[0]: {"核定": "是", "拨付日期": "2022-12-20"}})
    assert len(journal("subsidy_decided")) == 3, "a day that was written in is another decision"


def test_days_money_that_came_back_and_struck_honours_are_in_the_journal(desk: Desk) -> None:
    from formflow.register import models as rows

    desk.drop(("名单.xlsx", honours(STATION)))
    desk.pay(STATION[0])
    assert settle(desk, {STATION[0]: {"拨付日期": "2022-12-05"}}) == "“‘新驿站’关爱项目”拨付日期已登记"
    assert journal("ledger_dated") == [(STATION[0], None, {"entries": [1], "day": "2022-12-05"})]
    assert settle(desk, {"1": {"作废": "是"}}, "荣誉明细", "荣誉编号") == "荣誉 1 项已作废"
    ((about, before, after),) = journal("honour_struck")
    assert (about, before["project"], before["level"], after) == (STATION[0], STATION[0], "municipal", 1)
    said = settle(desk, {STATION[0]: {"收回金额（元）": 4000, "收回理由": "有误"}})
    assert said == "“‘新驿站’关爱项目”收回 4,000 元已记入台账"
    settle(desk, {STATION[0]: {"收回金额（元）": 6000, "收回理由": "余款"}})
    assert journal("ledger_recovered") == [
        (STATION[0], None, {"fen": -400_000, "reason": "有误"}),
        (STATION[0], None, {"fen": -600_000, "reason": "余款"}),
    ]
    entries = rows.LedgerEntry.objects.order_by("number").values_list("amount", "paid_on", "entered_on", "reason")
    today = date(2022, 12, 1)
    assert list(entries) == [
        (1_000_000, date(2022, 12, 5), today, ""),
        (-400_000, today, today, "有误"),
        (-600_000, today, today, "余款"),
    ]

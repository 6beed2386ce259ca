"""The settlement against an oracle that knows nothing of batches: in the end a project has been paid what its highest honour is worth."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pytest

from formflow.model.citation import Citation
from formflow.model.document import Locator
from formflow.model.finding import Finding
from formflow.model.honours import DaySpan, Honour, HonoursList, Ledger, Payment, Ruling, Settlement, SettlementLine
from formflow.model.money import Fen
from formflow.model.policy import DatedParameter, DatedValue, HonourLevel, HonoursPolicy
from formflow.rules.subsidy import NamedLists, settle

CLAUSE = Citation("source.txt", "三（三）")
FIRST = date(2021, 12, 9)
WORTH = {"municipal": 10_000, "provincial": 20_000, "national": 30_000}
LABELS = {"municipal": "青岛市", "provincial": "山东省", "national": "全国"}
# No two of them are alike enough to be asked about.
NAMES = (
    "新驿站",
    "童心托管班",
    "法律援助直通车",
    "心灵港湾热线",
    "技能提升讲堂",
    "单身青年联谊会",
    "外卖骑手食堂",
    "安康体检万里行",
)


def policy(**windows: list[DatedValue]) -> HonoursPolicy:
    def amount(level: str) -> DatedParameter:
        values = windows.get(level) or [value(WORTH[level], FIRST)]
        return DatedParameter(f"subsidy_{level}", LABELS[level], "分", tuple(values))

    levels = tuple(HonourLevel(key, label, (label,), (), amount(key)) for key, label in LABELS.items())
    return HonoursPolicy(("优秀项目",), levels, (), (), ("购买服务",), CLAUSE)


def value(yuan: int, first: date, until: date | None = None) -> DatedValue:
    return DatedValue(yuan * 100, first, until, CLAUSE, "")


POLICY = policy()


def honour(project: str, level: str | None, day: str | None = "2022-05-01", **more: object) -> Honour:
    paid = more.pop("paid", None)
    return Honour(
        project, str(more.pop("organisation", "")) or None, level, day, None, None if paid is None else Fen(int(str(paid)) * 100),
        Locator("sheet 1, row 2"), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def batch(*honours: Honour, name: str = "list") -> NamedLists:
    return NamedLists(name, (HonoursList("q", "", honours, (), Locator("sheet 1")),))


def settled(
    *batches: NamedLists, paid: dict[str, int] | None = None, rules: HonoursPolicy = POLICY, **more: object
) -> Settlement:
    ledger = Ledger(tuple(Payment(project, None, Fen(yuan * 100)) for project, yuan in (paid or {}).items()))
    return settle(batches, ledger, rules, **more)  # type: ignore[arg-type]


def only(settlement: Settlement) -> SettlementLine:
    ((line,),) = [batch.lines for batch in settlement.batches]
    return line


def yuan(line: SettlementLine) -> tuple[int, int, int]:
    return line.entitlement // 100, line.paid // 100, line.payable // 100


def history(dice: random.Random) -> list[tuple[str, str, str]]:
    """Honours of some projects, in any order; one may come twice."""
    days = [FIRST + timedelta(days=dice.randrange(1500)) for _ in range(3)]
    honours = [
        (name, level, day.isoformat())
        for name in dice.sample(NAMES, dice.randint(1, len(NAMES)))
        for level, day in zip(dice.sample(sorted(WORTH), dice.randint(1, 3)), days, strict=False)
    ]
    honours += dice.sample(honours, dice.randint(0, min(2, len(honours))))
    dice.shuffle(honours)
    return honours


def spelt(dice: random.Random, name: str) -> str:
    return dice.choice((name, f"“{name}”", f"《{name}》", f" {name[:2]} {name[2:]}", f"「{name}」 "))


@pytest.mark.parametrize("seed", range(40))
def test_any_order_and_batching_pays_the_highest_honour(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(60):
        honours = history(dice)
        worth: dict[str, int] = {}
        for name, level, _ in honours:
            worth[name] = max(worth.get(name, 0), WORTH[level])
        before = {name: dice.choice((10_000, 20_000, 30_000)) for name in worth if dice.random() < 0.3}
        cuts = (
            sorted(dice.sample(range(1, len(honours)), dice.randint(0, len(honours) - 1))) if len(honours) > 1 else []
        )
        edges = [0, *cuts, len(honours)]
        batches = [
            batch(*(honour(spelt(dice, name), level, day) for name, level, day in honours[a:b]), name=str(a))
            for a, b in itertools.pairwise(edges)
        ]
        result = settled(*batches, paid=before)
        paid = dict(before)
        for one in result.batches:
            assert all(line.payable >= 0 for line in one.lines)
            assert one.total == sum(line.payable for line in one.lines)
            for line in one.lines:
                name = next(n for n in NAMES if n == "".join(c for c in line.project if c not in "“”《》「」 "))
                assert line.paid == paid.get(name, 0) * 100
                paid[name] = paid.get(name, 0) + line.payable // 100
                assert (line.overpaid > 0) == (paid[name] * 100 > line.entitlement)
        assert paid == {name: max(worth[name], before.get(name, 0)) for name in worth}


def test_the_difference_up_to_the_highest_is_paid_with_its_working() -> None:
    first = batch(honour("新驿站", "municipal"), name="2022")
    then = batch(honour("新驿站", "provincial", "2023-05-01"), name="2023")
    result = settled(first, then)
    one, two = (b.lines[0] for b in result.batches)
    assert yuan(one) == (10_000, 0, 10_000)
    assert one.working == "青岛市 10,000 − 已补助 0 = 10,000"
    assert yuan(two) == (20_000, 10_000, 10_000)
    assert two.working == "山东省 20,000 − 已补助青岛市 10,000 = 10,000"
    assert two.citation == CLAUSE
    assert result.total == 2_000_000
    assert not one.findings
    assert not two.findings


def test_several_honours_never_add_up() -> None:
    line = only(
        settled(batch(honour("新驿站", "municipal"), honour("新驿站", "national"), honour("新驿站", "provincial")))
    )
    assert yuan(line) == (30_000, 0, 30_000)
    assert line.highest == "national"


def test_a_lower_honour_after_a_higher_one_pays_nothing() -> None:
    result = settled(batch(honour("新驿站", "national")), batch(honour("新驿站", "municipal", "2024-05-01")))
    lower = result.batches[1].lines[0]
    assert yuan(lower) == (30_000, 30_000, 0)
    assert lower.working == "全国 30,000 − 已补助全国 30,000 = 0"
    assert not lower.findings


def test_two_levels_of_one_worth_are_named_by_the_higher_one() -> None:
    rules = policy(municipal=[value(20_000, FIRST)])
    rows = (honour("新驿站", "municipal"), honour("新驿站", "provincial"))
    for order in (rows, rows[::-1]):
        line = only(settled(batch(*order), rules=rules))
        assert (line.highest, line.payable) == ("provincial", 2_000_000)


def test_honours_settled_before_still_count() -> None:
    line = only(
        settled(batch(honour("新驿站", "municipal")), paid={"新驿站": 30_000}, earlier=(honour("新驿站", "national"),))
    )
    assert yuan(line) == (30_000, 30_000, 0)
    assert line.overpaid == 0


def test_what_the_list_says_was_paid_is_the_ledgers_money() -> None:
    same = only(settled(batch(honour("新驿站", "provincial", paid=10_000)), paid={"新驿站": 10_000}))
    assert yuan(same) == (20_000, 10_000, 10_000)
    assert not same.findings
    unknown = only(settled(batch(honour("新驿站", "provincial", paid=10_000))))
    assert yuan(unknown) == (20_000, 10_000, 10_000)
    assert unknown.working == "山东省 20,000 − 已补助 10,000 = 10,000"
    differs = only(settled(batch(honour("新驿站", "national", paid=20_000)), paid={"新驿站": 10_000}))
    assert yuan(differs) == (30_000, 20_000, 10_000)
    assert [f.code for f in differs.findings] == ["inconsistent"]


def test_a_list_that_tells_less_than_the_books_takes_nothing_back() -> None:
    line = only(settled(batch(honour("新驿站", "national", paid=10_000)), paid={"新驿站": 20_000}))
    assert yuan(line) == (30_000, 20_000, 10_000)
    assert line.working == "全国 30,000 − 已补助 20,000 = 10,000"


def test_of_several_payments_told_the_books_know_a_part() -> None:
    told = batch(honour("新驿站", "municipal", paid=10_000), honour("新驿站", "national", paid=10_000))
    line = only(settled(told, paid={"新驿站": 10_000}))
    assert yuan(line) == (30_000, 20_000, 10_000)


def test_the_working_names_the_honour_a_payment_was_for() -> None:
    told = batch(honour("新驿站", "municipal", paid=5_000), honour("新驿站", "national", paid=10_000))
    assert only(settled(told)).working == "全国 30,000 − 已补助青岛市 5,000 − 已补助 10,000 = 15,000"
    told = batch(honour("新驿站", "provincial", paid=5_000), honour("新驿站", "national", paid=10_000))
    assert only(settled(told)).working == "全国 30,000 − 已补助山东省 5,000 − 已补助 10,000 = 15,000"
    ledger = Ledger((Payment("新驿站", None, Fen(1_000_000), level="municipal"),))
    line = only(settle([batch(honour("新驿站", "provincial"))], ledger, POLICY))
    assert line.working == "山东省 20,000 − 已补助青岛市 10,000 = 10,000"


def test_a_payment_told_in_two_lists_counts_once() -> None:
    told = (
        batch(honour("新驿站", "provincial", paid=10_000)),
        batch(honour("新驿站", "national", "2023-05-01", paid=20_000)),
    )
    first, second = (b.lines[0] for b in settled(*told).batches)
    assert yuan(first) == (20_000, 10_000, 10_000)
    assert yuan(second) == (30_000, 20_000, 10_000)
    assert not second.findings


def test_a_row_twice_in_a_list_tells_its_payment_once() -> None:
    row = honour("新驿站", "provincial", paid=10_000)
    assert yuan(only(settled(batch(row, row)))) == (20_000, 10_000, 10_000)


def test_payments_told_of_several_honours_are_several_and_said() -> None:
    line = only(settled(batch(honour("新驿站", "municipal", paid=10_000), honour("新驿站", "national", paid=10_000))))
    assert yuan(line) == (30_000, 20_000, 10_000)
    assert any("各是一笔" in f.message for f in line.findings)
    nothing = only(settled(batch(honour("新驿站", "municipal", paid=0), honour("新驿站", "national", paid=10_000))))
    assert (yuan(nothing), nothing.findings) == ((30_000, 10_000, 20_000), ())


def test_overpaid_is_shown_and_never_negative() -> None:
    line = only(settled(batch(honour("新驿站", "municipal")), paid={"新驿站": 30_000}))
    assert yuan(line) == (10_000, 30_000, 0)
    assert line.overpaid == 2_000_000
    assert line.working == "青岛市 10,000 − 已补助 30,000 = −20,000，本次不补助"
    assert [(f.code, f.severity) for f in line.findings] == [("inconsistent", "review")]


def test_a_repayment_can_be_paid_out_again() -> None:
    ledger = Ledger((Payment("新驿站", None, Fen(1_000_000)), Payment("新驿站", None, Fen(-1_000_000))))
    line = only(settle([batch(honour("新驿站", "municipal"))], ledger, POLICY))
    assert yuan(line) == (10_000, 0, 10_000)
    assert line.working == "青岛市 10,000 − 已补助 0 = 10,000"
    of_a_level = tuple(Payment("新驿站", None, Fen(sum_), level="municipal") for sum_ in (1_000_000, -1_000_000))
    line = only(settle([batch(honour("新驿站", "municipal"))], Ledger(of_a_level), POLICY))
    assert line.working == "青岛市 10,000 − 已补助 0 = 10,000"


def test_a_revoked_honour_counts_no_longer() -> None:
    given, taken = honour("新驿站", "provincial"), honour("新驿站", "provincial", "2024-01-08", is_revoked=True)
    line = settled(batch(given), batch(taken)).batches[1].lines[0]
    assert yuan(line) == (0, 20_000, 0)
    assert {f.code for f in line.findings} == {"not_eligible", "inconsistent"}
    assert yuan(only(settled(batch(given, taken, honour("新驿站", "municipal"))))) == (10_000, 0, 10_000)


def test_honours_before_the_policy_are_listed_apart() -> None:
    line = only(settled(batch(honour("新驿站", "national", "2021-12-08"))))
    assert yuan(line) == (0, 0, 0)
    assert line.highest is None
    assert [f.code for f in line.findings] == ["out_of_window"]
    both = only(settled(batch(honour("新驿站", "national", "2021-12-08"), honour("新驿站", "municipal", "2021-12-09"))))
    assert yuan(both) == (10_000, 0, 10_000)
    assert not both.is_held


@pytest.mark.parametrize(
    ("day", "is_held", "payable"),
    [
        ("2021-12", True, 0),
        ("2021-11", False, 0),
        ("2022-01", False, 10_000),
        ("2022", False, 10_000),
        ("2021", True, 0),
        ("2020", False, 0),
        (None, True, 0),
    ],
)
def test_a_month_or_year_is_enough_where_the_policy_is_plain(day: str | None, is_held: bool, payable: int) -> None:
    line = only(settled(batch(honour("新驿站", "municipal", day))))
    assert (line.is_held, line.payable) == (is_held, payable * 100)
    assert bool(line.findings) == (not payable)


def test_an_honour_without_a_date_holds_nothing_back_that_it_could_not_raise() -> None:
    line = only(settled(batch(honour("新驿站", "national"), honour("新驿站", "municipal", None))))
    assert yuan(line) == (30_000, 0, 30_000)
    assert [f.code for f in line.findings] == ["missing"]
    assert only(settled(batch(honour("新驿站", "municipal"), honour("新驿站", "national", None)))).is_held
    assert not only(settled(batch(honour("新驿站", "municipal"), honour("新驿站", "municipal", None)))).is_held


def test_an_honour_without_a_date_may_be_worth_the_most_its_level_ever_was() -> None:
    rules = policy(
        municipal=[value(10_000, FIRST, date(2024, 12, 31)), value(15_000, date(2025, 1, 1))],
        provincial=[value(12_000, FIRST)],
    )
    line = only(settled(batch(honour("新驿站", "provincial"), honour("新驿站", "municipal", None)), rules=rules))
    assert (line.is_held, line.payable) == (True, 0)


def test_while_a_question_is_open_nothing_is_called_overpaid() -> None:
    rows = batch(honour("新驿站", "municipal"), honour("新驿站", "national", None))
    line = only(settled(rows, paid={"新驿站": 20_000}))
    assert (line.is_held, line.payable, line.overpaid) == (True, 0, 0)
    assert line.working == "青岛市 10,000 − 已补助 20,000，待确认后计算"


def test_the_year_of_the_title_where_the_row_has_no_date() -> None:
    period = DaySpan(date(2022, 1, 1), date(2023, 12, 31))
    assert yuan(only(settled(batch(honour("新驿站", "municipal", None, period=period))))) == (10_000, 0, 10_000)


YEAR_OF_THE_POLICY = DaySpan(date(2021, 1, 1), date(2021, 12, 31))
BEFORE_THE_POLICY = DaySpan(date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("day", "period", "code", "said"),
    [
        (None, None, "missing", "“新驿站”：没有写获得青岛市荣誉的时间，不能确定适用的补助标准"),
        ("2021", None, "inconsistent", "“新驿站”：青岛市荣誉的时间只写到2021，跨补助政策的有效期"),
        (None, YEAR_OF_THE_POLICY, "inconsistent", "“新驿站”：青岛市荣誉的时间只写到年度，跨补助政策的有效期"),
        ("2020", None, "out_of_window", "青岛市荣誉的时间（2020）不在补助政策有效期内（2021年12月9日起）"),
        (None, BEFORE_THE_POLICY, "out_of_window", "青岛市荣誉的时间（标题所写年度）不在补助政策有效期内"),
    ],
)
def test_why_a_day_does_not_settle_an_honour_is_said(
    day: str | None, period: DaySpan | None, code: str, said: str
) -> None:
    (finding,) = only(settled(batch(honour("新驿站", "municipal", day, period=period)))).findings
    assert (finding.code, finding.severity) == (code, "review")
    assert said in finding.message


def test_what_was_revoked_is_said_with_its_level() -> None:
    of_a_level, of_none = (
        only(settled(batch(honour("新驿站", level, is_revoked=True)))).findings[0].message
        for level in ("municipal", None)
    )
    assert of_a_level.startswith("“新驿站”：青岛市荣誉已被撤销或取消")
    assert of_none.startswith("“新驿站”：荣誉已被撤销或取消")


def test_past_honours_keep_their_sum_when_the_policy_is_amended() -> None:
    amended = policy(municipal=[value(10_000, FIRST, date(2024, 12, 31)), value(15_000, date(2025, 1, 1))])
    rules = {"rules": amended}
    assert only(settled(batch(honour("新驿站", "municipal", "2024-12-31")), **rules)).payable == 1_000_000  # type: ignore[arg-type]
    assert only(settled(batch(honour("新驿站", "municipal", "2025-01-01")), **rules)).payable == 1_500_000  # type: ignore[arg-type]
    period = DaySpan(date(2024, 1, 1), date(2025, 12, 31))
    assert only(settled(batch(honour("新驿站", "municipal", None, period=period)), **rules)).is_held  # type: ignore[arg-type]


def test_doubts_of_a_row_hold_its_project_back_and_no_other() -> None:
    rows = batch(honour("新驿站", "municipal", doubts=("已补助金额“1”没有写单位",)), honour("童心托管班", "municipal"))
    held, free = settled(rows).batches[0].lines
    assert (held.is_held, held.payable, free.payable) == (True, 0, 1_000_000)
    assert "没有写单位" in held.findings[0].message
    assert held.working.endswith("待确认后计算")


def test_doubtful_entries_of_the_ledger_hold_their_project_back() -> None:
    ledger = Ledger((), (("新驿站", None),))
    assert only(settle([batch(honour("新驿站", "municipal"))], ledger, POLICY)).is_held


def test_honours_of_other_places_pay_nothing() -> None:
    line = only(settled(batch(honour("新驿站", None))))
    assert (line.highest, line.payable, line.is_held) == (None, 0, False)
    assert line.working == "没有可以补助的荣誉"
    asked = only(settled(batch(honour("新驿站", None, doubts=("荣誉级别看不清",)))))
    assert (asked.payable, asked.is_held, asked.working) == (0, True, "没有可以补助的荣誉，待确认后计算")
    paid = only(settled(batch(honour("新驿站", None)), paid={"新驿站": 10_000}))
    assert paid.working == "没有可以补助的荣誉 0 − 已补助 10,000 = −10,000，本次不补助"


def test_what_was_found_in_a_row_is_told_with_its_project_only() -> None:
    rows = honour("新驿站", "municipal"), honour("童心托管班", "municipal")
    slip = Finding("invalid", "honours", "review", "日期写法不清", "三（三）", label="新驿站", locator=rows[0].locator)
    lists = NamedLists("q", (HonoursList("q", "", rows, (slip,), Locator("sheet 1")),))
    first, second = settled(lists).batches[0].lines
    assert (first.findings, second.findings) == ((slip,), ())


def test_nearly_equal_names_are_asked_about_until_a_person_says() -> None:
    lists = batch(honour("心灵港湾热线", "municipal")), batch(honour("心灵港弯热线", "provincial"))
    held = settled(*lists)
    assert held.total == 0
    assert all("名称相近" in b.lines[0].findings[0].message for b in held.batches)
    same = settled(*lists, rulings=(Ruling("心灵港湾热线", "心灵港弯热线", True),))
    assert [b.lines[0].payable for b in same.batches] == [1_000_000, 1_000_000]
    two = settled(*lists, rulings=(Ruling("心灵港弯热线", "心灵港湾热线", False),))
    assert [b.lines[0].payable for b in two.batches] == [1_000_000, 2_000_000]


@pytest.mark.parametrize("is_plain", [True, False])
def test_a_name_nearly_that_of_the_ledger_is_asked_about(is_plain: bool) -> None:
    paid = Payment("心灵港湾热线", None, Fen(1_000_000))
    ledger = Ledger((paid,)) if is_plain else Ledger((), (("心灵港湾热线", None),))
    line = only(settle([batch(honour("心灵港弯热线", "municipal"))], ledger, POLICY))
    assert (line.payable, line.is_held) == (0, True)
    assert "名称相近" in line.findings[0].message


def test_the_organisation_of_the_first_row_that_names_one() -> None:
    rows = batch(honour("新驿站", "municipal"), honour("新驿站", "provincial", organisation="甲社工中心"))
    assert only(settled(rows)).organisation == "甲社工中心"
    later = settled(rows, batch(honour("新驿站", "national", "2023-05-01"))).batches[1].lines[0]
    assert later.organisation == "甲社工中心"


def test_one_name_under_two_organisations_is_asked_about() -> None:
    lists = batch(
        honour("新驿站", "municipal", organisation="甲社工中心"),
        honour("新驿站", "provincial", organisation="乙公益协会"),
    )
    lines = settled(lists).batches[0].lines
    assert [(line.payable, line.is_held) for line in lines] == [(0, True), (0, True)]
    assert "甲社工中心" in lines[0].findings[0].message
    one = batch(honour("新驿站", "municipal", organisation="甲社工中心"), honour("新驿站", "provincial"))
    assert yuan(only(settled(one))) == (20_000, 0, 20_000)


def test_a_renamed_project_is_the_same() -> None:
    lists = batch(honour("心灵驿站", "municipal")), batch(honour("港湾热线", "provincial", names=("心灵驿站",)))
    first, second = (b.lines[0] for b in settled(*lists).batches)
    assert yuan(first) == (10_000, 0, 10_000)
    assert yuan(second) == (20_000, 10_000, 10_000)


def test_phases_are_projects_of_their_own() -> None:
    lines = (
        settled(batch(honour("新驿站（一期）", "municipal"), honour("新驿站（二期）", "municipal"))).batches[0].lines
    )
    assert [line.payable for line in lines] == [1_000_000, 1_000_000]
    assert not any(line.findings for line in lines)


def test_rows_without_a_name_are_never_one_project() -> None:
    rows = batch(
        honour("", "municipal", doubts=("没有写项目名称",)), honour("", "national", doubts=("没有写项目名称",))
    )
    assert [line.payable for line in settled(rows).batches[0].lines] == [0, 0]


def test_a_window_that_ended_is_told_with_its_end() -> None:
    ended = policy(municipal=[value(10_000, FIRST, date(2023, 12, 31))])
    (found,) = settle([batch(honour("新驿站", "municipal", "2024-01-01"))], Ledger(), ended).batches[0].lines
    assert (found.entitlement, found.payable) == (0, 0)
    assert "2021年12月9日至2023年12月31日" in found.findings[0].message

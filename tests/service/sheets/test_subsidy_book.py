"""补助测算.xlsx and 付款清单.xlsx: what can be written, what cannot, and formulas that give our exact sums wherever they are computed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from formflow.model.honours import NameQuestion
from formflow.model.money import Fen, capital
from formflow.model.settlement import (
    EntryLine,
    HonourLine,
    MatchingLine,
    NameLine,
    PaymentLine,
    PaymentList,
    SettlementHead,
    SettlementRow,
    SettlementSheet,
)
from formflow.service.sheets.capitals import capital_formula
from formflow.service.sheets.payment_list import build_payment_list
from formflow.service.sheets.subsidy import build_settlement
from support.recalculated import has_calc, recalculated

DUE = SettlementRow(
    "甲", "=HYPERLINK(\"http://x\")", "+乙", "青岛市 2022-03-15", "青岛市", Fen(1_000_000), Fen(0), Fen(1_000_000), "青岛市 10,000 − 已补助 0 = 10,000",
    "三", "待核定", verdict="approve", paid_on=date(2022, 12, 8),
)  # fmt: skip
PAID = replace(DUE, project="乐学堂", paid=Fen(1_000_000), payable=Fen(0), booked=Fen(1_000_000), is_undated=True, verdict=None, paid_on=None)  # fmt: skip
HELD = replace(DUE, project="热线", payable=Fen(0), is_held=True, questions=("名称相近",), verdict=None, paid_on=None)
TOPPED = replace(DUE, project="课堂", entitlement=Fen(2_000_000), paid=Fen(1_234_567), payable=Fen(765_433), verdict=None, paid_on=None)  # fmt: skip
SHEET = SettlementSheet(
    SettlementHead("p", "优秀项目", 2022, 1),
    (DUE, PAID, HELD, TOPPED),
    (NameLine(NameQuestion("=甲", "乙")),),
    (
        HonourLine(1, "a.xlsx", "甲", "", "", "", "", "", ()),
        HonourLine(2, "a.xlsx", "乙", "", "", "", "", "", (), True),
    ),
    (EntryLine(1, "拨付", "甲", "", "municipal", Fen(1_000_050), "青工发〔2022〕1号", date(2022, 12, 1), None, ""),),
    (MatchingLine("市北区", "青岛市", Fen(500_000), date(2022, 1, 1), "某文"),),
)
LIST = PaymentList(
    "优秀项目",
    "青工发〔2022〕1号",
    date(2022, 12, 8),
    (PaymentLine("暖阳中心", "甲", Fen(1_000_050)), PaymentLine("=乙", "丙", Fen(2_000_000), date(2022, 12, 9))),
)


def opened(data: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(data), data_only=values)


def free(page: Any) -> set[str]:
    return {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert build_settlement(SHEET) == build_settlement(replace(SHEET))
    assert build_payment_list(LIST) == build_payment_list(replace(LIST))


def test_only_what_is_to_be_decided_can_be_written() -> None:
    book = opened(build_settlement(SHEET))
    assert all(page.protection.sheet for page in book.worksheets)
    # Due: verdict and day. Paid without a day: the day, and money that came back. Held: nothing.
    assert free(book["补助测算"]) == {"N7", "O7", "O8", "P8", "Q8", "N10", "O10"}
    assert free(book["名称问题"]) == {"F7"}
    assert free(book["荣誉明细"]) == {"J7", "J8"}
    assert free(book["补助台账"]) == free(book["区市配套标准"]) == set()
    assert free(opened(build_payment_list(LIST)).active) == {f"{column}{row}" for column in "HIJK" for row in (6, 7)}


def test_nothing_from_outside_is_a_formula() -> None:
    for data in (build_settlement(SHEET), build_payment_list(LIST)):
        for page in opened(data).worksheets:
            for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "f"):
                assert cell.value.startswith(("=MAX(", "=SUM", "=IF(")), cell.value


def test_pages_without_content_are_left_out() -> None:
    assert opened(build_settlement(replace(SHEET, names=(), entries=(), matching=()))).sheetnames == [
        "补助测算",
        "荣誉明细",
    ]


def sums(data: bytes) -> list[tuple[Any, Any]]:
    page = opened(data, values=True).worksheets[0]
    return [(page.cell(row, 8).value, page.cell(row, 9).value) for row in range(7, 13)]


def test_sums_and_words_stand_there_before_anybody_computes_them() -> None:
    assert sums(build_settlement(SHEET)) == [
        (10_000, "壹万元整"), (0, "零元整"), (0, "零元整"), (7654.33, "柒仟陆佰伍拾肆元叁角叁分"), (17654.33, "壹万柒仟陆佰伍拾肆元叁角叁分"),
        (10_000, "壹万元整"),
    ]  # fmt: skip


@pytest.mark.skipif(not has_calc(), reason="needs LibreOffice Calc")
def test_the_formulas_give_the_same() -> None:
    for data in (build_settlement(SHEET), build_payment_list(LIST)):
        whole = [[cell.value for cell in row] for row in opened(data, values=True).worksheets[0].iter_rows()]
        again = [
            [cell.value for cell in row] for row in opened(recalculated(data), values=True).worksheets[0].iter_rows()
        ]
        assert [row[: len(whole[0])] for row in again[: len(whole)]] == whole


@pytest.mark.skipif(not has_calc(), reason="needs LibreOffice Calc")
def test_words_of_sums_are_those_of_the_program() -> None:
    rng = random.Random(1)
    fens = [
        0,
        1,
        10,
        11,
        100,
        105,
        110,
        32504,
        168032,
        140950,
        600714,
        10700053,
        1000000,
        1003000,
        10000500,
        100000000,
        100100000,
    ]
    fens += [rng.randrange(10 ** rng.randint(1, 13)) for _ in range(300)]
    book = Workbook()
    for row, fen in enumerate(fens, 1):
        book.active.cell(row, 1).value = fen / 100
        book.active.cell(row, 2).value = "=" + capital_formula(f"A{row}")
    written = BytesIO()
    book.save(written)
    page = opened(recalculated(written.getvalue()), values=True).active
    said = [page.cell(row, 2).value for row in range(1, len(fens) + 1)]
    assert said == [capital(Fen(fen)) for fen in fens]


def test_the_payment_list_adds_up() -> None:
    page = opened(build_payment_list(LIST), values=True).active
    assert [[cell.value for cell in row[1:7]] for row in page.iter_rows(min_row=6)] == [
        ["暖阳中心", "甲", 10000.5, "壹万元伍角整", "青工发〔2022〕1号", None],
        ["=乙", "丙", 20000, "贰万元整", "青工发〔2022〕1号", "2022年12月9日"],
        ["合计", None, 30000.5, "叁万元伍角整", None, None],
    ]

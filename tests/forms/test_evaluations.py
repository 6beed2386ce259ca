"""Evaluation sheets in the shapes people send: every home and every number, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from formflow.forms.evaluations import evaluation_sheets, record_of
from formflow.model.document import Block
from formflow.model.evaluation import EvaluationSheet
from formflow.reading import read_document
from support.evaluation_rules import RULES, with_evaluation
from support.evaluation_sheets import LAYOUTS, as_document, as_word, as_workbook, row_of, votes
from support.papers import CellLike, document, programme, table

PACK = with_evaluation()


def sheet_of(*blocks: Block | str) -> EvaluationSheet:
    (sheet,) = evaluation_sheets(document(*blocks), (PACK,))
    return sheet


def rows_of(sheet: EvaluationSheet) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = record_of(sheet, RULES).value("homes")
    return rows


def told(*rows: list[CellLike], title: str = "会员评议职工之家") -> list[dict[str, Any]]:
    """What a table says, empty places left out."""
    found = rows_of(sheet_of(title, table(*rows)))
    return [{key: value for key, value in row.items() if value is not None} for row in found]


@pytest.mark.parametrize("count", [1, 3, 6])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_every_number(layout: str, count: int) -> None:
    spoilt = layout == "spoilt"
    found = votes(count, count, spoilt=spoilt)
    wanted = [row_of(vote, says_spoilt=spoilt) for vote in found]
    papers = [as_document(layout, found), read_document(as_word(layout, found))]
    if layout != "sentences":
        papers += [read_document(as_workbook(layout, found, numbers=numbers)) for numbers in (True, False)]
    for paper in papers:
        (sheet,) = evaluation_sheets(paper, (PACK,))
        assert rows_of(sheet) == wanted


def test_head_lines_and_total() -> None:
    found = votes(3, 8)
    (sheet,) = evaluation_sheets(as_document("two_levels", found), (PACK,))
    assert (sheet.reporting_union, sheet.evaluated_on) == ("云汀区总工会", "2014-11-20")
    assert sheet.total is not None
    assert sheet.total.value("issued") == sum(vote.issued for vote in found)
    assert sheet.homes[0].rates["satisfied"].raw == found[0].share(found[0].satisfied)
    assert sheet.homes[0].locator is not None
    assert sheet.homes[0].locator.part == "table 1, row 4, column 2"


HEADS: list[CellLike] = ["单位名称", "发出", "收回", "满意", "基本满意", "不满意"]
PLAIN: list[CellLike] = ["甲厂", "100", "90", "80", "6", "4"]
AS_TOLD = {
    "home_name": "甲厂",
    "issued": 100,
    "returned": 90,
    "satisfied": 80,
    "fairly_satisfied": 6,
    "dissatisfied": 4,
}


def test_rows_that_are_no_homes() -> None:
    rows = told(HEADS, ["合计", "100", "90", "80", "6", "4"], PLAIN, ["小计", "100", "90", "80", "6", "4"], ["", "", "", "", "", ""],
                [("注：本表由工会填写", 6)], ["填表人：李明", "", "", "", "", ""], HEADS)  # fmt: skip
    assert rows == [AS_TOLD]


def test_names_under_a_head_nobody_knows() -> None:
    assert told(["", *HEADS[1:]], PLAIN) == [AS_TOLD]
    assert told(["支部", *HEADS[1:]], PLAIN) == [AS_TOLD]


def test_the_packs_own_head_over_names_comes_first() -> None:
    assert told(["单位", "职工之家", *HEADS[1:]], ["甲集团", *PLAIN]) == [AS_TOLD]


def test_three_rows_of_heads() -> None:
    heads: list[list[CellLike]] = [
        [("序号", 1, 3), ("单位", 1, 3), ("投票情况", 4), ("测评结果", 4)],
        [("发出", 2), ("收回", 2), ("满意", 2), ("不满意", 2)],
        ["张", "%", "张", "%", "票", "%", "票", "%"],
    ]
    (row,) = told(*heads, ["1", "甲厂", "100", "", "90", "90", "80", "88.9", "10", "11.1"])
    assert row == {"home_name": "甲厂", "issued": 100, "returned": 90, "satisfied": 80, "dissatisfied": 10}


def test_two_columns_of_one_answer_add_up_and_an_unknown_one_stays_apart() -> None:
    sheet = sheet_of(
        "会员评议职工之家",
        table(
            ["单位", "发出", "收回", "很满意", "满意", "一般", "不满意"], ["甲厂", "100", "95", "50", "30", "10", "5"]
        ),
    )
    assert sheet.homes[0].value("satisfied") == 80
    assert [(words, count.value) for words, count in sheet.homes[0].unmapped] == [("一般", 10)]


@pytest.mark.parametrize(("second", "value"), [("90", 90), ("91", None)])
def test_two_columns_of_one_count_must_agree(second: str, value: int | None) -> None:
    sheet = sheet_of(
        "会员评议职工之家",
        table(["单位", "收回票数", "实收票数", "满意", "不满意"], ["甲厂", "90", second, "80", "10"]),
    )
    assert sheet.homes[0].value("returned") == value


ANSWERS: list[list[CellLike]] = [["发出测评票", "100", "收回测评票", "90"], ["评价等次", "满意", "基本满意", "不满意"]]


def test_answers_in_a_row_with_numbers_and_shares_under_them() -> None:
    sheet = sheet_of(
        "会员评议职工之家",
        table(["职工之家名称", ("甲厂", 3)], *ANSWERS, ["票数", "80", "6", "4"], ["得票率", "88.9%", "6.7%", "4.4%"]),
    )
    assert rows_of(sheet)[0]["fairly_satisfied"] == 6
    assert {key: rate.raw for key, rate in sheet.homes[0].rates.items()} == {
        "satisfied": "88.9%",
        "fairly_satisfied": "6.7%",
        "dissatisfied": "4.4%",
    }


def test_a_word_where_a_number_under_an_answer_belongs_is_no_number() -> None:
    sheet = sheet_of("会员评议职工之家", table(["职工之家名称", ("甲厂", 3)], *ANSWERS, ["票数", "大部分", "6", "4"]))
    (home,) = sheet.homes
    assert (home.value("satisfied"), home.counts["satisfied"].raw, home.value("dissatisfied")) == (None, "大部分", 4)


def test_answers_asked_item_by_item_under_one_row_are_not_added_up() -> None:
    rows: list[list[CellLike]] = [["工作实绩", "80", "6", "4"], ["维护权益", "70", "10", "10"]]
    found = evaluation_sheets(
        document("会员评议职工之家", table(["职工之家名称", ("甲厂", 3)], *ANSWERS, *rows)), (PACK,)
    )
    assert all(home.value("satisfied") in (None, 80, 70) for sheet in found for home in (*sheet.homes, *sheet.unsorted))


def test_a_home_asked_item_by_item_counts_as_a_whole() -> None:
    heads: list[CellLike] = ["评议内容", "发出", "收回", "满意", "基本满意", "不满意"]
    lines = ("会员评议表", "职工之家：甲厂职工之家")
    rows: list[list[CellLike]] = [["维权", *PLAIN[1:]], ["总体评价", "100", "90", "70", "15", "5"]]
    sheet = sheet_of(*lines, table(heads, *rows))
    assert [(home.home_name, home.value("satisfied")) for home in sheet.homes] == [("甲厂职工之家", 70)]
    unsure = sheet_of(
        *lines, table(["单位", *heads], [("甲厂", 1, 2), *rows[0]], ["服务", "100", "90", "70", "15", "5"])
    )
    assert unsure.homes == ()
    assert len(unsure.unsorted) == 2


def test_numbers_nobody_can_give_a_home() -> None:
    sheet = sheet_of("会员评议职工之家", table(HEADS, PLAIN, ["", "100", "90", "80", "6", "4"]))
    assert [home.home_name for home in sheet.homes] == ["甲厂"]
    assert len(sheet.unsorted) == 1


def test_homes_one_under_another_in_one_table_stay_apart() -> None:
    def block(name: str, satisfied: int) -> list[list[CellLike]]:
        return [
            ["职工之家名称", name],
            ["发出票数", "100"],
            ["收回票数", "90"],
            ["满意", str(satisfied)],
            ["不满意", str(90 - satisfied)],
        ]

    rows = told(*block("甲厂", 80), *block("乙厂", 70))
    assert [(row["home_name"], row["satisfied"]) for row in rows] == [("甲厂", 80), ("乙厂", 70)]
    unnamed = sheet_of("会员评议职工之家", table(*block("甲厂", 80)[1:], *block("乙厂", 70)[1:]))
    assert (unnamed.homes, [tally.value("satisfied") for tally in unnamed.unsorted]) == ((), [80, 70])


def test_a_line_over_heads_names_the_home_under_them() -> None:
    heads: list[CellLike] = HEADS[1:]
    rows = told(
        [("职工之家名称：甲厂", 5)], heads, PLAIN[1:], [("职工之家名称：乙厂", 5)], heads, ["50", "40", "30", "6", "4"]
    )
    assert [(row["home_name"], row["satisfied"]) for row in rows] == [("甲厂", 80), ("乙厂", 30)]
    unmerged = told(["职工之家名称：甲厂", "", "", "", ""], heads, PLAIN[1:])
    assert [row["home_name"] for row in unmerged] == ["甲厂"]
    in_pairs = told(["职工之家名称：丙厂", "", "", ""], ["发出", "9", "收回", "9"], ["满意", "8", "不满意", "1"])
    assert [(row["home_name"], row["satisfied"]) for row in in_pairs] == [("丙厂", 8)]


def test_a_sheet_of_a_workbook_names_its_home() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    for name, satisfied in (("甲厂职工之家", 80), ("乙厂职工之家", 70)):
        page = book.create_sheet(name)
        for row in (("发出票数", 100), ("收回票数", satisfied + 5), ("满意", satisfied), ("不满意", 5)):
            page.append(row)
    book.remove(book.worksheets[0])
    buffer = BytesIO()
    book.save(buffer)
    (sheet,) = evaluation_sheets(read_document(buffer.getvalue()), (PACK,))
    assert [(home.home_name, home.value("satisfied")) for home in sheet.homes] == [
        ("甲厂职工之家", 80),
        ("乙厂职工之家", 70),
    ]


def test_sentences_that_tell_one_home_together() -> None:
    sheet = sheet_of(
        "会员评议职工之家工作总结",
        "我会于2014年11月组织评议，发出测评表148份，收回145份，有效145份。",
        "结果：满意130票，占89.7%；基本满意12票；不满意3票。",
    )
    (tally,) = sheet.unsorted
    assert [tally.value(key) for key in ("issued", "returned", "satisfied", "fairly_satisfied", "dissatisfied")] == [
        148,
        145,
        130,
        12,
        3,
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        ("服务中心满意度测评", table(HEADS, PLAIN)),
        ("会员评议职工之家票", table(["评议内容", "满意", "基本满意", "不满意"], ["维权", "√", "", ""])),
        ("职工之家申请表", table(["单位名称", "甲厂"], ["发出通知", "3份"])),
        ("会员评议职工之家的通知", "请于11月底前完成评议，满意率应在80%以上。"),
        ("会员评议职工之家名单", table(["序号", "单位名称", "备注"], ["1", "甲厂", ""])),
    ],
)
def test_papers_that_are_something_else(blocks: tuple[Block | str, ...]) -> None:
    assert evaluation_sheets(document(*blocks), (PACK,)) == ()


def test_a_sheet_handed_out_is_known_though_nobody_filled_it_in() -> None:
    sheet = sheet_of("会员评议职工之家", table(HEADS, [""] * 6, [""] * 6))
    assert (sheet.homes, sheet.unsorted) == ((), ())


def test_only_packs_with_such_sheets_claim_one_and_each_by_its_own_subject() -> None:
    paper = as_document("plain", votes(2, 1))
    other = with_evaluation("canteens", replace(RULES, subjects=("食堂评议",)))
    assert [sheet.programme_id for sheet in evaluation_sheets(paper, (programme(), other, PACK))] == ["homes"]


def test_an_unsure_number_makes_an_unsure_answer() -> None:
    paper = as_document("plain", votes(2, 1))
    blocks = list(paper.blocks)
    grid = blocks[-1]
    cell = grid.cells[-1]  # type: ignore[union-attr]
    doubtful = replace(cell, blocks=tuple(replace(part, confidence=0.5) for part in cell.blocks))  # type: ignore[arg-type]
    blocks[-1] = replace(grid, cells=(*grid.cells[:-1], doubtful))  # type: ignore[union-attr, arg-type]
    (sheet,) = evaluation_sheets(replace(paper, blocks=tuple(blocks)), (PACK,))
    assert [home.confidence for home in sheet.homes] == [1.0, 0.5]
    assert record_of(sheet, RULES).answers["homes"].confidence == 0.5

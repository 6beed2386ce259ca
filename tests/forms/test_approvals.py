"""A returned 发文审批表: every line that cannot be taken is told, none is guessed at."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.forms.approvals import HEADINGS, returned_approval
from formflow.model.document import Cell, Document, Locator, Paragraph, Table

HERE = Locator("sheet")
HEAD = ("项目编码", "friends", "年度", "2026", "审批表版次", "2")


def sheet(*lines: dict[str, str], head: tuple[str, ...] = HEAD, headings: tuple[str, ...] = HEADINGS) -> Document:
    rows = [("发文审批表",), head, headings, *(tuple(line.get(name, "") for name in headings) for line in lines)]
    cells = tuple(
        Cell(row, column, 1, 1, (Paragraph(text, HERE),), HERE)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Document("xlsx", (Table(len(rows), len(headings), cells, HERE),))


def line(verdict: str, **more: str) -> dict[str, str]:
    return {"文书编码": "k1", "标题": "关于命名的决定", "批准": verdict, **more}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("是", "approve"), (" 是 ", "approve"), ("同意", "approve"), ("√", "approve"), ("否", "hold"), ("不同意", "hold")],
)
def test_verdicts_as_people_write_them(said: str, verdict: str) -> None:
    found = returned_approval(sheet(line(said)))
    assert found is not None
    assert [decision.verdict for decision in found.decisions] == [verdict]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("filled", "problem"),
    [
        (line("也许"), "写的是“也许”"),
        (line("是", 成文日期="下周"), "看不出是哪一天"),
        (line("作废", 发文字号="海工发〔2026〕1号"), "请写明理由"),
        (line("否", 发文字号="海工发〔2026〕1号"), "不能改为不批准"),
        (line("", 签发人="张三"), "“批准”一栏是空的"),
    ],
)
def test_what_cannot_be_taken_is_told_with_the_letter(filled: dict[str, str], problem: str) -> None:
    found = returned_approval(sheet(filled))
    assert found is not None
    assert len(found.problems) == 1
    assert problem in found.problems[0]
    assert "关于命名的决定" in found.problems[0]


def test_a_line_left_open_decides_nothing() -> None:
    found = returned_approval(sheet(line(""), line("是", 文书编码="k2", 成文日期="2026.3.4")))
    assert found is not None
    assert [(decision.key, decision.dated) for decision in found.decisions] == [("k2", date(2026, 3, 4))]


def test_one_letter_on_two_lines_is_told() -> None:
    found = returned_approval(sheet(line("是"), line("否")))
    assert found is not None
    assert any("出现了两次" in problem for problem in found.problems)


def test_columns_may_be_moved() -> None:
    found = returned_approval(sheet(line("是", 签发人="张三"), headings=tuple(reversed(HEADINGS))))
    assert found is not None
    assert found.decisions[0].signer == "张三"


@pytest.mark.parametrize("head", [(), ("项目编码", "friends", "年度", "今年", "审批表版次", "2"), HEAD[:4]])
def test_another_workbook_is_none(head: tuple[str, ...]) -> None:
    assert returned_approval(sheet(line("是"), head=head)) is None


def test_without_its_heads_it_is_none() -> None:
    assert returned_approval(sheet(line("是"), headings=tuple(name for name in HEADINGS if name != "批准"))) is None


def test_a_verdict_beside_no_letter_is_not_passed_over() -> None:
    """Somebody has written below the table or wiped the key."""
    found = returned_approval(sheet(line("是"), line("否", 文书编码=""), line("", 文书编码="", 标题="合计")))
    assert found is not None
    assert [decision.key for decision in found.decisions] == ["k1"]
    (problem,) = found.problems
    assert "没有文书编码" in problem

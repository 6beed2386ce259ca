"""会员评议 sheets an office could send, made from ballots known beforehand: tables of cells, from which documents and files are drawn.

`Vote` is the truth; a layout says it in one of the shapes people use. Nothing here uses the code under test.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document as WordDocument
from openpyxl import Workbook

from formflow.model.document import Document
from support.packing import repack
from support.papers import CellLike, document, table

TITLE = "2014年会员评议职工之家情况统计表"
UNION = "云汀区总工会"
NAMES = ("云汀区砚池小学职工之家", "晴川机械厂职工之家", "柳浪街道社区卫生服务中心职工之家", "远帆物流有限公司职工之家",
         "望岳药业股份有限公司职工之家", "青屏水务集团职工之家", "长亭印刷厂职工之家", "知春图书馆职工之家")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vote:
    """How one home voted; `spoilt` ballots came back and say nothing."""

    home: str
    issued: int
    satisfied: int
    fairly: int
    dissatisfied: int
    spoilt: int = 0

    @property
    def valid(self) -> int:
        return self.satisfied + self.fairly + self.dissatisfied

    @property
    def returned(self) -> int:
        return self.valid + self.spoilt

    def share(self, number: int, digits: int = 1) -> str:
        """A share of the valid ballots in per cent, rounded by the decimal module."""
        from decimal import ROUND_HALF_UP, Decimal

        rate = Decimal(number * 100) / Decimal(self.valid)
        return f"{rate.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)}%"


def votes(count: int, seed: int, *, spoilt: bool = False) -> tuple[Vote, ...]:
    """Votes of invented homes."""
    rng = random.Random(f"votes {seed}")
    made = []
    for name in rng.sample(NAMES, count):
        satisfied, fairly, dissatisfied = rng.randint(20, 400), rng.randint(0, 60), rng.randint(0, 40)
        bad = rng.randint(0, 4) if spoilt else 0
        total = satisfied + fairly + dissatisfied + bad
        made.append(Vote(name, total + rng.randint(0, 30), satisfied, fairly, dissatisfied, bad))
    return tuple(made)


def row_of(vote: Vote, *, says_spoilt: bool = False) -> dict[str, Any]:
    """The row that must be read; `says_spoilt`: the sheet has columns for valid and spoilt ballots."""
    return {
        "home_name": vote.home,
        "members": None,
        "issued": vote.issued,
        "returned": vote.returned,
        "valid": vote.valid if says_spoilt else None,
        "spoilt": vote.spoilt if says_spoilt else None,
        "satisfied": vote.satisfied,
        "fairly_satisfied": vote.fairly,
        "dissatisfied": vote.dissatisfied,
        "abstained": None,
    }


Rows = list[Sequence[CellLike]]
Sheet = tuple[list[str], list[Rows]]


def wide(full: str) -> str:
    """Digits in full width."""
    return full.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


def _plain(found: Sequence[Vote]) -> Sheet:
    heads = ["序号", "职工之家名称", "发出票数", "收回票数", "满意", "基本满意", "不满意"]
    rows: Rows = [heads]
    for number, vote in enumerate(found, 1):
        rows.append(
            [
                str(number),
                vote.home,
                *map(str, (vote.issued, vote.returned, vote.satisfied, vote.fairly, vote.dissatisfied)),
            ]
        )
    return [TITLE, f"填报单位：{UNION}　　　　填报日期：2014年11月20日"], [rows]


def _two_levels(found: Sequence[Vote]) -> Sheet:
    """Heads over heads, shares beside counts, a total, units in heads."""
    rows: Rows = [
        [(TITLE, 10)],
        [("序号", 1, 2), ("基层工会名称", 1, 2), ("测评票（张）", 2), ("满意", 2), ("基本满意", 2), ("不满意", 2)],
        ["发出", "收回", "票数", "得票率", "票数", "得票率", "票数", "得票率"],
    ]
    for number, vote in enumerate(found, 1):
        shares = [
            part
            for count in (vote.satisfied, vote.fairly, vote.dissatisfied)
            for part in (str(count), vote.share(count))
        ]
        rows.append([str(number), vote.home, str(vote.issued), str(vote.returned), *shares])
    sums = [
        sum(getattr(vote, name) for vote in found)
        for name in ("issued", "returned", "satisfied", "fairly", "dissatisfied")
    ]
    rows.append([("合计", 2), str(sums[0]), str(sums[1]), str(sums[2]), "", str(sums[3]), "", str(sums[4]), ""])
    rows.append([("注：得票率按有效票计算。", 10)])
    return [f"组织单位：{UNION}", "测评时间：2014.11.20"], [rows]


def _wide_digits(found: Sequence[Vote]) -> Sheet:
    """Other words, full-width digits with units, the rate at the end, columns moved, a note column."""
    rows: Rows = [
        [
            "单位",
            "满意（票）",
            "基本满意（票）",
            "不满意（票）",
            "发放评议票（张）",
            "回收评议票（张）",
            "满意率",
            "备注",
        ]
    ]
    for vote in found:
        rate = vote.share(vote.satisfied + vote.fairly, 2)
        counts = [f"{wide(str(number))}票" for number in (vote.satisfied, vote.fairly, vote.dissatisfied)]
        rows.append([vote.home, *counts, f"{vote.issued}张", f"{vote.returned} 张", rate, ""])
    return ["职 工 之 家 会 员 评 议 结 果 汇 总"], [rows]


def _columns(found: Sequence[Vote]) -> Sheet:
    """Homes side by side."""
    rows: Rows = [["职工之家", *(vote.home for vote in found)]]
    for label, name in (
        ("发出票数", "issued"),
        ("收回票数", "returned"),
        ("满意票数", "satisfied"),
        ("基本满意票数", "fairly"),
        ("不满意票数", "dissatisfied"),
    ):
        rows.append([label, *(str(getattr(vote, name)) for vote in found)])
    return [TITLE], [rows]


def _one_each(found: Sequence[Vote]) -> Sheet:
    """A small table for each home, its name on the line over it."""
    texts, tables = [TITLE], []
    for vote in found:
        texts.append(f"职工之家名称：{vote.home}")
        tables.append(
            [
                ["发出票数", str(vote.issued), "收回票数", str(vote.returned)],
                [
                    "满意",
                    f"{vote.satisfied}（{vote.share(vote.satisfied)}）",
                    "基本满意",
                    f"{vote.fairly}（{vote.share(vote.fairly)}）",
                ],
                ["不满意", f"{vote.dissatisfied}（{vote.share(vote.dissatisfied)}）", "", ""],
            ]
        )
    return texts, tables


def _answers_over_counts(found: Sequence[Vote]) -> Sheet:
    """A table for each home: its name, the ballots beside their labels, the answers in a row with numbers and shares under them."""
    texts, tables = [TITLE], []
    for number, vote in enumerate(found, 1):
        counts = (vote.satisfied, vote.fairly, vote.dissatisfied)
        texts.append(f"第{number}家")
        tables.append(
            [
                ["职工之家名称", (vote.home, 3)],
                ["发出测评票", str(vote.issued), "收回测评票", str(vote.returned)],
                ["评价等次", "满意", "基本满意", "不满意"],
                ["票数", *map(str, counts)],
                ["得票率", *(vote.share(count) for count in counts)],
            ]
        )
    return texts, tables


def _named_inside(found: Sequence[Vote]) -> Sheet:
    """A form for each home with its name in a cell, numbers under one another, shares in a third column."""
    tables: list[Rows] = []
    for vote in found:
        rows: Rows = [["职工之家名称", (vote.home, 2)], ["项目", "票数", "占比"]]
        rows += [["发出测评票", f"{vote.issued}", ""], ["收回测评票", f"{vote.returned}", ""]]
        rows += [[label, str(count), vote.share(count)] for label, count in
                 (("1.满意", vote.satisfied), ("2.基本满意", vote.fairly), ("3.不满意", vote.dissatisfied))]  # fmt: skip
        tables.append(rows)
    return [f"{UNION}会员评议职工之家测评统计"], tables


def _spoilt(found: Sequence[Vote]) -> Sheet:
    """With valid and spoilt ballots told, repeated heads and a sub-total."""
    heads = ["被评议单位", "发出选票数", "收回选票数", "其中有效票", "无效票", "满意", "基本满意", "不满意", "参评率"]
    rows: Rows = [heads]
    for number, vote in enumerate(found):
        if number == 2:
            rows.append(heads)
        numbers = (vote.issued, vote.returned, vote.valid, vote.spoilt, vote.satisfied, vote.fairly, vote.dissatisfied)
        rows.append([vote.home, *map(str, numbers), f"{vote.returned / vote.issued:.6f}"])
    return ["会员评议职工之家汇总表"], [rows]


def _sentences(found: Sequence[Vote]) -> Sheet:
    texts = ["关于会员评议职工之家情况的报告"]
    texts += [
        f"{vote.home}：共发出评议票{vote.issued}张，收回评议票{vote.returned}张，其中满意{vote.satisfied}票、基本满意{vote.fairly}票、不满意{vote.dissatisfied}票。"
        for vote in found
    ]
    return texts, []


LAYOUTS: dict[str, Callable[[Sequence[Vote]], Sheet]] = {
    "plain": _plain, "two_levels": _two_levels, "wide_digits": _wide_digits, "columns": _columns, "one_each": _one_each,
    "answers_over_counts": _answers_over_counts, "named_inside": _named_inside, "spoilt": _spoilt, "sentences": _sentences,
}  # fmt: skip


def as_document(layout: str, found: Sequence[Vote]) -> Document:
    """The sheet as it would have been read."""
    texts, tables = LAYOUTS[layout](found)
    return document(*_in_order(texts, [table(*rows, number=number) for number, rows in enumerate(tables, 1)]))


def _in_order(texts: list[str], tables: list[Any]) -> list[Any]:
    """Lines first; where there are as many as tables, each table under its own."""
    if len(tables) > 1 and len(texts) == len(tables) + 1:
        return [texts[0], *(part for pair in zip(texts[1:], tables, strict=True) for part in pair)]
    return [*texts, *tables]


def as_workbook(layout: str, found: Sequence[Vote], *, numbers: bool = True) -> bytes:
    """The sheet as .xlsx, one worksheet for each table; `numbers`: counts are numbers, not text."""
    texts, tables = LAYOUTS[layout](found)
    book = Workbook()
    for index, rows in enumerate(tables):
        sheet = book.active if index == 0 else book.create_sheet()
        parted = len(tables) > 1 and len(texts) == len(tables) + 1
        lines = [texts[0], texts[index + 1]] if parted else texts
        for at, line in enumerate(lines, 1):
            sheet.cell(at, 1, line)
        _write_rows(sheet, rows, len(lines) + 1, numbers)
    buffer = io.BytesIO()
    book.save(buffer)
    return repack(buffer.getvalue())


def _write_rows(sheet: Any, rows: Rows, top: int, numbers: bool) -> None:
    taken: set[tuple[int, int]] = set()
    for down, entries in enumerate(rows):
        column = 1
        for entry in entries:
            text, across, rows_down = entry if isinstance(entry, tuple) and len(entry) == 3 else (*_pair(entry), 1)
            while (down, column) in taken:
                column += 1
            taken |= {(down + r, column + c) for r in range(rows_down) for c in range(across)}
            cell = sheet.cell(top + down, column)
            if numbers and str(text).endswith("%"):
                cell.value, cell.number_format = float(str(text)[:-1]) / 100, "0.00%"
            else:
                cell.value = int(text) if numbers and str(text).isdigit() else text
            if across > 1 or rows_down > 1:
                sheet.merge_cells(
                    start_row=top + down,
                    start_column=column,
                    end_row=top + down + rows_down - 1,
                    end_column=column + across - 1,
                )
            column += across


def _pair(entry: CellLike) -> tuple[Any, int]:
    return (entry[0], entry[1]) if isinstance(entry, tuple) else (entry, 1)


def as_word(layout: str, found: Sequence[Vote]) -> bytes:
    """The sheet as .docx."""
    texts, tables = LAYOUTS[layout](found)
    word = WordDocument()
    for part in _in_order(texts, tables):
        if isinstance(part, str):
            word.add_paragraph(part)
        else:
            _draw_table(word, part)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _draw_table(word: Any, rows: Rows) -> None:
    width = max(sum(_pair(entry)[1] for entry in row) for row in rows)
    drawn = word.add_table(rows=len(rows), cols=width, style="Table Grid")
    taken: set[tuple[int, int]] = set()
    for down, entries in enumerate(rows):
        column = 0
        for entry in entries:
            text, across, rows_down = entry if isinstance(entry, tuple) and len(entry) == 3 else (*_pair(entry), 1)
            while (down, column) in taken:
                column += 1
            taken |= {(down + r, column + c) for r in range(rows_down) for c in range(across)}
            cell = drawn.cell(down, column)
            if across > 1 or rows_down > 1:
                cell = cell.merge(drawn.cell(down + rows_down - 1, column + across - 1))
            cell.text = str(text)
            column += across

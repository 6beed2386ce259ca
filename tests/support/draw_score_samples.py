"""The filled score sheets among the samples of the pack: invented reviewers, the units of its applications. Run as a program it writes them."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import openpyxl

from formflow.service.sheets.score_blank import build_score_sheet
from support.office import NANTONG
from support.score_sheets import Marks, as_docx, as_xlsx, plain, programme, rubric, vertical_head, with_sums

FOLDER = NANTONG / "samples" / "评分表"
_STONE, _WILLOW, _EGRET = "东筠县石梁镇职工服务中心", "海穗市柳湾镇职工服务中心", "江岚市白鹭镇职工服务中心"
_RATES = {_STONE: Decimal("93.5"), _WILLOW: Decimal("84.2"), _EGRET: Decimal("89.5")}


@dataclass(frozen=True)
class Sample:
    """A file, the sheets in it, and what must be found in each as (code, field)."""

    name: str
    data: bytes
    marks: tuple[Marks, ...]
    findings: tuple[tuple[tuple[str, str], ...], ...]


def give(unit: str, reviewer: str, day: date) -> Marks:
    """High marks, a little off the maximum here and there."""
    rng = random.Random(f"{unit}{reviewer}")
    scores = {c.id: c.points - min(c.points, Decimal(rng.choice((0, 0, 0, 1, 1, 2))) / 2) for c in rubric().criteria}
    band = rubric().criterion("8.1").band(_RATES[unit])
    assert band is not None
    scores["8.1"] = band.highest - Decimal(rng.randrange(3)) / 2
    return Marks(unit, reviewer, day, scores, _RATES[unit])


def fill_blank(marks: Marks) -> bytes:
    """The blank of the pack as a reviewer fills it in, by the labels he sees."""
    book = openpyxl.load_workbook(io.BytesIO(build_score_sheet(programme(), rubric())))
    page = book.active
    entries = {
        "单位名称": marks.centre,
        "评分人": marks.reviewer,
        "评分日期": marks.day,
        "满意率": float(marks.rate) / 100,
    }
    for row in page.iter_rows(max_row=5):
        for cell in row:
            if cell.value in entries:
                page.cell(cell.row, cell.column + 1).value = entries[cell.value]
    for row in page.iter_rows(min_row=7):
        if row[1].value in marks.scores:
            row[5].value = plain(marks.scores[row[1].value])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def samples() -> tuple[Sample, ...]:
    """Five files: blanks filled in, a Word table, one reviewer's workbook for three units, and one sheet with slips."""
    stone = give(_STONE, "陈安", date(2022, 11, 8)), give(_STONE, "李晓雯", date(2022, 11, 9))
    willow = give(_WILLOW, "陈安", date(2022, 11, 8))
    all_three = tuple(give(unit, "王博文", date(2022, 11, 10)) for unit in (_STONE, _WILLOW, _EGRET))
    tabs = {"石梁镇": all_three[0], "柳湾镇": all_three[1], "白鹭镇": all_three[2]}
    book = as_xlsx({name: vertical_head(marks) for name, marks in tabs.items()})
    slips, data = _with_slips(give(_EGRET, "李晓雯", date(2022, 11, 9)))
    return (
        Sample("石梁镇评分表（陈安）.xlsx", fill_blank(stone[0]), (stone[0],), ((),)),
        Sample("石梁镇评分表（李晓雯）.docx", as_docx([with_sums(stone[1])]), (stone[1],), ((),)),
        Sample("柳湾镇评分表（陈安）.xlsx", fill_blank(willow), (willow,), ((),)),
        Sample("王博文评分（三个单位）.xlsx", book, all_three, ((), (), ())),
        Sample("白鹭镇评分表（李晓雯）.xlsx", data, (slips,), ((("missing", "scores"), ("invalid", "scores"), ("inconsistent", "total"), ("inconsistent", "scores")),)),
    )  # fmt: skip


def _with_slips(marks: Marks) -> tuple[Marks, bytes]:
    """1.3 left blank, 2.1 above its maximum, 8.1 above the band of the rate, the total added up wrongly; sums of groups left out."""
    page = with_sums(marks)
    rows = {row[0]: row for row in page.rows if row and row[0]}
    rows["1.3"][4], rows["2.1"][4], rows["8.1"][4] = "", 3, 12
    for row in page.rows:
        if row[1:2] == ["小计"]:
            row[4] = ""
    page.rows[-1][4] = 60
    scores = {**marks.scores, "2.1": Decimal(3), "8.1": Decimal(12)}
    return replace(marks, scores={key: value for key, value in scores.items() if key != "1.3"}), as_xlsx({"评分": page})


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for sample in samples():
        (FOLDER / sample.name).write_bytes(sample.data)

"""A case has one number, written alike wherever a clerk meets it."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from support import offices, score_sheets

SHOWN = "2022-0002"
OLD = "202200002"
YEAR = Path("职工服务中心赋能创优/2022年")


def found(path: Path, beside: str) -> str:
    """What stands right of, or below, the only cell with these words."""
    page = load_workbook(path).worksheets[0]
    (cell,) = [cell for row in page.iter_rows() for cell in row if cell.value == beside]
    right, below = cell.offset(column=1).value, cell.offset(row=1).value
    return str(below if cell.column == 1 or (below and str(below)[:2] == "20") else right)


def scored() -> bytes:
    given = score_sheets.invent(random.Random(1), centre=offices.COMPLETE_UNIT, reviewer="甲")
    whole = replace(given, day=date(2022, 11, 10), rate=Decimal(95), scores={**given.scores, "8.1": Decimal(12)})
    return score_sheets.as_xlsx({"表": score_sheets.with_sums(whole)})


@pytest.fixture
def assessed(tmp_path: Path) -> Any:
    """Two cases, and the round in which the second one is assessed."""
    now = [offices.NOW]
    with offices.office(tmp_path, now=lambda: now[0]) as office:
        from formflow.service.engine import work_off

        offices.drop(tmp_path, offices.INCOMPLETE)
        work_off(office)
        offices.drop(tmp_path, offices.COMPLETE)
        work_off(office)
        now[0] = datetime(2022, 11, 21, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        offices.drop(tmp_path, scored(), "评分表.xlsx")
        work_off(office)
        yield office


def test_it_is_the_same_in_every_workbook(assessed: Any) -> None:
    from formflow.register import models as rows
    from formflow.service.letters_due import case_folder

    case = rows.Case.objects.get(number=2)
    outbox = assessed.home.outbox
    (review,) = (outbox / case_folder(case)).glob("审核表*.xlsx")
    assert found(review, "案卷号") == SHOWN
    assert found(outbox / YEAR / "年度台账.xlsx", "案卷号") == "2022-0001"
    (summary,) = (outbox / YEAR / "评审").glob("评分汇总*.xlsx")
    assert found(summary, "案卷号") == SHOWN
    (letter,) = case.letters.all()
    assert letter.serial.startswith(f"{SHOWN}-")


def test_a_sheet_that_went_out_with_the_number_as_it_was_is_understood(assessed: Any) -> None:
    """Sheets of an earlier version are still with clerks."""
    from formflow.forms.corrections import returned_sheet
    from formflow.forms.decisions import returned_summary
    from formflow.reading import read_document
    from formflow.register import models as rows
    from formflow.service.letters_due import case_folder

    (review,) = (assessed.home.outbox / case_folder(rows.Case.objects.get(number=2))).glob("审核表*.xlsx")
    (summary,) = (assessed.home.outbox / YEAR / "评审").glob("评分汇总*.xlsx")
    for written in (SHOWN, "2022-2", "2"):
        sheet = returned_sheet(read_document(replaced(review, written)))
        assert sheet is not None
        assert (sheet.year, sheet.number) == (2022, 2)
    for written in (SHOWN, "2022-2", OLD):
        returned = returned_summary(read_document(replaced(summary, written)))
        assert returned is not None
        assert [row.case_number for row in returned.rows] == [202200002]
    contradictory = returned_sheet(read_document(replaced(review, "2023-0002")))
    assert contradictory is not None
    assert not rows.Case.objects.filter(year=contradictory.year, number=contradictory.number).exists()


def replaced(path: Path, written: str) -> bytes:
    """The workbook with the number written otherwise."""
    book, stream = load_workbook(path), io.BytesIO()
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == SHOWN]
    assert cells
    for cell in cells:
        cell.value = written
    book.save(stream)
    return stream.getvalue()

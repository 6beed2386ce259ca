"""A returned 评分汇总: the `Document` of a workbook in, what was decided about each unit out. Pure; writes no workbook.

It is told by its heads, never by its name. Whether a decision may be taken (late, overtaken, against a veto) is for others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from formflow.forms.returned_pages import ReturnedLine, returned_page
from formflow.model.case import CASE_NUMBER, case_code
from formflow.model.document import Document, Table
from formflow.model.period import parse_date
from formflow.model.scoring import DECISION_LABELS, NamingDecision, ReturnedDecision, ReturnedSummary
from formflow.model.text import fold, is_blank

TITLE = "评分汇总"
# The head's names, in the order they stand on the sheet.
HEAD_WORDS = ("项目编码", "年度", "汇总表版次")
NUMBER, UNIT, DECISION, REASON, UNTIL = CASE_NUMBER, "单位", "拟命名", "理由", "延期至"
_SAID: Mapping[str, NamingDecision] = {fold(label): decision for decision, label in DECISION_LABELS.items()} | {
    fold("命名"): "name", fold("√"): "name", fold("同意"): "name", fold("不命名"): "refuse", fold("×"): "refuse", fold("不同意"): "refuse",
}  # fmt: skip


def returned_summary(document: Document) -> ReturnedSummary | None:
    """The 评分汇总 in a workbook; None if it is another workbook."""
    for block in document.blocks:
        if isinstance(block, Table) and (found := _returned(block)):
            return found
    return None


def _returned(table: Table) -> ReturnedSummary | None:
    page = returned_page(table, HEAD_WORDS, (UNIT, DECISION))
    if page is None:
        return None
    year, revision = page.numbers
    # A decision beside no unit, written below the table or where the name was wiped, must not be passed over in silence.
    told = (line for line in page.lines if line.text(UNIT) or not is_blank(line.text(DECISION)))
    return ReturnedSummary(page.programme_id, year, revision, _once(list(map(_decision, told))))


def _once(rows: list[ReturnedDecision]) -> tuple[ReturnedDecision, ...]:
    """A row that was copied would be decided, and counted, twice: such rows are doubtful, all of them."""
    count = Counter(row.case_number for row in rows)
    twice = f"{NUMBER}在表里出现了不止一次，请只留一行"
    return tuple(
        replace(row, doubt="；".join(filter(None, (row.doubt, twice))))
        if row.case_number is not None and count[row.case_number] > 1
        else row
        for row in rows
    )


def _decision(line: ReturnedLine) -> ReturnedDecision:
    said, until = line.text(DECISION), line.text(UNTIL)
    decision, day = _SAID.get(fold(said)), parse_date(until)
    cell = line.cell(DECISION)
    return ReturnedDecision(
        unit=line.text(UNIT),
        case_number=case_code(line.text(NUMBER)),
        decision=decision,
        until=day.isoformat() if day else None,
        reason=line.text(REASON),
        doubt="；".join(_doubts(said, decision, until, has_day=day is not None)),
        locator=cell.locator if cell else None,
    )


def _doubts(said: str, decision: NamingDecision | None, until: str, *, has_day: bool) -> Iterator[str]:
    if decision is None and not is_blank(said):
        yield f"{DECISION}写的是“{said}”，只能写是、否或延期"
    if not has_day and not is_blank(until):
        yield f"{UNTIL}写的是“{until}”，看不出年月日"

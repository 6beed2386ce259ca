"""A returned 评分汇总: the `Document` of a workbook in, what was decided about each unit out. Pure; writes no workbook.

It is told by its heads, never by its name. Whether a decision may be taken (late, overtaken, against a veto) is for others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formflow.model.document import Cell, Document, Locator, Table
from formflow.model.period import parse_date
from formflow.model.scoring import DECISION_LABELS, NamingDecision, ReturnedDecision, ReturnedSummary
from formflow.model.text import fold, is_blank, tidy

TITLE = "评分汇总"
# The head's names, in the order they stand on the sheet.
HEAD_WORDS = ("项目编码", "年度", "汇总表版次")
NUMBER, UNIT, DECISION, REASON, UNTIL = "案卷号", "单位", "拟命名", "理由", "延期至"
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
    rows: dict[int, dict[int, Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    head_row = next((row for row in sorted(rows) if {UNIT, DECISION} <= {_text(c) for c in rows[row].values()}), None)
    if head_row is None:
        return None
    head = _head([_text(rows[row][column]) for row in sorted(rows) if row < head_row for column in sorted(rows[row])])
    if head is None:
        return None
    columns = {_text(cell): column for column, cell in rows[head_row].items()}
    lines = (_Line(columns, rows[row]) for row in sorted(rows) if row > head_row)
    return ReturnedSummary(*head, tuple(line.decision() for line in lines if line.text(UNIT)))


def _text(cell: Cell) -> str:
    return cell.text.strip()


def _head(words: list[str]) -> tuple[str, int, int] | None:
    """Programme, year and revision; the first and the last are named as on no other workbook."""
    found = {name: words[at + 1] for name in HEAD_WORDS if name in words and (at := words.index(name)) + 1 < len(words)}
    if len(found) < len(HEAD_WORDS) or not all(found[name].isdecimal() for name in HEAD_WORDS[1:]):
        return None
    programme_id, year, revision = (found[name] for name in HEAD_WORDS)
    return programme_id, int(year), int(revision)


class _Line:
    """One unit's row."""

    def __init__(self, columns: Mapping[str, int], cells: Mapping[int, Cell]) -> None:
        self._columns = columns
        self._cells = cells

    def text(self, head: str) -> str:
        cell = self._cell(head)
        return tidy(cell.text) if cell else ""

    def decision(self) -> ReturnedDecision:
        said, until, number = self.text(DECISION), self.text(UNTIL), fold(self.text(NUMBER))
        decision = _SAID.get(fold(said))
        day = parse_date(until)
        return ReturnedDecision(
            unit=self.text(UNIT),
            case_number=int(number) if number.isascii() and number.isdecimal() else None,
            decision=decision,
            until=day.isoformat() if day else None,
            reason=self.text(REASON),
            doubt="；".join(self._doubts(said, decision, until, has_day=day is not None)),
            locator=self._place(),
        )

    def _doubts(self, said: str, decision: NamingDecision | None, until: str, *, has_day: bool) -> Iterator[str]:
        if decision is None and not is_blank(said):
            yield f"{DECISION}写的是“{said}”，只能写是、否或延期"
        if not has_day and not is_blank(until):
            yield f"{UNTIL}写的是“{until}”，看不出年月日"

    def _cell(self, head: str) -> Cell | None:
        column = self._columns.get(head)
        return self._cells.get(column) if column is not None else None

    def _place(self) -> Locator | None:
        cell = self._cell(DECISION)
        return cell.locator if cell else None

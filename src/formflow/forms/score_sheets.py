"""Document → the score sheets in it, one for each unit and reviewer, told by structure and printed words, never by a file's name.

Comes in: a `Document` of any format and the programmes. Goes out: `ReadSheet`s. Nothing is judged here (see `rules.scoring`): a number
that is not there is not there, a row that cannot be told for sure is a `Stray`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from formflow.forms.decisions import returned_summary
from formflow.forms.found import sheet_of
from formflow.forms.score_align import Alignment, align_rows
from formflow.forms.score_blocks import Block, blocks_in
from formflow.forms.score_heads import Column
from formflow.forms.score_labels import LabelKey, Said, confidence_of
from formflow.forms.score_lines import Row, lines_of
from formflow.forms.score_names import Owner, is_unit, owner_of
from formflow.forms.score_numbers import read_percent, read_points
from formflow.forms.score_sums import group_totals, total_of
from formflow.forms.score_titles import centre_in_title
from formflow.forms.score_words import Wording
from formflow.model.document import Cell, Document
from formflow.model.period import parse_date
from formflow.model.programme import Programme
from formflow.model.rubric import Rubric
from formflow.model.scoring import Entry, Mark, ScoreSheet, Stray
from formflow.model.text import fold

# Of a rubric's criteria this share must be told for a table to be one of its sheets.
_SHARE = 0.5
# A document in which fewer are named word for word is not looked at more closely.
_HINT_SHARE = 0.3
# So sure is a name that another place of the sheet speaks against.
_CONTRADICTED = 0.5
_RATE_IN_REMARK = re.compile(r"满意[率度](?:测评结果|为|是|达到?|[:：])?\s*([\d.．０-９]+\s*[%％])")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet with whose it is. `share` is the share of the rubric's criteria that were found."""

    programme: Programme
    rubric: Rubric
    sheet: ScoreSheet
    share: float


def score_sheets(document: Document, programmes: tuple[Programme, ...]) -> tuple[ReadSheet, ...]:
    """Every score sheet in a document, in reading order; none if it is no score sheet. Where rubrics of several programmes fit, the sheets
    of each are given: exactly one is wanted, the rest is for a person to settle. A 评分汇总 of ours shows everybody's points and is none."""
    found = tuple(
        sheet
        for programme in programmes
        for rubric in programme.rubrics
        if _may_be(document, rubric)
        for sheet in _sheets(document, programme, rubric)
    )
    return () if found and returned_summary(document) else found


@lru_cache(maxsize=32)
def wording_of(rubric: Rubric) -> Wording:
    """A rubric's words, folded once."""
    return Wording(rubric)


def _may_be(document: Document, rubric: Rubric) -> bool:
    """Whether a document is worth a closer look: enough of the rubric's words stand in it, or the number of every criterion in a cell."""
    units = sheet_of(document).units
    if not any(unit.table for unit in units):
        return False
    wording, texts = wording_of(rubric), [unit.folded for unit in units]
    return wording.ids <= set(texts) or wording.share_in("\n".join(texts)) >= _HINT_SHARE


def _sheets(document: Document, programme: Programme, rubric: Rubric) -> Iterator[ReadSheet]:
    for block in blocks_in(lines_of(document, wording_of(rubric))):
        alignment = align_rows(block.rows, rubric)
        # Rows that are no criterion of this rubric speak against it: another one may have the same numbers.
        share = len(alignment.placed) / max(len(rubric.criteria), len(alignment.placed) + len(alignment.strays))
        if share >= _SHARE:
            for owner, columns in _by_owner(block).items():
                sheet = _Reader(block, alignment, programme, rubric, owner, columns).sheet()
                yield ReadSheet(programme, rubric, sheet, share)


def _by_owner(block: Block) -> dict[Owner | None, tuple[Column, ...]]:
    """The columns of marks by whose they are: one owner for each sheet side by side. Names over own scores only are no sheet."""
    marks = list({mark.at: mark for row in block.rows for mark in row.columns.marks}.values())
    names = list(dict.fromkeys(mark.name for mark in marks if mark.role == "score" and mark.name))
    centre, reviewer = block.says("centre_name") or centre_in_title(block.titles).raw, block.says("reviewer")
    owners = {mark.at: _owner(mark, names, centre, reviewer) for mark in marks}
    scored = dict.fromkeys(owners[mark.at] for mark in marks if mark.role == "score")
    told: list[Owner | None] = [owner for owner in scored if owner]
    told = told or [None]
    return {owner: tuple(mark for mark in marks if owners[mark.at] in (owner, None)) for owner in told}


def _owner(mark: Column, names: list[str], centre: str, reviewer: str) -> Owner | None:
    if mark.kind and mark.name:
        return Owner(mark.kind, mark.name)
    return owner_of(mark.name, names, centre=centre, reviewer=reviewer) if mark.name else None


class _Reader:
    """Reads one sheet out of a block."""

    def __init__(
        self,
        block: Block,
        alignment: Alignment,
        programme: Programme,
        rubric: Rubric,
        owner: Owner | None,
        columns: tuple[Column, ...],
    ) -> None:
        self.block = block
        self.alignment = alignment
        self.programme = programme
        self.rubric = rubric
        self.owner = owner
        self.columns = columns

    def sheet(self) -> ScoreSheet:
        strays = list(self.alignment.strays)
        at = self._column("score", strays)
        own = self._column("self", strays)
        return ScoreSheet(
            programme_id=self.programme.id,
            centre_name=self._centre(),
            reviewer=self._reviewer(),
            score_date=self._date(),
            scores=self._marks(at),
            total=total_of(self.block, at, self.rubric),
            group_totals=group_totals(self.block, at, self.rubric, self.alignment) if at is not None else {},
            rate=self._rate(),
            self_scores={key: mark for key, mark in self._marks(own).items() if mark.raw} if own is not None else {},
            self_total=total_of(self.block, own, self.rubric, key="self_total") if own is not None else None,
            strays=tuple(strays),
            label=self.block.name,
            locator=self.block.rows[0].locator,
        )

    def _column(self, role: str, strays: list[Stray]) -> int | None:
        """The grid column of a role; of several, the one that is filled in."""
        places = [column.at for column in self.columns if column.role == role]
        filled = [at for at in places if any(self._text(placed.row, at) for placed in self.alignment.placed.values())]
        if len(filled) > 1:
            strays.append(Stray("得分", "有不止一栏得分，分不清以哪一栏为准", self.block.rows[0].locator))
            return None
        return filled[0] if filled else places[0] if places else None

    def _text(self, row: Row, at: int) -> str:
        cell = row.marks.get(at)
        return fold(cell.text) if cell else ""

    def _marks(self, at: int | None) -> dict[str, Mark]:
        return {criterion.id: self._mark(criterion.id, at) for criterion in self.rubric.criteria}

    def _mark(self, criterion_id: str, at: int | None) -> Mark:
        placed = self.alignment.placed.get(criterion_id)
        cell = placed.row.marks.get(at) if placed and at is not None else None
        if placed is None or cell is None:
            return Mark(None)
        if self._is_shared(cell, at, criterion_id):
            return Mark(None, cell.text.strip(), cell.locator, 1.0, "几项合并成一格，分不清各得几分")
        return read_points(cell.text, cell.locator, min(confidence_of(cell), placed.likeness))

    def _is_shared(self, cell: Cell, at: int | None, criterion_id: str) -> bool:
        """Whether other criteria have the same cell."""
        return bool(fold(cell.text)) and any(
            at is not None and placed.row.marks.get(at) is cell
            for name, placed in self.alignment.placed.items()
            if name != criterion_id
        )

    def _said(self, key: LabelKey) -> Said | None:
        """What the block says under a label: for this column alone, else for all; the first that says something."""
        own_columns = {column.at for column in self.columns}
        own = [
            said for line in self.block.labels for at, said in line.by_column if at in own_columns and said.key == key
        ]
        found = own or [said for line in self.block.labels for said in line.said if said.key == key]
        return next((said for said in found if said.text), found[0] if found else None)

    def _centre(self) -> Entry:
        if self.owner and self.owner.kind == "unit":
            return Entry(self.owner.name, self.owner.name, self.block.locator)
        said = self._said("centre_name")
        if said and said.text:
            return Entry(said.text, said.text, said.locator, said.confidence)
        titled, tab = centre_in_title(self.block.titles), self.block.name.strip()
        if not is_unit(tab):
            return titled if titled.value else Entry(None, "", said.locator if said else None)
        # A workbook with a unit on each sheet has its name on the tab; one left over from a copy says another than the title.
        agrees = titled.value is None or tab in titled.value or titled.value in tab
        return Entry(tab, tab, self.block.locator, 1.0 if agrees else _CONTRADICTED)

    def _reviewer(self) -> Entry:
        if self.owner and self.owner.kind == "reviewer":
            return Entry(self.owner.name, self.owner.name, self.block.locator)
        said = self._said("reviewer")
        return Entry(said.text or None, said.text, said.locator, said.confidence) if said else Entry(None)

    def _date(self) -> Entry:
        said = self._said("score_date")
        if said is None or not said.text:
            return Entry(None, "", said.locator if said else None)
        day = parse_date(said.text)
        doubt = "" if day else f"“{said.text}”看不出完整的年月日"
        return Entry(day.isoformat() if day else None, said.text, said.locator, said.confidence, doubt)

    def _rate(self) -> Mark | None:
        said = self._said("rate")
        if said is not None:
            return read_percent(said.text, said.locator, said.confidence)
        for row in self.block.rows:
            for cell in row.extra:
                if found := _RATE_IN_REMARK.search(cell.text):
                    return read_percent(found[1], cell.locator, confidence_of(cell))
        return None

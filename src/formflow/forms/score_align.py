"""Which row of a block is which criterion.

Comes in: rows, a rubric. Goes out: a row for each criterion that has one, and the rows that cannot be told. By its words first; then by its
printed number; then by its place: rows that stand where exactly as many criteria are missing, with just those maxima. A row that fits
nothing for sure stays a question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from formflow.forms.score_lines import Row
from formflow.forms.score_numbers import read_points
from formflow.model.rubric import Rubric
from formflow.model.scoring import Stray
from formflow.model.text import fold

_BY_NUMBER, _BY_PLACE = 0.95, 0.9


@dataclass(frozen=True, slots=True)
class Placed:
    """A criterion's row and how surely it is that."""

    row: Row
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Rows by criterion id, and those left over."""

    placed: Mapping[str, Placed]
    strays: tuple[Stray, ...]


def align_rows(rows: Sequence[Row], rubric: Rubric) -> Alignment:
    """Tells each row of a block apart; sums and rows of groups are no criteria."""
    foot = rows[_end_of_marks(rows) :]
    aligner = _Aligner(
        [row for row in rows if row.kind in ("criterion", "group") and not _is_signing(row, foot)], rubric
    )
    aligner.by_words()
    aligner.join_cut_rows()
    aligner.by_number()
    aligner.by_place()
    aligner.single_groups()
    return aligner.finish()


class _Aligner:
    """Rows still to be told, and those told."""

    def __init__(self, rows: list[Row], rubric: Rubric) -> None:
        self.rows = rows
        self.rubric = rubric
        self.maxima = {criterion.id: criterion.points for criterion in rubric.criteria}
        self.ids = tuple(self.maxima)
        self.placed: dict[str, Placed] = {}
        self.strays: list[Stray] = []
        self.open = [at for at, row in enumerate(rows) if row.kind == "criterion"]

    def by_words(self) -> None:
        for at in tuple(self.open):
            row = self.rows[at]
            if row.told is None:
                continue
            self.open.remove(at)
            earlier = self.placed.get(row.told.id)
            if earlier is None or not _has_marks(earlier.row):
                self.placed[row.told.id] = Placed(row, row.told.likeness)
            elif _has_marks(row):
                self._refuse(row, f"第 {row.told.id} 项在表上不止一行")

    def join_cut_rows(self) -> None:
        """A row that a page's end cut in two: its words tell one half, its marks stand in the other."""
        place = {id(row): at for at, row in enumerate(self.rows)}
        for name, placed in tuple(self.placed.items()):
            if _is_bare(placed.row):
                beside = [at for step in (-1, 1) if (at := place[id(placed.row)] + step) in self.open]
                halves = [at for at in beside if _maximum(self.rows[at]) == self.maxima[name]]
                if len(halves) == 1:
                    self.open.remove(halves[0])
                    self.placed[name] = Placed(self.rows[halves[0]], placed.likeness)

    def by_number(self) -> None:
        """Rows whose words say nothing we know, by the number printed before them."""
        for at in tuple(self.open):
            row = self.rows[at]
            if row.printed_id and row.printed_id not in self.placed and self._fits(row, row.printed_id):
                self.open.remove(at)
                self.placed[row.printed_id] = Placed(row, _BY_NUMBER)

    def by_place(self) -> None:
        """Runs of rows between two that are told, where just as many criteria are missing with the same maxima."""
        order = {id(placed.row): self.ids.index(name) for name, placed in self.placed.items()}
        run: list[int] = []
        before = -1
        for at, row in enumerate((*self.rows, None)):
            if row is not None and at in self.open:
                run.append(at)
            elif row is None or id(row) in order:
                after = order[id(row)] if row is not None else len(self.ids)
                self._fill(run, before, after)
                run, before = [], after

    def _fill(self, run: list[int], before: int, after: int) -> None:
        missing = self.ids[before + 1 : after]
        fits = len(run) == len(missing) and all(
            name not in self.placed and self._fits(self.rows[at], name, strictly=True)
            for at, name in zip(run, missing, strict=True)
        )
        if run and fits:
            for at, name in zip(run, missing, strict=True):
                self.open.remove(at)
                self.placed[name] = Placed(self.rows[at], _BY_PLACE)

    def single_groups(self) -> None:
        """A row of a group that has one criterion is that criterion, where no row of its own is there."""
        for row in self.rows:
            group = next((g for g in self.rubric.groups if row.group and g.id == row.group.id), None)
            if row.kind == "group" and group and len(group.criteria) == 1 and _has_marks(row):
                self.placed.setdefault(group.criteria[0].id, Placed(row, row.group.likeness if row.group else 0.0))

    def finish(self) -> Alignment:
        for at in self.open:
            row = self.rows[at]
            if _has_marks(row) or _maximum(row) is not None:
                self._refuse(row, "对不上评价指标里的哪一项")
        for name, placed in self.placed.items():
            stated = _maximum(placed.row)
            if stated is not None and stated != self.maxima[name]:
                said = f"第 {name} 项印的分值是 {stated} 分，评价指标是 {self.maxima[name]} 分"
                self.strays.append(Stray(placed.row.words, said, placed.row.locator))
        ordered = {name: self.placed[name] for name in self.ids if name in self.placed}
        return Alignment(ordered, tuple(self.strays))

    def _fits(self, row: Row, name: str, *, strictly: bool = False) -> bool:
        """Whether a row's printed maximum and group are those of a criterion; `strictly`: the maximum must be printed."""
        stated = _maximum(row)
        if stated is None:
            return not strictly
        group = self.rubric.group_of(name)
        return stated == self.maxima[name] and (row.group is None or row.group.id == group.id)

    def _refuse(self, row: Row, reason: str) -> None:
        self.strays.append(Stray(row.words, reason, row.locator))


def _end_of_marks(rows: Sequence[Row]) -> int:
    """Behind the last row that is a sum or has a criterion's words or number."""
    known = (at for at, row in enumerate(rows, 1) if row.kind != "criterion" or row.told or row.printed_id)
    return max(known, default=len(rows))


def _is_signing(row: Row, foot: Sequence[Row]) -> bool:
    """Whether a row behind the marks has no figure, where people sign (组长签字) and notes stand (本表一式两份): it can be no criterion."""
    figures = (read_points(cell.text).value for cell in row.marks.values())
    return any(row is other for other in foot) and _maximum(row) is None and all(value is None for value in figures)


def _maximum(row: Row) -> Decimal | None:
    """The maximum printed in a row, None where there is none of its own."""
    return read_points(row.points.text).value if row.points and row.points.row == row.row else None


def _is_bare(row: Row) -> bool:
    """Whether a row has neither a mark nor, though there is a column for it, a maximum."""
    return not _has_marks(row) and row.points is not None and _maximum(row) is None


def _has_marks(row: Row) -> bool:
    """Of its own: a merged cell that reaches in from above is the row's above."""
    return any(fold(cell.text) and cell.row == row.row for cell in row.marks.values())

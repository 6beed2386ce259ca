"""The columns of a table without heads (the next page of a printed sheet, a table somebody cut out), told by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from formflow.forms.score_heads import Column, Columns, Role
from formflow.forms.score_numbers import read_points
from formflow.forms.score_words import Wording
from formflow.model.document import Cell
from formflow.model.text import fold

# Fewer rows than these could be anything.
_FEWEST = 3


def columns_by_contents(rows: Sequence[Sequence[Cell]], width: int, wording: Wording) -> Columns | None:
    """The column of criteria, of their maximum and of marks; None where there is more than one way to see it."""
    told = {}
    for at, row in enumerate(rows):
        for cell in row:
            if cell.row == at and (found := wording.criterion(cell.text)):
                told[at] = (cell.column, found.id)
    if len(told) < _FEWEST:
        return None
    places = [column for column, _ in told.values()]
    content = max(set(places), key=places.count)
    numbers = [at for at in range(width) if at != content and _are_numbers(rows, at, told)]
    points = [at for at in numbers if _are_maxima(rows, at, told, wording)][:1]
    marks = [at for at in numbers if at not in points]
    if len(points) != 1 or len(marks) != 1:
        return None
    roles: dict[int, Role] = {content: "content", points[0]: "points", marks[0]: "score"}
    return Columns(roles, (Column(marks[0], "score"),), 0, width)


def _cell(row: Sequence[Cell], at: int) -> Cell | None:
    return next((cell for cell in row if cell.column == at), None)


def _are_numbers(rows: Sequence[Sequence[Cell]], at: int, told: dict[int, tuple[int, str]]) -> bool:
    texts = [cell.text for row in told if (cell := _cell(rows[row], at)) and fold(cell.text)]
    return bool(texts) and all(read_points(text).value is not None for text in texts)


def _are_maxima(rows: Sequence[Sequence[Cell]], at: int, told: dict[int, tuple[int, str]], wording: Wording) -> bool:
    return all(
        (cell := _cell(rows[row], at)) is not None and read_points(cell.text).value == wording.points[criterion]
        for row, (_, criterion) in told.items()
    )

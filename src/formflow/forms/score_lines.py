"""A document as the lines a score sheet is made of, in reading order: labels around a table, heads, rows, and what parts them.

Comes in: a `Document` and a rubric's words. Goes out: `Line`s. Which lines belong to one sheet is for `score_blocks`, which criterion a row
is for `score_align`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from formflow.forms.grid import Grid
from formflow.forms.score_columns import columns_by_contents
from formflow.forms.score_heads import Columns, columns_in
from formflow.forms.score_labels import (
    Said,
    date_alone,
    date_beside,
    is_head_row,
    label_alone,
    said_below,
    said_beside,
    said_in,
    with_whole_dates,
)
from formflow.forms.score_turned import turned
from formflow.forms.score_words import FUZZY, Told, Wording
from formflow.model.document import Cell, Document, Locator, Paragraph, Table
from formflow.model.text import fold

RowKind = Literal["criterion", "group", "subtotal", "total"]
_SUBTOTAL = ("小计", "本组得分", "本项得分", "分项合计")
_TOTAL = (
    "合计", "总分", "总计", "总得分", "合计得分", "得分合计", "得分总计", "总分合计", "评分合计", "最终得分", "实得总分", "考评总分", "合计总分",
)  # fmt: skip
_LONGEST_SUM_LABEL = 16


@dataclass(frozen=True, slots=True)
class Boundary:
    """A new sheet of a workbook begins; `name` is what stands on its tab."""

    name: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Break:
    """A line that says nothing we know: a title, a blank row. `text`: of a line of words alone, where `locator` says."""

    text: str = ""
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """A line of labels. `by_column`: what stands in one column of marks only."""

    said: tuple[Said, ...]
    by_column: tuple[tuple[int, Said], ...] = ()


@dataclass(frozen=True, slots=True)
class Heads:
    """A row of heads."""

    columns: Columns


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row under heads. `told` is the criterion its words fit, `group` the group; `printed_id` the number before it. `points` is the cell of
    the printed maximum, `marks` the cells of the columns of marks by grid column (shared ones reach in from above), `extra` the rest."""

    kind: RowKind
    words: str
    columns: Columns
    locator: Locator
    told: Told | None = None
    group: Told | None = None
    printed_id: str | None = None
    points: Cell | None = None
    marks: dict[int, Cell] = field(default_factory=dict)
    group_total: Cell | None = None
    extra: tuple[Cell, ...] = ()
    row: int = 0


Line = Boundary | Break | Labels | Heads | Row


def lines_of(document: Document, wording: Wording) -> Iterator[Line]:
    """Every line of the document."""
    names = {name.locator.part: name.text for name in document.furniture}
    columns: Columns | None = None
    for block in with_whole_dates(document.blocks):
        if isinstance(block, Paragraph):
            yield _paragraph(block)
            continue
        if block.locator.part.startswith("sheet "):
            columns = None
            yield Boundary(names.get(block.locator.part, ""), block.locator)
        for line in _table(block, wording, columns):
            columns = line.columns if isinstance(line, Heads) else columns
            yield line


def _paragraph(paragraph: Paragraph) -> Labels | Break:
    text, place, sure = paragraph.text, paragraph.locator, paragraph.confidence
    said = tuple(said_in(text, place, sure))
    if not said and date_alone(text):
        said = (Said("score_date", text.strip(), place, sure),)
    return Labels(said) if said else Break(text.strip(), place)


def _table(table: Table, wording: Wording, inherited: Columns | None) -> Iterator[Line]:
    """The rows of a table, those of tables inside its cells where they stand. `inherited`: the columns of a table it may continue."""
    grid = Grid(table)
    rows = [grid.row(row) for row in range(table.rows)]
    columns = inherited if inherited and inherited.width == table.columns else None
    if columns is None and not any(columns_in(rows[at:], table.columns) for at in range(len(rows))):
        if exchanged := turned(table, wording):
            table, columns, heads = exchanged
            yield from (_line(rows[at], [c for c in rows[at] if c.row == at], at, None, wording) for at in range(heads))
            rows = [Grid(table).row(row) for row in range(table.rows)]
        else:
            columns = columns_by_contents(rows, table.columns, wording)
        if columns:
            yield Heads(columns)
    at = 0
    while at < len(rows):
        found = columns_in(rows[at:], table.columns)
        if found:
            columns = found
            yield Heads(found)
            at += found.depth
            continue
        own = [cell for cell in rows[at] if cell.row == at]
        below = [cell for cell in rows[at + 1] if cell.row == at + 1] if at + 1 < len(rows) else []
        if is_head_row(own) and below and not any(label_alone(cell) for cell in below):
            yield Labels(tuple(said_below(own, below)))
            at += 2
            continue
        yield _line(rows[at], own, at, columns, wording)
        yield from _nested(own, wording)
        at += 1


def _nested(own: Sequence[Cell], wording: Wording) -> Iterator[Line]:
    """The lines inside of cells that hold a table of their own."""
    for block in (block for cell in own if _is_nest(cell) for block in cell.blocks):
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield from _table(block, wording, None)


def _line(cells: Sequence[Cell], own: Sequence[Cell], at: int, columns: Columns | None, wording: Wording) -> Line:
    """One row of a table."""
    if not any(fold(cell.text) for cell in own):
        return Break()
    if columns is not None:
        row = _row(cells, at, columns, wording)
        is_told = row.told is not None and row.told.likeness > FUZZY and row.kind == "criterion"
        # 职工满意率 alone, without a maximum, is the rate and not the criterion about it.
        says_maxima = bool(columns.of("points"))
        is_sure = is_told and (_has_maximum(row) or not (says_maxima and any(label_alone(cell) for cell in own)))
        labels = None if is_sure else _labels(own, columns)
        if labels:
            return labels
        return row if _has_places(row) else _title(own)
    said = _said([cell for cell in own if not _is_nest(cell)])
    return Labels(said) if said else _title(own)


def _title(own: Sequence[Cell]) -> Break:
    """A row of one cell with words is a line like any other."""
    filled = [cell for cell in own if fold(cell.text)]
    return Break(filled[0].text.strip(), filled[0].locator) if len(filled) == 1 else Break()


def _said(own: Sequence[Cell]) -> tuple[Said, ...]:
    """What a row's labels say, and its date."""
    said = tuple(said_beside(own))
    day = date_beside(own, said)
    return (*said, day) if day else said


def _is_nest(cell: Cell) -> bool:
    return any(isinstance(block, Table) for block in cell.blocks)


def _has_places(row: Row) -> bool:
    """Whether a row can be one of marks: what tells it, and cells of its own beside that; or it says a maximum or mark at least."""
    has_mark = any(fold(cell.text) and cell.row == row.row for cell in row.marks.values())
    return _has_maximum(row) or has_mark or row.kind != "criterion" or (row.told is not None and bool(row.marks))


def _has_maximum(row: Row) -> bool:
    return row.points is not None and row.points.row == row.row and bool(fold(row.points.text))


def _labels(own: Sequence[Cell], columns: Columns) -> Labels | None:
    """A row inside or behind a table that says the unit, the reviewer, the day or the rate; sums are rows."""
    said = tuple(one for one in _said(own) if one.key not in ("total", "self_total"))
    inline = tuple(
        one for cell in own for one in said_in(cell.text, cell.locator) if one.key in ("total", "self_total")
    )
    if not said:
        return Labels(inline) if inline and all(one.text for one in inline) else None
    label = next((cell for cell in own if label_alone(cell)), None)
    under = [(mark.at, cell) for mark in columns.marks if (cell := _at(own, mark.at)) and cell is not label]
    if label is None or len(columns.marks) < 2 or len({id(cell) for _, cell in under}) < 2:
        return Labels((*said, *inline))
    by_column = ((at, said_one) for at, cell in under for said_one in said_beside((label, cell)))
    return Labels((), tuple(by_column))


def _at(cells: Sequence[Cell], column: int) -> Cell | None:
    return next((cell for cell in cells if cell.column <= column < cell.column + cell.column_span), None)


def _row(cells: Sequence[Cell], at: int, columns: Columns, wording: Wording) -> Row:
    marks = {mark.at: cell for mark in columns.marks if (cell := _at(cells, mark.at))}
    texts = _text_cells(cells, columns)
    told, words = _tell(texts, at, wording)
    groups = [cell for cell in cells if cell.column in columns.of("group")] + texts
    group = next((found for cell in groups if (found := wording.group(cell.text))), None)
    points = _first(cells, columns.of("points"))
    numeric = {*(mark.at for mark in columns.marks), *columns.of("points")}
    label = next((cell for cell in cells if fold(cell.text) and cell.row == at and cell.column not in numeric), None)
    return Row(
        kind=_kind(label, told, wording, columns),
        words=words,
        columns=columns,
        locator=(texts[-1] if texts else cells[0]).locator,
        told=told,
        group=group,
        printed_id=_printed_id(cells, texts, columns, wording),
        points=None if points in texts else points,
        marks={place: cell for place, cell in marks.items() if cell not in texts},
        group_total=_first(cells, columns.of("group_total")),
        extra=tuple(cell for cell in cells if cell.row == at and _is_extra(cell, columns)),
        row=at,
    )


def _first(cells: Sequence[Cell], columns: tuple[int, ...]) -> Cell | None:
    return _at(cells, columns[0]) if columns else None


def _is_extra(cell: Cell, columns: Columns) -> bool:
    """A cell under no head we need: remarks."""
    return columns.roles.get(cell.column) in (None, "other")


def _text_cells(cells: Sequence[Cell], columns: Columns) -> list[Cell]:
    """The cells that say what the row is about, the widest sense first; where no head says content, those under 项目."""
    places = columns.of("content") or columns.of("group")
    found: list[Cell] = []
    for place in places:
        cell = _at(cells, place)
        if cell is not None and not any(cell is other for other in found):
            found.append(cell)
    return found


def _tell(texts: Sequence[Cell], at: int, wording: Wording) -> tuple[Told | None, str]:
    """The criterion the narrowest cell fits; a cell that reaches in from above has told the row above."""
    own = [cell for cell in texts if cell.row == at and fold(cell.text)]
    for cell in reversed(own):
        if told := wording.criterion(cell.text):
            return told, cell.text
    return None, own[-1].text if own else ""


def _printed_id(cells: Sequence[Cell], texts: Sequence[Cell], columns: Columns, wording: Wording) -> str | None:
    numbers = [cell for place in columns.of("number") if (cell := _at(cells, place))]
    return next((found for cell in (*numbers, *texts) if (found := wording.printed_id(cell.text))), None)


def _kind(label: Cell | None, told: Told | None, wording: Wording, columns: Columns) -> RowKind:
    """What a row is by the first words of its own; sums are told by the word alone, whatever stands in brackets behind it."""
    if label is None:
        return "criterion"
    bare, group = fold(label.text).split("(")[0].strip(":"), wording.group(label.text)
    if len(bare) <= _LONGEST_SUM_LABEL:
        if bare.endswith(_SUBTOTAL):
            return "subtotal"
        if bare in _TOTAL or (told is None and bare.endswith(("合计", "总分", "总计"))):
            return "subtotal" if group and bare not in _TOTAL else "total"
    if group and (told is None or told.likeness < group.likeness):
        # A group's cell beside a criterion of its own is no row of the group.
        reach = range(label.column, label.column + label.column_span)
        is_beside = label.column in columns.of("group") and not any(at in reach for at in columns.of("content"))
        return "criterion" if is_beside and columns.of("content") else "group"
    return "criterion"

"""A form learned from its blank alone: which printed words ask for an answer, and of what shape.

Comes in: the blank's `Document`. Goes out: a `Form` whose fields are keyed by the printed label without white space. It knows labels beside
or above empty cells, headings over empty rows (or over none), repeating rows, rows of check boxes, opinions with 盖章 or 签名, "标签：____"
lines and dates that stand alone. It does not know what an answer must be: every field is text, and nothing is checked. What asks for more
than any form does (a register of thousands, a map of the cells of a hall) is refused: reading by it would take hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from formflow.errors import UsageError
from formflow.forms.blank_lines import has_labels, labels_in, labels_on
from formflow.forms.blocks import Block, Rows, block_at
from formflow.forms.choices import options_in
from formflow.forms.places import (
    LONGEST_LABEL,
    asks,
    has_boxes,
    is_label,
    is_numbered,
    is_opinion,
    is_photo,
    is_place,
    is_prose,
    is_signed_alone,
    is_title,
    label_of,
    wants_date,
    wants_seal,
    wants_signature,
)
from formflow.forms.printed import is_date_line
from formflow.model.citation import Citation
from formflow.model.document import Block as Part
from formflow.model.document import Cell, Document, Paragraph, Table
from formflow.model.period import parse_month
from formflow.model.programme import Column, Field, Form, Region
from formflow.model.text import fold, is_blank

# What a form asks for at the most: those there are have some dozens of fields, and Word knows 63 columns.
MOST_FIELDS, MOST_COLUMNS = 1000, 256
_IS_IT_BLANK = "请核对文件是不是一份空白表：名册、汇总表和合订在一起的许多张表，请拆开，或者只留一份。"
_LEARNED = Citation("blank", "空白表")
_PLACEHOLDERS = ("待补充", "待填", "待定", "略")
_DATE_ALONE = "日期"


def form_from_blank(blank: Document) -> Form:
    """The form a blank is. Fields stand in printed order; a label that is printed twice gets #2 behind its key the second time. Raises
    UsageError for one that asks for more than `MOST_FIELDS`, or has a table of more than `MOST_COLUMNS`."""
    if (widest := _widest(blank.blocks)) > MOST_COLUMNS:
        raise UsageError(f"空白表里有一张 {widest} 列的表格，超过 {MOST_COLUMNS} 列", _IS_IT_BLANK)
    fields: list[Field] = []
    seen: dict[str, int] = {}
    for asked in _asked(blank):
        if len(fields) == MOST_FIELDS:
            raise UsageError(f"空白表里要填写的栏目超过 {MOST_FIELDS} 个", _IS_IT_BLANK)
        label = re.sub(r"\s+", "", asked.label).rstrip(":：") or _DATE_ALONE
        seen[label] = seen.get(label, 0) + 1
        key = label if seen[label] == 1 else f"{label}#{seen[label]}"
        fields.append(replace(asked, id=key, label=label))
    title = next((p.text.strip() for p in blank.paragraphs() if _can_be_title(p.text)), "")
    return Form("application", title, blank, tuple(fields), (), _PLACEHOLDERS)


def _widest(blocks: Iterable[Part]) -> int:
    """The columns of the widest table, nested ones included."""
    tables = [block for block in blocks if isinstance(block, Table)]
    nested = (_widest(cell.blocks) for table in tables for cell in table.cells)
    return max(chain((table.columns for table in tables), nested), default=0)


def _can_be_title(text: str) -> bool:
    words = fold(text)
    return len(words) > 3 and not re.fullmatch(r"附(?:件|表)[\d一二三四五六七八九十]*:?", words) and ":" not in words


def _field(anchor: str, region: Region, options: tuple[str, ...] = ()) -> Field:
    return Field("", anchor, "text", anchor, region, False, _LEARNED, options=options)


def _opinion(anchor: str, text: str) -> Field:
    return Field(
        "", anchor, "opinion", anchor, "body", False, _LEARNED,
        wants_seal=wants_seal(text), wants_signature=wants_signature(text), wants_date=wants_date(text),
    )  # fmt: skip


def _repeating(block: Block) -> Field:
    seen: dict[str, int] = {}
    columns = []
    for label in block.labels:
        bare = re.sub(r"\s+", "", label)
        seen[bare] = seen.get(bare, 0) + 1
        columns.append(Column(bare if seen[bare] == 1 else f"{bare}#{seen[bare]}", bare))
    key = "、".join(column.id for column in columns)
    return Field("", key, "rows", columns[0].label, "body", False, _LEARNED, columns=tuple(columns))


def _asked(blank: Document) -> Iterator[Field]:
    for index, block in enumerate(blank.blocks):
        if isinstance(block, Table):
            yield from _in_table(block)
            continue
        following = blank.blocks[index + 1 : index + 3]
        below = following[0].text if following and isinstance(following[0], Paragraph) else ""
        inline = _on_lines([block], "cover", below)
        yield from inline
        if not inline and is_date_line(block.text) and parse_month(block.text) is None:
            yield _field("", "cover")
        elif not inline and _is_open_heading(block, following):
            yield _field(block.text.strip(), "body")


def _is_open_heading(block: Paragraph, following: tuple[Part, ...]) -> bool:
    """Whether a numbered heading of the body has empty lines under it."""
    text = block.text
    return (
        len(following) == 2
        and is_numbered(text)
        and len(fold(text)) <= LONGEST_LABEL
        and all(isinstance(part, Paragraph) for part in following)
        and is_blank(following[0].text)
    )


def _on_lines(paragraphs: Sequence[Paragraph], region: Region, after: str = "") -> list[Field]:
    return [_field(label, region, options) for label, options in labels_in(paragraphs, after)]


def _in_table(table: Table) -> Iterator[Field]:
    rows = Rows(table)
    row = 0
    while row < table.rows:
        block = block_at(rows, row)
        if block:
            yield _repeating(block)
            row = block.first + block.rows
        else:
            yield from _in_row(rows, row)
            row += 1


def _in_row(rows: Rows, row: int) -> Iterator[Field]:
    cells = rows[row]
    is_place = False
    for cell, after in zip(cells, [*cells, None][1:], strict=True):
        beside = None if is_place or after is None or _is_passed_over(cell) else _beside_label(cell.text.strip(), after)
        if beside:
            yield beside
        elif not is_place and not _is_passed_over(cell):
            yield from _of_cell(rows, cell)
        # The place of the label before it has no label of its own.
        is_place = beside is not None
        for part in cell.blocks:
            if isinstance(part, Table):
                yield from _in_table(part)


def _is_passed_over(cell: Cell) -> bool:
    return is_blank(cell.text) or is_photo(cell.text) or _has_nested(cell)


def _beside_label(text: str, after: Cell) -> Field | None:
    return _beside(text, after.text) if _is_label_text(text) and not _has_nested(after) else None


def _has_nested(cell: Cell) -> bool:
    return any(isinstance(part, Table) for part in cell.blocks)


def _of_cell(rows: Rows, cell: Cell) -> list[Field]:
    """What one cell asks for without a place beside it: a label over its place, or one inside the cell."""
    text = cell.text.strip()
    if _is_opinion_cell(text):
        # Seal and date alone belong to the label over them.
        return [] if is_signed_alone(_first_line(text)) else [_opinion(_first_line(text), text)]
    if inline := _on_lines([part for part in cell.blocks if isinstance(part, Paragraph)], "body"):
        return inline
    if not _is_label_text(text):
        return []
    if cell.column_span == rows.table.columns:
        return _under_heading(rows, cell)
    return _stacked(rows, cell)


def _is_label_text(text: str) -> bool:
    return is_label(text) and len(fold(label_of(text))) <= LONGEST_LABEL


def _beside(label: str, place: str) -> Field | None:
    """The field of a label whose place is the cell beside it."""
    anchor = label_of(label)
    if is_opinion(place) and not _is_label_text(place):
        return _opinion(anchor, place)
    if has_boxes(place) and (options := options_in(place)) and not has_labels(place):
        return _field(anchor, "body", options)
    if is_place(place):
        is_verdict = "意见" in anchor and wants_date(place)
        return _opinion(anchor, place) if is_verdict else _field(anchor, "body")
    return _field(anchor, "body") if is_prose(place) and not has_labels(place) else None


def _under_heading(rows: Rows, cell: Cell) -> list[Field]:
    """A heading over the whole width: its place is the row under it, the room in its own cell, or (asked for in words) rows to be added."""
    text, row = cell.text, cell.row + cell.row_span
    below = rows[row]
    if is_title(text) and cell.row == 0:
        return []
    if row < rows.table.rows and len(below) == 1:
        place = below[0].text
        is_own = _is_opinion_cell(place) and not is_signed_alone(_first_line(place))
        if not is_own and below[0].column_span == cell.column_span and (field := _beside(text, place)):
            return [field]
        is_followed = rows.is_heading(row) and not is_own and not has_labels(place)
    else:
        is_followed = row >= rows.table.rows
    has_room = cell.text.rstrip(" \t\u3000").endswith("\n\n")
    return [_field(label_of(text), "body")] if has_room or (is_followed and asks(text)) else []


def _stacked(rows: Rows, cell: Cell) -> list[Field]:
    """A label whose place is the cell under it, in a row of such places."""
    row = cell.row + cell.row_span
    below = rows[row]
    under = next((c for c in below if (c.column, c.column_span) == (cell.column, cell.column_span)), None)
    if under is None or not all(_beside("意见", c.text) or is_photo(c.text) for c in below):
        return []
    field = _beside(cell.text, under.text)
    return [field] if field else []


def _is_opinion_cell(text: str) -> bool:
    """Whether a cell is an opinion with its own label: its first line names one, and there is more than that line."""
    if is_blank(text) or not is_opinion(text):
        return False
    first = _first_line(text)
    lines = [line for line in text.split("\n") if not is_blank(line)]
    is_one = len(labels_on(lines[0])) < 2 and len(fold(first)) <= LONGEST_LABEL and "。" not in first
    has_room = len(text.strip().split("\n")) > len(lines)
    return is_one and (has_room or wants_date(text)) and not is_date_line(first)


def _first_line(text: str) -> str:
    first = next(line for line in text.split("\n") if not is_blank(line))
    return first.strip().rstrip(":：").strip() or text

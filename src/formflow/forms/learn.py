"""A form learned from its blank alone: which printed words ask for an answer, and of what shape.

Comes in: the blank's `Document`. Goes out: a `Form` whose fields are keyed by the printed label without white space. It knows labels
before empty cells, headings above empty rows, heads of repeating rows, opinions with 盖章 or 签名, and "标签：____" lines; it does not
know what an answer must be: every field is text, and nothing is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from formflow.model.document import Cell, Document, Paragraph, Table
from formflow.model.programme import Citation, Column, Field, FieldType, Form, Region
from formflow.model.text import fold, is_blank

_LEARNED = Citation("blank", "空白表")
_PLACEHOLDERS = ("待补充", "待填", "待定", "略")
_OPINION = re.compile(r"[（(]\s*(?:盖\s*章|公\s*章|签\s*章|签\s*[名字])\s*[)）]|签\s*[名字]\s*[:：]")
_INLINE = re.compile(
    r"([^\s:：_＿，。；][^:：\n_＿，。；]{0,24}?)\s*[:：](?=[\s_＿\u3000]*(?:$|[_＿]|[\s\u3000]{2,}|\t|[\s_＿\u3000]*年[\s_＿\u3000]*月))"
)
_LONGEST_LABEL = 40


def form_from_blank(blank: Document) -> Form:
    """The form a blank is. Fields stand in printed order; a label that is printed twice gets #2 behind its key the second time."""
    fields: list[Field] = []
    seen: dict[str, int] = {}
    for anchor, type_, region, columns in _asked(blank):
        label = re.sub(r"\s+", "", anchor).rstrip(":：")
        if not label:
            continue
        seen[label] = seen.get(label, 0) + 1
        key = label if seen[label] == 1 else f"{label}#{seen[label]}"
        fields.append(Field(key, label, type_, anchor, region, False, _LEARNED, columns=columns))
    title = next((p.text.strip() for p in blank.paragraphs() if len(fold(p.text)) > 3), "")
    return Form("application", title, blank, tuple(fields), (), _PLACEHOLDERS)


_Asked = tuple[str, FieldType, Region, tuple[Column, ...]]


def _asked(blank: Document) -> Iterator[_Asked]:
    for block in blank.blocks:
        if isinstance(block, Paragraph):
            yield from _inline(block.text, "cover")
        else:
            yield from _in_table(block)


def _inline(text: str, region: Region) -> Iterator[_Asked]:
    """Labels on a line whose answers are drawn as blanks behind their colons."""
    for line in text.split("\n"):
        for match in _INLINE.finditer(line):
            yield match[1].strip(), "text", region, ()


def _in_table(table: Table) -> Iterator[_Asked]:
    rows = _rows(table)
    row = 0
    while row < table.rows:
        cells = rows.get(row, [])
        repeated = _blank_rows_under(rows, row, table.rows)
        if len(cells) > 1 and repeated and all(not is_blank(cell.text) for cell in cells):
            columns = tuple(Column(re.sub(r"\s+", "", cell.text), cell.text) for cell in cells)
            yield "、".join(column.id for column in columns), "rows", "body", columns
            row += repeated
        else:
            yield from _in_row(cells, rows.get(row + 1, []), table)
        row += 1


def _in_row(cells: list[Cell], below: list[Cell], table: Table) -> Iterator[_Asked]:
    labelled: Cell | None = None
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        text = cell.text.strip()
        if is_blank(text) or cell is labelled:
            continue
        if (
            after is not None
            and _OPINION.search(after.text)
            and not _OPINION.search(text)
            and len(fold(text)) <= _LONGEST_LABEL
        ):
            labelled = after
            yield _label(text), "opinion", "body", ()
        elif _OPINION.search(text):
            yield _first_label(text), "opinion", "body", ()
        elif after is not None and is_blank(after.text) and len(fold(text)) <= _LONGEST_LABEL:
            yield _label(text), "text", "body", ()
        elif inline := list(_inline(cell.text, "body")):
            yield from inline
        elif cell.column_span == table.columns and len(below) == 1 and is_blank(below[0].text):
            yield _label(text), "text", "body", ()
        for block in cell.blocks:
            if isinstance(block, Table):
                yield from _in_table(block)


def _rows(table: Table) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _blank_rows_under(rows: dict[int, list[Cell]], row: int, count: int) -> int:
    """How many rows under this one are empty and parted at the same columns."""
    heads = [cell.column for cell in rows.get(row, [])]
    number = 0
    while row + number + 1 < count:
        cells = rows.get(row + number + 1, [])
        if [cell.column for cell in cells] != heads or any(not is_blank(cell.text) for cell in cells):
            break
        number += 1
    return number


def _label(text: str) -> str:
    """The label without a hint in brackets behind it."""
    head = re.split(r"[（(]", text, maxsplit=1)[0]
    return (head if len(fold(head)) > 1 else text).strip().rstrip(":：")


def _first_label(text: str) -> str:
    first = next(line for line in text.split("\n") if not is_blank(line))
    return first.strip().rstrip(":：").strip() or text

"""What is printed on a blank form, in order: the words before each answer, the heads of repeating rows, and everything else.

Comes in: a `Form` (its blank and fields). Goes out: `Printed`, the items to be found again in a filled copy. A filled copy's words are
compared folded (`model.text.fold`), so broken, spaced and full-width labels are the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from formflow.forms.heads import head_rows, inside_units, is_layered
from formflow.forms.layout import Sheet, Unit, lay_out
from formflow.forms.places import has_boxes, is_place, is_prose
from formflow.model.document import Cell
from formflow.model.period import arabic
from formflow.model.programme import Column, Field, Form
from formflow.model.text import fold

ItemKind = Literal["label", "header", "date_line", "static"]

_GAP = re.compile(r"(?<=[^\s_＿])(?:[ \u3000_＿\xa0]+|[；;]|\t[\s_＿]*|[_＿]+)(?=[^\s_＿])")
# A hint behind a label: （必填）, *.
_HINT = re.compile(r"[（(〔【][^（()）〕】\n]{1,8}[)）〕】][*＊]?|[*＊]")
SUFFIX = re.compile(rf"[ \t\u3000]*(?:{_HINT.pattern})")
# "二、", "（一）", "3.", "1)": forms differ in these, and Word may number by itself.
_NUMBER = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[),.]+|\(?\d{1,2}[),.]+|第[一二三四五六七八九十\d]+[章节条部分项]+,?)"
)
# A line that says a month or a day and nothing else, filled or not; a few words in use may stand before it.
_DATE_LINE = re.compile(
    r"^(?:(?:填表|填报|填写|申报|申请|制表|编制)?(?:日期|时间|年月):?)?(?:公元)?"
    r"(?:\d{0,4}年\d{0,2}月(?:\d{0,2}日)?|\d{4}年|\d{4}[./-]\d{1,2}(?:[./-]\d{1,2})?|(?:19|20)\d{4}(?:\d{2})?)$"
)
_CLOSING = re.compile(r"\((?:盖章|公章|签章|签名|签字)\)|年月日$")
# What may stand in the place of 盖章 behind an undersigner's name; the field's standard words, not those of one programme.
_SEAL_WORDS = (
    "(盖章)",
    "(公章)",
    "(签章)",
    "盖章",
    "(盖公章)",
    "(章)",
    "意见(盖章)",
    "意见",
    "审核意见",
    "审批意见",
    "推荐意见",
)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One printed thing. `words` are the folded wordings it may have (the blank's own first); `weak` ones count only as a whole cell.

    `tail` is what the blank prints behind it before the answer's place, folded ("(参考…详写)"). `fields` are those it introduces, two
    for a range. For a header, `columns` are the heads of a repeating block and `inside` the blank's units of its heads and rows.
    `is_heading`: its answer stands under it, not beside. `shares_line`: another label stands before it on its line."""

    order: int
    kind: ItemKind
    words: tuple[str, ...]
    weak: tuple[str, ...] = ()
    tail: str = ""
    fields: tuple[Field, ...] = ()
    columns: tuple[tuple[Column, str], ...] = ()
    is_first_in_row: bool = True
    is_heading: bool = False
    shares_line: bool = False
    inside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """Everything the blank prints; `heads` finds items by the first two characters of their words."""

    items: tuple[Item, ...]
    heads: dict[str, tuple[Item, ...]]


@lru_cache(maxsize=65536)
def fold_character(character: str) -> str:
    """`fold` of one character, remembered."""
    return fold(character)


def consume(text: str, start: int, target: str) -> int | None:
    """Where `target` (folded) ends if the text says it from `start` on, white space and line breaks disregarded; else None."""
    taken = 0
    for position in range(start, len(text)):
        piece = fold_character(text[position])
        if not piece:
            continue
        if not target.startswith(piece, taken):
            return None
        taken += len(piece)
        if taken == len(target):
            return position + 1
    return None


def gaps(text: str) -> Iterator[int]:
    """Where something stands on a line behind a gap: spaces, a tab or a drawn blank."""
    return (match.end() for match in _GAP.finditer(text))


def places_on(unit: Unit) -> list[int]:
    """Where a label could begin in a unit: at each line, and behind each gap."""
    return sorted({*unit.starts, *gaps(unit.text)})


def bare_label(text: str) -> str:
    """A label's folded words without a hint or colon behind them."""
    return fold(_HINT.sub("", text)).rstrip(":")


def without_number(folded: str) -> str:
    """The folded words without the section number before them."""
    return _NUMBER.sub("", folded, count=1)


def is_date_line(text: str) -> bool:
    """Whether a line says a month or day and nothing else, written out or left blank."""
    return len(text) < 60 and bool(_DATE_LINE.match(arabic(text).strip("()")))


def printed_on(form: Form) -> Printed:
    """The items of a form's blank in printed order."""
    sheet = lay_out(form.blank)
    raw = _field_items(form, sheet)
    taken = {(unit, start) for unit, start, *_ in raw}
    places = _places(sheet, raw)
    has_opinions = any(field.type == "opinion" for field in form.fields)
    for unit in sheet.units:
        for start in unit.starts:
            words = fold(_line(unit, start))
            if (unit.index, start) in taken or len(words) < 2 or unit.index in places or _covered(unit, start, raw):
                continue
            # The place for seal and signature beside an opinion's label is part of its answer.
            if not (has_opinions and unit.cell and _CLOSING.search(words)):
                head, bracket, hint = words.partition("(")
                # A heading with a hint behind it may stand without the hint elsewhere.
                tail = bracket + hint if len(head) > 5 or without_number(head) not in ("", head) else ""
                head = head if tail else words
                bare = without_number(head)
                wordings = [head, *([bare] if bare != head and len(bare) > 3 else [])]
                # A long heading is often cut to its first words.
                clause = head.split(",")[1] if bare != head and head.count(",") > 1 else ""
                wordings += [head[: head.index(clause) + len(clause)]] if len(clause) > 5 else []
                raw.append(
                    (unit.index, start, Item(0, "static", tuple(wordings), tail=tail, is_heading=_is_across(unit)))
                )
    raw.sort(key=lambda entry: entry[:2])
    items = tuple(replace(item, order=order) for order, (_, _, item) in enumerate(raw))
    return Printed(items, _by_head(items))


def _is_across(unit: Unit) -> bool:
    return not unit.cell or not unit.table or unit.cell.column_span == unit.table.columns


_Placed = tuple[int, int, Item]


def _line(unit: Unit, start: int) -> str:
    end = unit.text.find("\n", start)
    return unit.text[start:] if end < 0 else unit.text[start:end]


def _field_items(form: Form, sheet: Sheet) -> list[_Placed]:
    """The labels, headers and date lines of the fields where the blank prints them, each after the one before it."""
    placed: list[_Placed] = []
    position = (-1, -1)
    for field in form.fields:
        if (
            field.range_part == "end"
            and placed
            and placed[-1][2].fields
            and placed[-1][2].fields[-1].anchor == field.anchor
        ):
            unit, start, item = placed.pop()
            placed.append((unit, start, replace(item, fields=(*item.fields, field))))
            continue
        found = _find(field, sheet, position)
        if found:
            position = found[:2]
            placed.append(found)
    return placed


def _find(field: Field, sheet: Sheet, after: tuple[int, int]) -> _Placed | None:
    if field.type == "rows":
        return _find_header(field, sheet, after)
    anchor = fold(field.anchor).rstrip(":")
    for unit in sheet.units[max(after[0], 0) :]:
        for start in places_on(unit):
            if (unit.index, start) <= after:
                continue
            if not anchor:
                if is_date_line(_line(unit, start)):
                    return unit.index, start, Item(0, "date_line", (fold(_line(unit, start)),), fields=(field,))
                continue
            end = consume(unit.text, start, anchor)
            if end is not None:
                tail = fold(unit.text[end:]) if field.type != "opinion" else ""
                tail = tail if tail.startswith("(") else ""
                words, weak = _wordings(field, anchor)
                first = not unit.cell or unit.cell.column == 0
                across = not unit.cell or not unit.table or unit.cell.column_span == unit.table.columns
                shares = start not in unit.starts
                return unit.index, start, Item(0, "label", words, weak, tail, (field,), (), first, across, shares)
    return None


def _wordings(field: Field, anchor: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = [anchor, *(fold(word).rstrip(":") for word in (*field.also, field.label))]
    weak: list[str] = []
    bare = without_number(anchor)
    if bare != anchor and len(bare) > 1:
        words.append(bare)
    if field.type == "opinion":
        base = re.sub(r"\(.*\)$|意见$", "", anchor)
        words.extend(base + word for word in _SEAL_WORDS)
        weak.append(base)
    return tuple(dict.fromkeys(word for word in words if word)), tuple(weak)


def _find_header(field: Field, sheet: Sheet, after: tuple[int, int]) -> _Placed | None:
    columns = tuple((column, fold(column.label)) for column in field.columns)
    for heads in head_rows(sheet, is_layered=is_layered(label for _, label in columns)):
        at = max(unit.index for unit, _ in heads)
        texts = [fold(words) for _, words in heads]
        first = heads[texts.index(columns[0][1])][0] if columns[0][1] in texts else None
        if first and (first.index, 0) > after and all(label in texts for _, label in columns):
            item = Item(
                0, "header", (columns[0][1],), fields=(field,), columns=columns, inside=inside_units(sheet, heads)
            )
            return at, 0, item
    return None


def _covered(unit: Unit, start: int, placed: list[_Placed]) -> bool:
    """Whether a printed line belongs to a field's item: a later line of a broken label, its tail, or a head or row of a block."""
    for index, item_start, item in placed:
        if unit.index in item.inside:
            return True
        if item.kind == "header" and unit.folded in {label for _, label in item.columns}:
            return True
        if index == unit.index and start > item_start:
            return True
    return False


def _places(sheet: Sheet, placed: list[_Placed]) -> frozenset[int]:
    """Units the blank prints a hint, boxes or a date's skeleton in where a label's answer is written: a copy need not say it again."""
    labels = [
        sheet.units[index] for index, _, item in placed if item.kind == "label" and item.fields[0].type != "opinion"
    ]
    cells = [(unit.table, unit.cell) for unit in labels if unit.cell]
    return frozenset(
        unit.index
        for unit in sheet.units
        if unit.cell and any(table is unit.table and _is_place_of(unit.cell, label) for table, label in cells)
        if is_place(unit.text) or has_boxes(unit.text) or is_prose(unit.text)
    )


def _is_place_of(cell: Cell, label: Cell) -> bool:
    """Whether a cell stands right of a label, or under it in its columns."""
    is_beside = cell.row == label.row and cell.column == label.column + label.column_span
    is_under = cell.row == label.row + label.row_span and (cell.column, cell.column_span) == (
        label.column,
        label.column_span,
    )
    return is_beside or is_under


def _by_head(items: tuple[Item, ...]) -> dict[str, tuple[Item, ...]]:
    heads: dict[str, list[Item]] = {}
    for item in items:
        if item.kind in ("label", "static"):
            for head in {word[:2] for word in (*item.words, *item.weak)}:
                heads.setdefault(head, []).append(item)
    return {head: tuple(found) for head, found in heads.items()}

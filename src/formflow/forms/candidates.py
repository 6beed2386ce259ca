"""Every place where a copy says, word for word, something the blank prints.

Comes in: `Sheet`, `Printed`. Goes out: `Hit`s, several for one item where its words recur; which of them counts is `anchors`' to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from formflow.forms.heads import head_rows, is_layered
from formflow.forms.layout import Sheet, Unit
from formflow.forms.printed import (
    SUFFIX,
    Item,
    Printed,
    bare_label,
    consume,
    fold_character,
    gaps,
    is_date_line,
    places_on,
)
from formflow.model.document import Cell
from formflow.model.text import fold

# Weights of a hit. Only their order and rough distances matter: a whole cell beats a line's beginning beats a line inside a cell.
WHOLE, OPENING, INSIDE, WEAK = 1.0, 0.95, 0.5, 0.8
_LINE = 0.97
STATIC_SHARE = 0.4
_LONGEST_SHARED = 160  # characters of a line that several labels share
LIKE_ENOUGH = 70.0  # rapidfuzz ratio: one wrong character in four
_NUMBER = re.compile(
    r"[ \t\u3000]*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．,，）)])[ \t\u3000]*"
)
# A longer hint, if the label ends with it: （近三年，限500字）.
_LONG_HINT = re.compile(r"[ \t\u3000]*[（(【][^（()）】\n]{1,60}[)）】](?=[ \t\u3000]*(?:[:：\n]|$))")
# The label once more in another language, before its colon: 单位名称 Name：
_FOREIGN = re.compile(r"[ \t\u3000]*[A-Za-z][A-Za-z .,/&'()-]{1,40}(?=[ \t\u3000]*[:：])")
# A range whose second half is still to come: 2022年3月至.
_OPEN_RANGE = re.compile(r"[\d〇一二三四五六七八九十]{1,12}[年月日./-]?\d{0,4}[月日]?(?:至|到|-{1,40}|~)$")
_COLON = re.compile(r"[ \t\u3000\xa0]*[:：﹕∶]")
# A line that says a date is shorter.
_LONGEST_DATE_LINE = 60


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """An item found: in `unit` from `start` to `end` (what follows `end` is no longer label). `likeness` is 1 for the very words.

    `words_end` is where the item's own words end, before a hint or colon. `cells` are the head cells of a repeating block by column
    id. `is_in_order` is False for one that was found out of order."""

    item: Item
    unit: int
    start: int
    end: int
    weight: float
    likeness: float = 1.0
    is_whole: bool = False
    is_in_order: bool = True
    cells: tuple[tuple[str, Cell], ...] = ()
    words_end: int = 0

    @property
    def position(self) -> tuple[int, int]:
        return self.unit, self.start


def candidates(sheet: Sheet, printed: Printed) -> list[Hit]:
    """Every place where an item stands word for word, in no order; an item may have several."""
    hits: list[Hit] = []
    for unit in sheet.units:
        for start in unit.starts:
            head = fold(unit.text[start : start + 16])[:2]
            hits.extend(_longest(hit for item in printed.heads.get(head, ()) if (hit := _exact(unit, start, item))))
            hits.extend(_renumbered(unit, start, printed))
        hits.extend(_within_lines(unit, printed))
        hits.extend(_glued(unit, printed))
    hits.extend(hit for item in printed.items if item.kind == "date_line" for hit in _date_lines(sheet, item))
    heads = [hit for item in printed.items if item.kind == "header" for hit in _headers(sheet, item)]
    # A head of a repeating row is no label, though another item may have the same word (时间).
    cells = {id(cell) for hit in heads for _, cell in hit.cells}
    return [*(hit for hit in hits if id(sheet.units[hit.unit].cell) not in cells), *heads]


def _renumbered(unit: Unit, start: int, printed: Printed) -> list[Hit]:
    """Labels and headings whose section number is another than the blank's (2、工作方案)."""
    number = _NUMBER.match(unit.text, start)
    if not number:
        return []
    head = fold(unit.text[number.end() : number.end() + 16])[:2]
    found = (_exact(unit, number.end(), item) for item in printed.heads.get(head, ()))
    return _longest(replace(hit, start=start, weight=_renumbered_weight(unit, hit, start)) for hit in found if hit)


def _renumbered_weight(unit: Unit, hit: Hit, start: int) -> float:
    """A hit's weight with its number taken in: it may then open or fill its unit. The blank's own number weighs a little more."""
    is_whole = start == 0 and unit.cell is not None and not fold(unit.text[hit.end :])
    weight = WHOLE if is_whole else OPENING if start == 0 else INSIDE
    return (weight - 0.02) * (STATIC_SHARE if hit.item.kind == "static" else 1.0)


def _within_lines(unit: Unit, printed: Printed) -> list[Hit]:
    """Further labels on one line (承担单位：甲　管理单位：乙): behind a gap or mark, and closed by a colon."""
    hits: list[Hit] = []
    for start in gaps(unit.text):
        head = fold(unit.text[start : start + 16])[:2]
        found = (_exact(unit, start, item) for item in printed.heads.get(head, ()) if item.kind == "label")
        hits.extend(_longest(hit for hit in found if hit and unit.text[hit.end - 1] in ":：﹕∶"))
    return hits


def _glued(unit: Unit, printed: Printed) -> list[Hit]:
    """Labels that share a line on the blank, typed without a gap before them (单位：甲镇总工会日期：2022年3月)."""
    if len(unit.text) > _LONGEST_SHARED:
        return []
    hits: list[Hit] = []
    for item in printed.items:
        for words in item.words if item.shares_line else ():
            starts = (match.start() for match in re.finditer(re.escape(words) + "[:：]", unit.text))
            hits.extend(hit for start in starts if start and (hit := _exact(unit, start, item)))
    return hits


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits at one place those with the longest words: 承担单位（盖章） is not 承担单位."""
    found = list(hits)
    longest = max((hit.words_end for hit in found), default=0)
    return [hit for hit in found if hit.words_end == longest]


def _exact(unit: Unit, start: int, item: Item) -> Hit | None:
    for words in sorted({*item.words, *item.weak}, key=len, reverse=True):
        end = consume(unit.text, start, words)
        if end is None:
            continue
        closed = _close(unit, end, words, item)
        if closed is None:
            continue
        is_whole = start == 0 and not fold(unit.text[closed:])
        if words in item.weak and not (is_whole and unit.cell):
            continue
        weight = _weight(unit, start, item, is_whole, words)
        return Hit(item, unit.index, start, closed, weight, is_whole=is_whole, words_end=end)
    return None


def _weight(unit: Unit, start: int, item: Item, is_whole: bool, words: str) -> float:
    alone = WEAK if words in item.weak else WHOLE
    weight = alone if is_whole and unit.cell else OPENING if start == 0 else INSIDE
    if is_whole and unit.cell is None:
        weight = _LINE  # a paragraph of nothing but the words beats one that goes on
    elif item.is_heading and not is_whole and unit.cell and unit.cell.column:
        weight = INSIDE  # a heading's words at the beginning of somebody's answer
    if item.kind == "static":
        return weight * STATIC_SHARE
    # The blank's own wording and a label at the head of its row count a little more: they settle ties.
    if words == item.words[0]:
        weight += 0.02
    if unit.cell and item.is_first_in_row == (unit.cell.column == 0):
        weight += 0.02
    return weight


def _close(unit: Unit, end: int, words: str, item: Item) -> int | None:
    """The end of a label with its suffix (（必填）), colon and the blank's own hint; None if the text runs on: then it is no label."""
    text = unit.text
    if item.tail:
        end = _skip_tail(text, end, item.tail)
    if item.kind == "static":
        line_end = text.find("\n", end)
        rest = text[end:] if line_end < 0 else text[end:line_end]
        return None if fold(rest).strip(":") else end + len(rest)
    if not item.tail and (suffix := SUFFIX.match(text, end) or _LONG_HINT.match(text, end)):
        end = suffix.end()
    if foreign := _FOREIGN.match(text, end):
        end = foreign.end()
    after = _COLON.match(text, end)
    if after:
        return after.end()
    is_open = end == len(text) or text[end].isspace() or text[end] in "_＿" or end in unit.underlines or bool(item.tail)
    return end if is_open or words.endswith((")", ":")) else None


def _skip_tail(text: str, end: int, tail: str) -> int:
    """Behind the hint the blank prints after a heading, if it is here too: word for word, or a bracket that says much the same."""
    whole = consume(text, end, tail)
    if whole is not None:
        return whole
    # A bracket that is much longer than the blank's hint cannot be like it.
    rest = text[end : end + 4 * len(tail) + 40]
    if not rest.lstrip().startswith(("（", "(")):
        return end
    depth = 0
    for position, character in enumerate(rest):
        depth += (fold_character(character) == "(") - (fold_character(character) == ")")
        if depth == 0 and fold_character(character) == ")":
            hint = fold(rest[: position + 1])
            is_hint = position <= 12 or fuzz.ratio(hint, tail) >= 60 or fuzz.partial_ratio(hint.strip("()"), tail) >= 90
            return end + position + 1 if is_hint else end
    return end


def _date_lines(sheet: Sheet, item: Item) -> list[Hit]:
    """Lines that say a date and nothing else, but not the second half of a range and not a cell of a wide table."""
    hits = []
    before = ""
    shared = _shared_rows(sheet)
    for unit in sheet.units:
        is_open = not _OPEN_RANGE.search(before[-_LONGEST_DATE_LINE:]) and not _is_narrow(unit, shared)
        before = unit.folded
        for start in places_on(unit) if is_open else ():
            line, _, _ = unit.text[start : start + _LONGEST_DATE_LINE].partition("\n")
            if 1 < len(line) < _LONGEST_DATE_LINE and is_date_line(line):
                weight = OPENING if start == 0 else INSIDE
                # 填表日期：… outweighs a date that nobody says what it is of.
                hits.append(Hit(item, unit.index, start, start, weight + (0.02 if _COLON.search(line) else 0.0)))
    return hits


def _shared_rows(sheet: Sheet) -> frozenset[tuple[int, int]]:
    """The rows, as (table's identity, row), in which more than one cell has text."""
    first: dict[tuple[int, int], int] = {}
    shared = set()
    for unit in sheet.units:
        if unit.cell is not None and unit.folded:
            row = (id(unit.table), unit.cell.row)
            if first.setdefault(row, id(unit.cell)) != id(unit.cell):
                shared.add(row)
    return frozenset(shared)


def _is_narrow(unit: Unit, shared: frozenset[tuple[int, int]]) -> bool:
    """Whether a unit is one of several written cells side by side in a table of three columns or more: no place for a line of the cover.
    In a worksheet a line of the cover is a cell of one column with nothing beside it."""
    return (
        unit.table is not None
        and unit.cell is not None
        and unit.table.columns > 2
        and unit.cell.column_span * 2 <= unit.table.columns
        and (id(unit.table), unit.cell.row) in shared
    )


def _headers(sheet: Sheet, item: Item) -> list[Hit]:
    """Rows of a table that carry the heads of a repeating block: all of them, or all but one."""
    hits = []
    for heads in head_rows(sheet, is_layered=is_layered(label for _, label in item.columns)):
        found = _match_heads(item, heads)
        if len({column for column, _ in found}) >= max(2, len(item.columns) - 1):
            cells = tuple((column, unit.cell) for column, unit in found if unit.cell)
            first = min((unit for _, unit in found), key=lambda unit: unit.index)
            hits.append(
                Hit(item, first.index, 0, len(first.text), WHOLE * len(found) * 0.75, cells=cells, is_whole=True)
            )
    return hits


def _match_heads(item: Item, heads: list[tuple[Unit, str]]) -> list[tuple[str, Unit]]:
    found = []
    left = [(unit, bare_label(words)) for unit, words in heads]
    for column, label in item.columns:
        likeness, place = max(
            ((_head_likeness(words, label), -at) for at, (_, words) in enumerate(left)), default=(0.0, 0)
        )
        if likeness >= LIKE_ENOUGH:
            unit, words = left.pop(-place)
            found.append((column.id, unit))
            # 开始时间 | 结束时间: one column of the blank in two.
            twin = next((other for other in left if _are_halves(words, other[1], label)), None)
            if twin:
                left.remove(twin)
                found.append((column.id, twin[0]))
    missing = [column for column, _ in item.columns if column.id not in {known for known, _ in found}]
    if len(missing) == 1 and len(left) == 1 and len(heads) == len(item.columns):
        found.append((missing[0].id, left[0][0]))  # 责任单位 where the blank says 负责单位: the only one it can be
    return found


def _are_halves(one: str, other: str, label: str) -> bool:
    """Whether two heads share one column of the blank: 开始时间 and 结束时间 of 时间, 负责单位 and 参与单位 of 负责单位及参与单位."""
    if label in (one, other):
        return False
    return (label in one and label in other) or (one in label and other in label and min(len(one), len(other)) > 2)


def _head_likeness(words: str, label: str) -> float:
    """How alike two column heads are, 0..100; one that contains the other (起止时间, 时间) is alike."""
    is_part = len(words) <= len(label) + 4 and len(words) > 1 and (words in label or label in words)
    return max(fuzz.ratio(words, label), 75.0 if is_part else 0.0)

"""What a copy says for an item: the text that belongs to a label by the table's geometry, or by reading order where there is no table.

Comes in: the sheet and its hits. Goes out: `Region`s of text as typed. Decides no values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from formflow.forms.candidates import Hit
from formflow.forms.layout import Sheet, Unit
from formflow.forms.neighbours import Neighbours, Piece
from formflow.forms.printed import is_date_line
from formflow.model.document import Cell, Locator, Picture, Table
from formflow.model.period import arabic
from formflow.model.text import fold, is_blank

_DATED = re.compile(r"\d{4}(?:年|[./-])\d{1,2}|\d{1,2}月")
# Another cover line with a label of its own.
_LABELLED = re.compile(r"^[^:：]{1,12}[:：]")
# A numbered section heading.
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}[、.．][^。；：:]{2,30}(?:[（(].*[)）])?")
# How the answer stands to its label: on its line or in its cell, right of it, under it, or in the text that follows.
Manner = Literal["same", "beside", "below", "following", "none"]


@dataclass(frozen=True, slots=True)
class Region:
    """An answer's text in pieces (cells, paragraphs), its place, the pictures in it, and how it was found.

    `is_joined`: several filled cells stand where the blank has one, so that it is not sure which of them answer."""

    texts: tuple[str, ...]
    locator: Locator | None
    manner: Manner
    pictures: tuple[Picture, ...] = ()
    is_joined: bool = False

    @property
    def text(self) -> str:
        return "\n".join(text for text in self.texts if text)


class Ground:
    """A sheet with its hits: which units and cells are taken by labels, and what follows each."""

    def __init__(
        self, sheet: Sheet, hits: tuple[Hit, ...], placeholders: tuple[str, ...] = (), stops: tuple[int, ...] = ()
    ) -> None:
        self.sheet = sheet
        self.hits = hits
        self.placeholders = placeholders
        self._by_unit: dict[int, list[Hit]] = {}
        for hit in hits:
            self._by_unit.setdefault(hit.unit, []).append(hit)
        self._stops = frozenset(stops)
        self._taken_cells = {id(cell) for hit in hits for cell in sheet.units[hit.unit].cells[-1:]}
        self._taken_cells |= {id(cell) for hit in hits for _, cell in hit.cells}
        self._inside: dict[int, list[Unit]] = {}
        for unit in sheet.units:
            for cell in unit.cells:
                self._inside.setdefault(id(cell), []).append(unit)
        self._near = Neighbours(self.is_labelled, self._pictures)

    def region(self, hit: Hit) -> Region:
        """The text that answers a label."""
        unit = self.sheet.units[hit.unit]
        own = self._rest_of_unit(unit, hit)
        if unit.cell is None or unit.table is None:
            return self._in_body(unit, own, hit)
        if sum(1 for other in self._by_unit.get(unit.index, ()) if other.item.fields) > 1:
            # Labels that share their cell are answered inside it.
            return _region([Piece(own, unit.locator, unit.pictures)], "same")
        first = [Piece(own, unit.locator, unit.pictures)] if fold(own) else []
        beside = self._near.beside(unit.table, unit.cell)
        is_filled = any(fold(piece.text) or piece.pictures for piece in beside)
        if is_filled:
            is_joined = sum(1 for piece in beside if fold(piece.text)) > unit.cell.row_span
            continued = self._near.continued(unit.table, unit.cell)
            return replace(_region([*beside, *continued], "beside"), is_joined=is_joined or bool(continued))
        if beside and not hit.item.is_heading:
            return _region(first or beside, "same" if first else "beside")
        pieces = [*first, *self._later_in_cell(unit)]
        below = self._near.below(unit.table, unit.cell)
        if not pieces and not any(fold(piece.text) for piece in below) and self._ends_table(unit):
            below = self._following(unit.index, in_table=unit.table)
        return _region([*pieces, *below], "below" if below else "same")

    def opinion(self, hit: Hit) -> tuple[str, Region]:
        """An opinion's text standing before its label inside the same cell, and the region behind it."""
        unit = self.sheet.units[hit.unit]
        if unit.cell is None or unit.table is None:
            return "", _region(
                [Piece(self._rest_of_unit(unit, hit), unit.locator, unit.pictures), *self._following(unit.index)],
                "following",
            )
        beside = [self._near.as_line(cells) for cells in self._near.rows_beside(unit.table, unit.cell)]
        own = Piece(self._rest_of_unit(unit, hit), unit.locator, self._pictures(unit.cell))
        nested = self._later_in_cell(unit)
        if beside:
            return "", _region([own, *nested, *beside, *self._near.signed_below(unit.table, unit.cell)], "beside")
        earlier = max((h.end for h in self._by_unit[unit.index] if h.start < hit.start), default=0)
        return unit.text[earlier : hit.start], _region(
            [own, *nested, *self._near.lines_below(unit.table, unit.cell)], "same"
        )

    def without_next_heading(self, hit: Hit, text: str) -> str:
        """A text without the heading of the block that follows it, where that is worded otherwise than on the blank (三、工作步骤)."""
        later = min(
            (other for other in self.hits if other.position > hit.position), key=lambda h: h.position, default=None
        )
        body, _, last = text.rstrip().rpartition("\n")
        return body if later is not None and later.item.kind == "header" and _SECTION.fullmatch(last.strip()) else text

    def shares_container(self, one: Hit, other: Hit) -> bool:
        """Whether two hits stand in one cell, or both in the body."""
        a, b = self.sheet.units[one.unit], self.sheet.units[other.unit]
        return a.cell is b.cell

    def between(self, one: Hit, other: Hit) -> str:
        """The text from the end of one hit to the beginning of another."""
        if one.unit == other.unit:
            return self.sheet.units[one.unit].text[one.end : other.start]
        pieces = [self.sheet.units[one.unit].text[one.end :]]
        pieces += [unit.text for unit in self.sheet.units[one.unit + 1 : other.unit]]
        return "\n".join([*pieces, self.sheet.units[other.unit].text[: other.start]])

    def is_labelled(self, cell: Cell) -> bool:
        """Whether a label, heading or head stands in a cell, or a paper behind the form begins there."""
        return id(cell) in self._taken_cells or any(self.is_stop(unit) for unit in self._inside.get(id(cell), ()))

    def is_stop(self, unit: Unit) -> bool:
        """Whether something of the form, or a paper behind it, begins in a unit."""
        return unit.index in self._by_unit or unit.index in self._stops

    def _rest_of_unit(self, unit: Unit, hit: Hit) -> str:
        later = min((h.start for h in self._by_unit.get(unit.index, ()) if h.start > hit.start), default=len(unit.text))
        text = unit.text[hit.end : max(later, hit.end)]
        # A mark before the next label on the same line parts the two; it is no part of the answer.
        return text if later == len(unit.text) else text.rstrip(" \t\u3000；;，,、")

    def _later_in_cell(self, unit: Unit) -> list[Piece]:
        """What stands in a label's own cell after its paragraphs: nested tables and the text behind them, up to the next label."""
        pieces: list[Piece] = []
        for later in self._inside[id(unit.cell)]:
            if later.index > unit.index:
                if later.index in self._by_unit:
                    break
                pieces.append(Piece(later.text, later.locator))
        return pieces

    def _in_body(self, unit: Unit, own: str, hit: Hit) -> Region:
        first = Piece(own, unit.locator, unit.pictures)
        following = self._following(unit.index)
        field = hit.item.fields[0]
        if field.region != "cover":
            return _region([first, *following], "following" if following else "same")
        wants_date = field.type == "month"
        if not is_blank(own):
            # A line that was too long goes on in the next; what comes after an empty line does not belong to it.
            more = following[:2] if self._runs_on(hit, following) else []
            goes_on = bool(more) and all(self._goes_on(piece.text, wants_date) for piece in more)
            return _region([first, *more] if goes_on else [first], "same")
        # The value may have slipped to the next line; a cover line is short.
        after = next((piece for piece in following[:3] if not is_blank(piece.text)), None)
        is_value = after is not None and self._goes_on(after.text, wants_date)
        return _region([after], "following") if after and is_value else _region([first], "same")

    def _runs_on(self, hit: Hit, following: list[Piece]) -> bool:
        """Whether lines behind a cover value can be its own: the next label follows them at once, or they stand on a drawn blank. What
        stands under the last label may be anything (who issues the form, how many copies)."""
        later = min(
            (other for other in self.hits if other.position > hit.position), key=lambda h: h.position, default=None
        )
        is_between = later is not None and later.item.kind == "label" and later.item.order == hit.item.order + 1
        first = self.sheet.units[hit.unit + 1] if following else None
        return is_between or (first is not None and bool(first.underlines))

    def _goes_on(self, text: str, wants_date: bool) -> bool:
        """Whether a line can be (the rest of) a cover line's value: short, no label of its own, a date only where one is wanted."""
        if is_blank(text, self.placeholders) or len(text) >= 60 or _LABELLED.match(text.strip()):
            return False
        return bool(_DATED.search(arabic(text))) if wants_date else not is_date_line(text)

    def _following(self, index: int, in_table: Table | None = None) -> list[Piece]:
        """What comes after a unit up to the next hit; of cells that follow, each once."""
        pieces = []
        for unit in self.sheet.units[index + 1 :]:
            if (
                unit.index in self._by_unit
                or unit.index in self._stops
                or any(id(cell) in self._taken_cells for cell in unit.cells)
            ):
                break
            if in_table is not None and unit.table is in_table:
                continue
            pieces.append(Piece(unit.text, unit.locator, unit.pictures))
        return pieces

    def _ends_table(self, unit: Unit) -> bool:
        cell, table = unit.cell, unit.table
        return bool(
            cell
            and table
            and cell.row + cell.row_span >= table.rows
            and cell.column == 0
            and cell.column_span >= table.columns
        )

    def _pictures(self, cell: Cell) -> tuple[Picture, ...]:
        return tuple(picture for unit in self._inside.get(id(cell), ()) for picture in unit.pictures)


def _region(pieces: list[Piece], manner: Manner) -> Region:
    first = next((piece for piece in pieces if fold(piece.text)), pieces[0] if pieces else None)
    return Region(
        texts=tuple(piece.text for piece in pieces),
        locator=first.locator if first else None,
        manner=manner if pieces else "none",
        pictures=tuple(picture for piece in pieces for picture in piece.pictures),
    )

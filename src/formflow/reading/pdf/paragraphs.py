"""Lines of one place → paragraphs: a line that ended because it was full goes on in the next.

A PDF says nothing about paragraphs. A line goes on if it is so full that the beginning of the next had no room on it, and the next is
not indented and not set off. Comes in: lines from top to bottom and the room they had. Goes out: `Para`s, in which the lines are kept:
whether a paragraph goes on over a page break is asked later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from formflow.reading.pdf.ink import Placed
from formflow.reading.pdf.lines import Line, is_wide

# In ems: slack in which a line counts as full; an indent that begins a paragraph; one with which no paragraph begins (set to the right).
_SLACK, _INDENT, _FAR = 0.35, 1.2, 4.5
# A gap between lines, in ems, that parts them whatever else; how far from the middle centred lines may be.
_SET_OFF, _CENTRED = 1.3, 0.6
# A name, a gap and a whole date: a line that is full because the date was moved to its end.
_SIGNED_OFF = re.compile(r"(?<!\s)\s{3,}\S*(?:\s?\S){0,12}[月\d]\s*\S{1,3}\s*[日号]\s*$")
_SENTENCE_END, _PAUSE = frozenset("。！？"), frozenset("；：）)!?;:")
# What begins a paragraph even where a full line stands before it: a number, a label.
OPENS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}(?:[）)、]|[.．](?!\d))|[^，。；：:,;\s]{2,16}[（(]?[^，。；：:,;\s]{0,6}[）)]?[：:]"
)


@dataclass(frozen=True, slots=True)
class Room:
    """The horizontal room lines have: from the left edge of text to the right one. `edge` is how far left text could stand, where all of
    it is set in."""

    left: float
    right: float
    edge: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True, eq=False)
class Para:
    """A paragraph in the making: its lines, or a picture alone, with the room its lines had."""

    lines: list[Line] = field(default_factory=list)
    room: Room = Room(0, 0, 0)
    pictures: list[tuple[int, Placed]] = field(default_factory=list)

    @property
    def y0(self) -> float:
        return self.lines[0].y0 if self.lines else self.pictures[0][1].box.y0

    @property
    def page(self) -> int:
        return self.lines[0].page if self.lines else self.pictures[0][0]


def paragraphs_of(lines: list[Line], room: Room) -> list[Para]:
    """The paragraphs, in order."""
    paras: list[Para] = []
    for line in lines:
        if paras and goes_on(paras[-1], line, room):
            paras[-1].lines.append(line)
        else:
            paras.append(Para([line], room))
    return paras


def room_of(lines: Iterable[Line], left: float, right: float) -> Room:
    """The room of lines between two edges. The padding on the right is that on the left, up to a usual one, unless lines themselves show
    where the right end is."""
    own = list(lines)
    if not own:
        return Room(left, right, left)
    first = min(line.x0 for line in own)
    padding = min(max(first - left, 1.5), 7.0)
    # A mark that hangs over the right edge says nothing about it.
    last = max((line.x1 for line in own if line.x1 <= right - padding / 2), default=right - padding)
    em = max(line.em for line in own)
    # Justified lines all end where the room ends.
    end = last if right - padding - last < 1.2 * em and len(own) > 2 else max(right - padding, last)
    return Room(first, end, min(first, left + padding))


def goes_on(para: Para, line: Line, room: Room, is_next_page: bool = False) -> bool:
    """Whether a line carries on a paragraph. Over a page break the room is that of the new page."""
    if not para.lines:
        return False
    last, old = para.lines[-1], para.room
    if not 0.75 < line.em / last.em < 1.34 or (not is_next_page and line.y0 - last.y1 > _SET_OFF * last.em):
        return False
    end = last.text.rstrip()[-1:]
    # To part a paragraph between sentences does no harm; to join two may hide a label.
    if end in _SENTENCE_END or (end in _PAUSE and OPENS.match(line.text.lstrip())):
        return False
    return _flows(para, line, room) or _is_set_on(last, line, old, room)


def _flows(para: Para, line: Line, room: Room) -> bool:
    """Whether a line set from the left carries on."""
    last, old = para.lines[-1], para.room
    is_full = last.x1 + line.head > old.right - _SLACK * last.em
    is_set_right = len(para.lines) == 1 and last.x0 - old.left > _FAR * last.em
    if not is_full or is_set_right or _SIGNED_OFF.search(last.text):
        return False
    return line.x0 - room.left <= _INDENT * line.em or _hangs(para, line)


def _is_set_on(last: Line, line: Line, old: Room, room: Room) -> bool:
    """Whether a line set in the middle or to the right carries on one that is so wide that it had no room."""
    is_to_the_right = _ends_right(last, old) and _is_right(line, room)
    # A character alone at the right is the end of what would not fit.
    if is_to_the_right and line.x1 - line.x0 <= 1.1 * line.em:
        return True
    is_wide = last.x1 - last.x0 + line.head > old.right - old.edge - _SLACK * last.em
    return is_wide and (is_to_the_right or (_is_centred(last, old) and _is_centred(line, room)))


def _hangs(para: Para, line: Line) -> bool:
    """Whether a line is set in like the lines before it: behind a number, or as a block."""
    places = [para.lines[0].hang, *(before.x0 for before in para.lines[1:2])]
    return any(place is not None and abs(place - line.x0) < _SLACK * line.em for place in places)


def _is_centred(line: Line, room: Room) -> bool:
    return abs((line.x0 + line.x1) / 2 - room.middle) <= _CENTRED * line.em


def text_of(para: Para) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The paragraph's text with its lines joined, and the underlined ranges. Latin words that a line break parts get their space back."""
    if len(para.lines) == 1:
        return para.lines[0].text, para.lines[0].underlined
    text, underlined = "", list[tuple[int, int]]()
    for line in para.lines:
        if text and _are_words(text[-1], line.text[:1]):
            text += " "
        underlined.extend((start + len(text), end + len(text)) for start, end in line.underlined)
        text += line.text
    return text, tuple(underlined)


def _are_words(before: str, after: str) -> bool:
    return before.isalpha() and after.isalpha() and not is_wide(before) and not is_wide(after)


def _is_right(line: Line, room: Room) -> bool:
    """Whether a line is set to the right: it ends there and begins further in than a paragraph does."""
    return _ends_right(line, room) and line.x0 - room.left > _INDENT * line.em


def _ends_right(line: Line, room: Room) -> bool:
    return room.right - line.x1 <= _SLACK * line.em

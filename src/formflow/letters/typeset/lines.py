"""Chinese line breaking: text and room in, lines out.

Widths are in characters (one hanzi of the text's size is 1). Lines break between any two wide characters, inside a Latin word or number
only if it is wider than a line, never before a closing mark or after an opening one (避头尾: the character before goes along to the next
line). A line that is not its paragraph's last is spread to the full width.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from formflow.letters.titles import break_title

NOT_AT_START = frozenset("，。、；：？！）》」』】〕〉”’％‰℃…—·～,.;:?!)]}%")
NOT_AT_END = frozenset("（《「『【〔〈“‘￥¥$([{")
# A dash or an ellipsis is two characters long; letters, digits and what holds them together (3.5, a@b.cn, 2022-03) make a word.
_WORD = re.compile(r"""——|……|[^\s()\[\]{}<>"',;!?\x80-\U0010ffff]+|.""", re.DOTALL)
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, natural width, and whether it ends where the text wanted (the last line, a forced break)."""

    text: str
    width: float
    is_end: bool


def break_lines(text: str, room: float, first_room: float, width: Callable[[str], float]) -> tuple[Line, ...]:
    """Lines of a paragraph; `first_room` is what the first has. "\\n" forces a new line (which has `room`)."""
    lines: list[Line] = []
    for piece in text.split("\n"):
        lines.extend(_break_piece(piece, room, first_room if not lines else room, width))
    return tuple(lines)


def _break_piece(text: str, room: float, first_room: float, width: Callable[[str], float]) -> list[Line]:
    words = _words(text)
    widths = [sum(map(width, word)) for word in words]
    lines: list[Line] = []
    start, limit = 0, first_room
    while start < len(words):
        end, used = start, 0.0
        while end < len(words) and (used + widths[end] <= limit + _SLACK or end == start):
            used += widths[end]
            end += 1
        if end == start + 1 and used > limit + _SLACK and len(words[start]) > 1:
            words[start : start + 1] = _cut(words[start], limit, width)
            widths[start : start + 1] = [sum(map(width, word)) for word in words[start : start + 2]]
            continue
        if end < len(words):
            end = _allowed_end(words, start, end)
        lines.append(_line(words[start:end], width, is_end=end == len(words)))
        start, limit = end, room
        while start < len(words) and words[start].isspace():
            start += 1
    return lines or [Line("", 0.0, True)]


def _words(text: str) -> list[str]:
    """The smallest pieces: single wide characters, runs of narrow ones, pairs."""
    return _WORD.findall(text)


def _cut(word: str, limit: float, width: Callable[[str], float]) -> list[str]:
    """A word wider than the line, cut where the line is full; at least one character goes on the line."""
    used, end = 0.0, 0
    while end < len(word) - 1 and (used + width(word[end]) <= limit + _SLACK or end == 0):
        used += width(word[end])
        end += 1
    return [word[:end], word[end:]]


def _allowed_end(words: list[str], start: int, end: int) -> int:
    """The last place up to `end` where a line may end; `end` itself if there is none."""
    for place in range(end, start, -1):
        if words[place][0] not in NOT_AT_START and words[place - 1][-1] not in NOT_AT_END:
            return place
    return end


def _line(words: list[str], width: Callable[[str], float], is_end: bool) -> Line:
    text = "".join(words)
    text = text if is_end else text.rstrip(" ")
    return Line(text, sum(map(width, text)), is_end)


def balance(text: str, room: float, width: Callable[[str], float]) -> tuple[Line, ...]:
    """A title's lines (7.3.1): broken between words as 梯形 or 菱形 (`titles`); forced breaks are kept."""
    lines = break_title(text, room=room, width=width)
    if any(width_of(line, width) > room + _SLACK for line in lines):
        return break_lines("\n".join(lines), room, room, width)
    return tuple(Line(line, width_of(line, width), True) for line in lines)


def width_of(text: str, width: Callable[[str], float]) -> float:
    """Natural width of a text on one line."""
    return sum(map(width, text))

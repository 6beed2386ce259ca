"""The headlines over an article → its title, what stands over it (column, kicker), what stands below.

By size or style where the paper tells it; else by what headlines are like: a kicker is a slogan, the title says who does what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from formflow.forms.articles_lines import Line, width
from formflow.forms.articles_names import pairs_in, share_of, stems_in

# What stands over a title is commoner than what stands below without a dash.
_LAST = 1.5
# Headlines of one size, in shares of it.
_SAME_SIZE = 0.08
_COLUMN = re.compile(
    r"^.{0,8}(?:天地|进行时|之窗|专栏|聚焦|视点|视野|视窗|关注|巡礼|论坛|风采|速递|简讯|要闻|综合|一线|园地|纪事|在行动|专题|副刊|时评|快讯|短波|掠影|直击|之声|专刊|特刊|新闻|评论|文苑|广角|动态|观察|调查|典型|亮点|经验|展播|连载|撷英)$"
)
_SUBTITLE = re.compile(r"^(?:——|—|--|──|―)")
_WHOLLY_QUOTED = re.compile(r"^[“\"][^“”\"]+[”\"]$")
_OPEN, _CLOSE = "“‘《「『（(【", "”’》」』）)】"
_JOINS_ON = re.compile(r"(?:的|与|和|及|为|在|让|把|将|对|向|从|以|到|、|：|:|——)$")
_JOINED_TO = re.compile(r"^(?:的|与|和|及|等|、|，|：|”|’|》)")
_BODY_WORDS = re.compile(r"(?:工会|总工会|公司|集团|协会|中心|学校|医院|街道|社区|局|院|县|市|区|厂|社)")
_A_BODY = re.compile(
    r"^[\u4e00-\u9fff（）()]{3,18}(?:工会|委员会|公司|集团|协会|中心|学校|医院|街道|局|法院|检察院|银行)$"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """An article's headlines; `line` is the first of the title's lines, None where there is no title."""

    title: str | None
    over: tuple[str, ...] = ()
    subtitle: str | None = None
    line: Line | None = None


def headline_of(heads: Sequence[Line], text: str) -> Headline:
    """The headlines in the order they stand, over an article of that text."""
    lines = _mended(heads)
    if not lines:
        return Headline(None)
    subtitles = [line for line in lines if _SUBTITLE.match(line.text)]
    above = [line for line in lines if line not in subtitles] or lines
    chosen = _largest(above) or _highest(above) or [_likeliest(above, text)]
    at = above.index(chosen[0])
    below = [line.text for line in above[at + len(chosen) :]] + [line.text for line in subtitles if line not in above]
    over = tuple(line.text for line in above[:at])
    return Headline(_together(chosen), over, _SUBTITLE.sub("", " ".join(below)).lstrip("—-─― ") or None, chosen[0])


def _mended(heads: Sequence[Line]) -> list[Line]:
    """The headlines, those that a line break cut put together."""
    lines: list[Line] = []
    for head in heads:
        if lines and _is_cut(lines[-1], head):
            gap = " " if _A_BODY.match(lines[-1].text) and not _is_open(lines[-1].text) else ""
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text}{gap}{head.text}")
        else:
            lines.append(head)
    return lines


def _is_cut(line: Line, following: Line) -> bool:
    if line.size and following.size and not _is_same_size(line, following):
        return False
    if _SUBTITLE.match(following.text) or line.level != following.level:
        return False
    if _A_BODY.match(line.text):
        return not _A_BODY.match(following.text) and not _BODY_WORDS.search(following.text[:6])
    return _is_open(line.text) or bool(_JOINS_ON.search(line.text)) or bool(_JOINED_TO.match(following.text))


def _is_open(text: str) -> bool:
    """Whether a quote or bracket is opened and not closed."""
    return sum(text.count(mark) for mark in _OPEN) > sum(text.count(mark) for mark in _CLOSE)


def _is_same_size(line: Line, other: Line) -> bool:
    return bool(line.size and other.size and abs(line.size - other.size) <= _SAME_SIZE * line.size)


def _largest(lines: list[Line]) -> list[Line] | None:
    """The lines of the largest size that follow each other, where sizes are told and differ."""
    sizes = [line.size for line in lines if line.size]
    if len(sizes) < len(lines) or len(lines) < 2:
        return None
    biggest = max(lines, key=lambda line: line.size or 0)
    same = [line for line in lines if _is_same_size(biggest, line)]
    if len(same) == len(lines) and len(lines) > 3:
        return None
    first = lines.index(same[0])
    return [line for offset, line in enumerate(lines[first:]) if offset < len(same) and line is same[offset]]


def _highest(lines: list[Line]) -> list[Line] | None:
    """The line whose style is the highest heading's, where styles are told."""
    levels = [line.level for line in lines if line.level]
    if not levels:
        return None
    return [next(line for line in lines if line.level == min(levels))]


def _likeliest(lines: list[Line], text: str) -> Line:
    pairs = pairs_in(text)
    last = len(lines) - 1
    return max(
        enumerate(lines),
        key=lambda at_line: (_likeness(at_line[1].text, pairs, text) + _LAST * (at_line[0] == last), at_line[0]),
    )[1]


def _likeness(head: str, pairs: frozenset[str], text: str) -> float:
    """How much a headline is like a title, and not like a slogan over or under one."""
    score = 2 * share_of(head, pairs)
    score += 1.0 if _BODY_WORDS.search(head) or stems_in(head) or _names_a_place(head, text) else 0.0
    score += 0.5 if 8 <= width(head) <= 32 else 0.0
    score -= 2.0 if _WHOLLY_QUOTED.match(head) else 0.0
    score -= 2.0 if _COLUMN.match(head) else 0.0
    score -= 1.0 if _is_slogan(head) else 0.0
    return score


def _names_a_place(head: str, text: str) -> bool:
    return any(stem in head for stem in stems_in(text))


def _is_slogan(head: str) -> bool:
    """Parts of nearly one length, side by side: 有学上 上好学 择近校."""
    parts = [part for part in re.split(r"[ 　、,，·]+", head.strip('“”"')) if part]
    return len(parts) >= 2 and max(map(len, parts)) <= 6 and max(map(len, parts)) - min(map(len, parts)) <= 1


def _together(lines: list[Line]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        text += (" " if re.search(r"[\u4e00-\u9fff”》]$", text) and _A_BODY.match(text) else "") + line.text
    return text

"""A title's lines (GB/T 9704 7.3.1): broken between words, arranged as 梯形 or 菱形.

In: a title and how much goes on a line. Out: its lines. Words are told by a list of what titles of official documents are made of, by
marks (《》, “”), by figures with their unit, and by the names the caller knows; no dictionary of the language is needed for that. What is
left unknown is broken only where nothing else is possible. Pure; sets no type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from formflow.letters.closing import width_in_chars
from formflow.letters.title_words import WORDS

TITLE_ROOM = 20.0  # 156 mm hold twenty characters of 2号
_NEVER = math.inf
# What a line must not begin with, or end on.
_NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’％·…—")
_NOT_LAST = frozenset("（《「『【〔〈“‘")
_WEAK_FIRST = ("的", "和", "与", "及", "暨", "或", "等", "之", "以及", "并")
_WEAK_LAST = frozenset(("和", "与", "及", "暨", "或", "并", "以及", "为", "在", "对", "将", "把", "等"))
# A whole of more than one word, as it stands between its marks or round a figure.
_WHOLE = re.compile(
    r"《[^《》]*》|“[^“”]*”|（[^（）]*）|〔[^〔〕]*〕"
    r"|(?:19|20)\d\d(?:[—－-](?:19|20)?\d\d)?年(?:度|\d{1,2}月(?:\d{1,2}日)?)?"
    r"|第?[0-9一二三四五六七八九十百]+[届次批期轮年个项类名家条款号]+|“?[一二三四五六七八九十]+五”?|[A-Za-z0-9.+\-/]+[％%]?"
)
_LONGEST = max(map(len, WORDS))
# A figure of a proportional face is wider than half a character.
_NARROW = 0.6
# Ends of names of places, which belong to the unknown characters before them.
_PLACE_ENDS = frozenset("省市县区镇乡村州旗")
_PLACE_WORDS = frozenset(("街道", "园区", "社区", "开发区", "村"))
_WIDE_WORDS = frozenset(
    ("全国", "全省", "全市", "全县", "全区", "市级", "省级", "县级", "国家级", "部分", "市", "省", "县", "区")
)
# Single characters that end the word before them (保障局, 规范化, 工作者).
_SUFFIXES = frozenset("局厅部委院馆队会处科所站室署者员性化型级式法权费额率们年月日市区县镇")
# An organ and the place whose it is are one name.
_ORGANS = ("总工会", "工会", "联合会", "委员会", "人民政府", "政府", "党委", "职工服务中心", "服务中心")
_VERBS = frozenset(("命名", "表彰", "授予", "公布", "印发", "转发", "开展", "举办", "做好", "加强", "下拨", "拨付", "延长", "评选"))  # fmt: skip
_SPLIT_WHOLE, _SPLIT_WORD, _SPLIT_UNKNOWN = 60.0, 80.0, 30.0


def break_title(
    text: str,
    names: Sequence[str] = (),
    room: float = TITLE_ROOM,
    width: Callable[[str], float] | None = None,
) -> tuple[str, ...]:
    """The lines of a title, first to last, none wider than `room`.

    `names` are kept on one line where they can be. A title that fits is one line; forced breaks ("\\n") are kept as they are.
    `width` measures a character in characters of the title's size, where the face is known.
    """
    measure = width or _width
    if "\n" in text:
        return tuple(text.split("\n"))
    text = text.strip()
    sizes = tuple(map(measure, text))
    if sum(sizes) <= room:
        return (text,)
    known = tuple(sorted({name for name in names if len(name) >= 2 and name in text and name != text}))
    return _best(text, known, room, sizes)


def is_shapely(widths: Sequence[float]) -> bool:
    """Title lines as 梯形 (each longer, or each shorter) or 菱形 (longer, then shorter); no rectangle, no hourglass, no two-character end."""
    if len(widths) < 2:
        return True
    steps = [b - a for a, b in pairwise(widths)]
    if any(abs(step) < 0.4 for step in steps) or widths[-1] <= 2:
        return False
    signs = [step > 0 for step in steps]
    return signs == sorted(signs, reverse=True)


@lru_cache(maxsize=256)
def _best(text: str, names: tuple[str, ...], room: float, sizes: tuple[float, ...]) -> tuple[str, ...]:
    costs = _costs(text, names, room)
    fewest = max(2, math.ceil(sum(sizes) / room - 1e-6))
    if fewest > _MOST_LINES:
        return _cut(text, tuple(_greedy(costs, sizes, room)))
    for limit in (20.0, _SPLIT_UNKNOWN + 20, _NEVER):
        layouts = [
            (_cost(text, cuts, costs, sizes) + 12.0 * (count - fewest), cuts)
            for count in (fewest, fewest + 1)
            for cuts in _layouts(costs, sizes, room, count, limit)
        ]
        shapely = [layout for layout in layouts if layout[0] < _MISSHAPEN]
        if shapely or (layouts and limit == _NEVER):
            return _cut(text, min(shapely or layouts)[1])
    return _cut(text, tuple(_greedy(costs, sizes, room)))


def _width(char: str) -> float:
    return 1.0 if width_in_chars(char) == 1 else _NARROW


_MISSHAPEN = 500.0
# Seen as a step whatever face the figures are set in.
_LEAST_STEP = 1.0
# More lines than any title has; every layout of so many could not be looked at.
_MOST_LINES = 4


def _layouts(
    costs: Sequence[float], sizes: Sequence[float], room: float, count: int, limit: float
) -> Iterator[tuple[int, ...]]:
    """Every way to cut the text into `count` lines that fit, at places that cost less than `limit`."""
    starts = [0.0]
    for size in sizes:
        starts.append(starts[-1] + size)
    places = [place for place in range(1, len(sizes)) if costs[place] < limit]

    def ways(begin: int, lines: int) -> Iterator[tuple[int, ...]]:
        rest = starts[-1] - starts[begin]
        if lines == 1:
            if rest <= room + 1e-6:
                yield ()
            return
        if rest > lines * room + 1e-6:
            return
        for place in places:
            if place > begin and starts[place] - starts[begin] <= room + 1e-6:
                for later in ways(place, lines - 1):
                    yield (place, *later)

    return ways(0, count)


def _cost(text: str, cuts: tuple[int, ...], costs: Sequence[float], sizes: Sequence[float]) -> float:
    """How poor a layout is: where it breaks, and how its lines step."""
    edges = (0, *cuts, len(text))
    widths = [
        sum(sizes[start:end]) - (sizes[end - 1] if text[end - 1] == " " else 0.0) for start, end in pairwise(edges)
    ]
    cost = sum(costs[place] for place in cuts)
    steps = [abs(b - a) for a, b in pairwise(widths)]
    cost += sum(max(0.0, step - 4) * 1.5 for step in steps)
    if min(widths) <= 2 or min(steps) < _LEAST_STEP or not is_shapely(widths):
        cost += _MISSHAPEN
    return cost + (10.0 if min(widths) < 4 else 0.0)


def _cut(text: str, cuts: tuple[int, ...]) -> tuple[str, ...]:
    edges = (0, *cuts, len(text))
    return tuple(text[start:end].strip(" ") for start, end in pairwise(edges))


def _greedy(costs: Sequence[float], sizes: Sequence[float], room: float) -> Iterator[int]:
    """Places to break a text that is no title any more (a paragraph in the wrong style): lines as full as words let them be."""
    begin, used = 0, 0.0
    for place, size in enumerate(sizes):
        used += size
        if used <= room + 1e-6:
            continue
        cut = min(
            range(begin + 1, place + 1), key=lambda one: (costs[one] >= _SPLIT_UNKNOWN, costs[one] == _NEVER, -one)
        )
        yield cut
        begin, used = cut, sum(sizes[cut : place + 1])


def _costs(text: str, names: tuple[str, ...], room: float) -> list[float]:
    """What a break before each character costs; [0] is not a place."""
    costs, place, before = [_NEVER] * (len(text) + 1), 0, ""
    for word, inside in _tokens(text, names, room):
        costs[place] = _between(before, word)
        for offset in range(1, len(word)):
            costs[place + offset] = inside
        place, before = place + len(word), word
    costs[0] = _NEVER
    for index in range(1, len(text)):
        if text[index] in _NOT_FIRST or text[index - 1] in _NOT_LAST or text[index - 1 : index + 1] in ("——", "……"):
            costs[index] = _NEVER
    return costs


def _between(before: str, after: str) -> float:
    """What a break between two words costs."""
    if not before or before == " ":
        return 0.0
    if after == " ":
        return _NEVER
    if after in _SUFFIXES:
        return _SPLIT_UNKNOWN
    if _is_unknown(before) and (_is_unknown(after) or after in _PLACE_WORDS):
        return _SPLIT_UNKNOWN  # both of one name nobody knows
    if _is_unknown(before):
        return 12.0  # the name may go on
    if after.startswith(_WEAK_FIRST) and after not in WORDS:
        return 40.0
    if before in _WEAK_LAST or before in _WIDE_WORDS:
        return 15.0
    if before[-1] in "的、" or before == "关于" or after == "关于":
        return 1.0
    if before[-1] in _PLACE_ENDS and before not in WORDS:
        return 18.0 if after.startswith(_ORGANS) else 12.0
    return 3.0 if before in _VERBS else 5.0


def _is_unknown(word: str) -> bool:
    return len(word) == 1 and word not in WORDS and "\u4e00" <= word <= "\u9fff" and word not in _WEAK_FIRST


def _tokens(text: str, names: tuple[str, ...], room: float) -> Iterator[tuple[str, float]]:
    """(word, what a break inside it costs), in order; together they are the text."""
    place = 0
    while place < len(text):
        whole = _whole_at(text, place, names)
        if whole and len(whole) <= room - 3:  # with 的通知 behind it
            yield whole, _SPLIT_WHOLE
        elif whole and whole[0] in _NOT_LAST:  # longer than a line: by its own words
            yield whole[0], _SPLIT_WORD
            yield from _tokens(whole[1:], names, room)
        else:
            whole = _word_at(text, place)
            known = whole in WORDS or len(whole) > 1
            yield whole, _SPLIT_WORD if known else _SPLIT_UNKNOWN
        place += len(whole)


def _whole_at(text: str, place: int, names: tuple[str, ...]) -> str:
    found = [name for name in names if text.startswith(name, place)]
    match = _WHOLE.match(text, place)
    return max([*found, match[0] if match else ""], key=len)


def _word_at(text: str, place: int) -> str:
    """The longest known word that begins here; a name of a place of up to four characters; else one character."""
    for length in range(_LONGEST, 1, -1):
        if text[place : place + length] in WORDS:
            return text[place : place + length]
    for length in (3, 4, 2):
        name = text[place : place + length]
        if len(name) == length and name[-1] in _PLACE_ENDS and not any(_is_known(name, at) for at in range(length)):
            return name
    return text[place]


def _is_known(text: str, at: int) -> bool:
    return any(text[at : at + length] in WORDS for length in range(2, len(text) - at + 1)) or text[at] in "的和与及、"

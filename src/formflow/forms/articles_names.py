"""Names of places and bodies in running text, as far as form tells them: what shows that two texts are about the same.

No list of places: what stands before 市, 县, 街道 … is one, unless it is a word for any of them (全市, 各县).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from formflow.model.text import fold

_STEM = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2})(?=省|市(?!场|民|政|级|值|区)|区(?!域|别|分)|县(?!级)|旗|镇(?!级)|乡(?!村|镇|亲|级)|街道|社区|村(?!民|级)|公司|集团|大学|学院|中学|小学|医院|检察院|法院|税务局)"
)
# What stands before such a word and makes no name of it.
_COMMON = frozenset(
    "全该各我本在为等的和与及其每某个是从对向到由让把将被进入走社城郊农园景校小山新老这那此地区县市镇乡街道村于有无中多所一二三四五六七八九十"
)
_OPENING_WORDS = re.compile(
    r"^(?:近日|日前|昨日|昨天|今天|今日|前天|连日来|近段时间|\d{1,2}月\d{1,2}日|[\u4e00-\u9fff]{0,4}\d{1,2}月(?:初|中旬|下旬|上旬|底)|上周|本周|记者(?:从|近日|日前|获悉)|从[\u4e00-\u9fff]{2,12}(?:获悉|传来))"
)
_ON_GOING = re.compile(
    r"^(?:该|此外|同时|另外|其次|再次|据介绍|据悉|据统计|目前|下一步|接下来|不仅如此|与此同时|在此基础上|对此|为此|如今)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def stems_in(text: str) -> frozenset[str]:
    """The two characters before each word for a place or body, where they can be a name."""
    return frozenset(found["stem"] for found in _STEM.finditer(text) if not set(found["stem"]) & _COMMON)


def is_news_opening(text: str) -> bool:
    """Whether a text begins as a report does: with the day."""
    return bool(_OPENING_WORDS.match(text.strip()))


def is_on_going(text: str) -> bool:
    """Whether a text begins as one that goes on from something said before."""
    return bool(_ON_GOING.match(text.strip()))


def pairs_in(text: str) -> frozenset[str]:
    """Every two Chinese characters that stand together."""
    return frozenset(run[at : at + 2] for run in _HAN.findall(fold(text)) for at in range(len(run) - 1))


def share_of(text: str, other: str | frozenset[str]) -> float:
    """Of a text's pairs of characters, the share that the other text has, too; 0 where it has none."""
    pairs = pairs_in(text)
    others = pairs_in(other) if isinstance(other, str) else other
    return len(pairs & others) / len(pairs) if pairs else 0.0


class Commonness:
    """How much it says that two texts of a page share a pair of characters: the fewer of its texts have it, the more."""

    def __init__(self, texts: Iterable[str]) -> None:
        found = [pairs_in(text) for text in texts]
        self._count = len(found) + 1
        self._in = Counter(pair for pairs in found for pair in pairs)

    def likeness(self, text: str, other: str) -> float:
        """Of what a text's pairs weigh, the share that the other text has, too, 0..1."""
        pairs = pairs_in(text)
        weight = sum(map(self._weight, pairs))
        return sum(map(self._weight, pairs & pairs_in(other))) / weight if weight else 0.0

    def _weight(self, pair: str) -> float:
        return math.log(self._count / max(1, self._in[pair]))

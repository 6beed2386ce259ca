"""Which criterion or group of a rubric a printed text is, by its words: the official wording, a part of it, or our short title.

Comes in: a rubric, and a text. Goes out: a `Told`, or None where the words fit none, or several alike. Looks at one text alone; what the
rows around it say is for `score_rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from formflow.model.rubric import Criterion, Group, Rubric
from formflow.model.text import fold

# A text shorter than this is part of too many others.
_SHORTEST_PART = 4
# No number before a text is longer, blanks included.
_LONGEST_ID = 12
# rapidfuzz partial_ratio: one wrong character in five, in a short phrase one in eight; below it, words only count as noise.
_LIKE, _LIKE_SHORT, _NOISE = 80.0, 87.0, 70.0
_SHORTEST_FUZZY, _SHORT = 6, 10
# Fuzzy evidence must be that many times the runner-up's.
_LEAD = 2.0
_EXACT, _PART, FUZZY = 1.0, 0.97, 0.93
_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]{1,3}[组项]?[、.,):：]+|[(][一二三四五六七八九十\d]{1,3}[)]|[①-⑳]|\d{1,2}[.\-]\d{1,2}(?![\d分])[.、)]?)"
)
_ID = re.compile(r"^\(?(\d{1,2})[.\-](\d{1,2})(?![\d%分])")


@dataclass(frozen=True, slots=True)
class Told:
    """What a text is: a criterion's or a group's id, and how surely (0..1)."""

    id: str
    likeness: float


class Wording:
    """A rubric's words, folded."""

    def __init__(self, rubric: Rubric) -> None:
        self.criteria = tuple((criterion.id, _phrases(criterion)) for criterion in rubric.criteria)
        self.groups = tuple((group.id, _phrases(group)) for group in rubric.groups)
        self.ids = frozenset(criterion.id for criterion in rubric.criteria)
        self.points = {criterion.id: criterion.points for criterion in rubric.criteria}
        self.title = fold(rubric.title)

    def criterion(self, text: str) -> Told | None:
        """The criterion a text describes."""
        return _told(fold(text), self.criteria)

    def group(self, text: str) -> Told | None:
        """The group a text names."""
        return _told(fold(text), self.groups)

    def printed_id(self, text: str) -> str | None:
        """The criterion whose number stands at the head of a text: "3.2", "3.2 遴选…"."""
        match = _ID.match(fold(text[:_LONGEST_ID]))
        found = f"{int(match[1])}.{int(match[2])}" if match else None
        return found if found in self.ids else None

    def share_in(self, folded: str) -> float:
        """The share of criteria of which some phrase stands word for word in a folded text, or of groups if that is more."""
        return max(_share(folded, self.criteria), _share(folded, self.groups))


_Phrases = tuple[tuple[str, tuple[str, ...]], ...]


def _phrases(thing: Criterion | Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(words) for words in (thing.title, *thing.also)))


def _share(folded: str, known: _Phrases) -> float:
    return sum(1 for _, phrases in known if any(phrase in folded for phrase in phrases)) / len(known)


@lru_cache(maxsize=4096)
def _told(text: str, known: _Phrases) -> Told | None:
    bare = _NUMBER.sub("", text)
    if len(bare) < _SHORTEST_PART:
        return None
    whole = [name for name, phrases in known if bare in phrases]
    if len(whole) == 1:
        return Told(whole[0], _EXACT)
    return _strongest(_exact(bare, known), _EXACT) or _only_part(bare, known) or _strongest(_fuzzy(bare, known), FUZZY)


def _exact(bare: str, known: _Phrases) -> dict[str, float]:
    """By name: how many characters of its phrases stand in the text."""
    return {name: float(sum(len(phrase) for phrase in phrases if phrase in bare)) for name, phrases in known}


def _only_part(bare: str, known: _Phrases) -> Told | None:
    """A text cut short: it stands in the phrases of one only."""
    found = [name for name, phrases in known if any(bare in phrase for phrase in phrases)]
    return Told(found[0], _PART) if len(found) == 1 else None


def _fuzzy(bare: str, known: _Phrases) -> dict[str, float]:
    return {name: _evidence(bare, phrases) for name, phrases in known}


def _evidence(bare: str, phrases: Iterable[str]) -> float:
    likes = [
        (fuzz.partial_ratio(p, bare), len(p)) for p in phrases if len(p) >= _SHORTEST_FUZZY and len(bare) >= len(p)
    ]
    if not any(likeness >= (_LIKE if length >= _SHORT else _LIKE_SHORT) for likeness, length in likes):
        return 0.0
    return sum((likeness - _NOISE) * length for likeness, length in likes if likeness > _NOISE)


def _strongest(evidence: dict[str, float], likeness: float) -> Told | None:
    """The one with the most evidence, if it leads clearly."""
    ranked = sorted(evidence.items(), key=lambda item: -item[1])
    (name, most), (_, next_most) = ranked[0], ranked[1] if len(ranked) > 1 else ("", 0.0)
    return Told(name, likeness) if most and most >= _LEAD * next_most else None

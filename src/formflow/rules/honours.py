"""Which names in lists and ledgers mean one project. Equal after normalisation is the same; nearly equal, or one name under two
organisations, is a question to a person: never a silent merge, never a silent split.

Pure: names come in, an `Identities` goes out. Nothing is paid for a project while a question about it is open (see `subsidy`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from formflow.model.honours import NameQuestion, Ruling
from formflow.model.money import chinese_number
from formflow.model.text import fold, quoted

# Brackets, quotes, dashes and marks are no part of a name; a point between figures is.
_MARKS = re.compile(r"[()\[\]{}<>《》〈〉\"'`,:;!?_/\\|+*~-]|(?<!\d)\.|\.(?!\d)")
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12, "xiii": 13,
    "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20,
}  # fmt: skip
_NUMERAL = re.compile(rf"\d+(?:\.\d+)?|[一二三四五六七八九十百两〇零]+|(?<![a-z])(?:[a-z]|{'|'.join(_ROMAN)})(?![a-z])")
_CHINESE = {character: str(number) for number, character in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_COUNTED = re.compile("第?#(?:期|届|季|批|次|年度?|版|号|阶段)?")
# Words at a name's end that say no more than that it is a project.
_GENERIC = re.compile("(?:服务|公益|创投)?(?:项目|活动|工程|计划|行动)$|服务$")
_YEARS = range(1990, 2100)
_SHORTEST_CORE, _MOST_EXTRA = 4, 3


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a project: its name, who runs it (None if not said), and other names said to be its own (原名)."""

    project: str
    organisation: str | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which project a mention is: equal `key`s are one project. `question`: what a person must answer first, in Chinese ("" if nothing)."""

    key: str
    question: str = ""


class Identities:
    """All mentions of all lists and ledgers told apart. Asking about a mention that was not among them is a KeyError."""

    def __init__(self, names: Iterable[Name], rulings: Sequence[Ruling] = ()) -> None:
        self._shown: dict[str, str] = {}
        self._groups = _Groups()
        mentions = [self._noted(name) for name in names]
        about_names = {frozenset((name_key(r.one), name_key(r.other))): r.is_same for r in rulings}
        self._rulings = {pair: is_same for pair, is_same in about_names.items() if len(pair) > 1}
        for pair, is_same in self._rulings.items():
            if is_same:
                self._groups.join(*pair)
        self._organisations = self._by_group(mentions)
        # Mentions that do not say whose the project is, and what was said about one name's owners.
        self._ownerless = {self._groups.of(key) for key, owner in mentions if not name_key(owner or "")}
        self._owners = _Groups()
        self._parted = self._rule_on_owners(rulings)
        self._near = tuple(self._open_pairs())
        self._questions = self._asked()

    def of(self, project: str, organisation: str | None) -> Identity:
        """The project that a mention means."""
        group = self._groups.of(name_key(project))
        if len(self._owner_groups(group)) > 1:
            owner = name_key(organisation or "")
            key = self._owners.of(f"{group}@{owner}") if owner else f"{group}@"
            return Identity(key, self._asked_of_owners(group))
        return Identity(group, "；".join(self._questions.get(group, ())))

    @property
    def questions(self) -> tuple[NameQuestion, ...]:
        """Everything a person can answer by a ruling, each pair once."""
        near = (
            NameQuestion(self._shown[one], self._shown[other], self._owner_of(one), self._owner_of(other))
            for one, other in self._near
        )
        return (*near, *(question for group in self._organisations for question in self._open_owners(group)))

    def _rule_on_owners(self, rulings: Iterable[Ruling]) -> frozenset[frozenset[str]]:
        """Joins owners of one project; the pairs that were said to be two."""
        parted = set()
        for ruling in rulings:
            first, second = self._groups.of(name_key(ruling.one)), self._groups.of(name_key(ruling.other))
            owners = [name_key(ruling.one_organisation or ""), name_key(ruling.other_organisation or "")]
            if first == second and all(owners):
                pair = tuple(f"{first}@{owner}" for owner in owners)
                if ruling.is_same:
                    self._owners.join(*pair)
                else:
                    parted.add(frozenset(pair))
        return frozenset(parted)

    def _owner_groups(self, group: str) -> dict[str, str]:
        """Who runs a project, those said to be one together, by a name of theirs."""
        found: dict[str, str] = {}
        for owner, shown in self._organisations.get(group, {}).items():
            found.setdefault(self._owners.of(f"{group}@{owner}"), shown)
        return found

    def _open_owners(self, group: str) -> Iterator[NameQuestion]:
        """One name under two organisations, unless somebody has said what that is."""
        parted = {frozenset(map(self._owners.of, pair)) for pair in self._parted}
        name = self._shown.get(group, group)
        for (one, first), (other, second) in combinations(self._owner_groups(group).items(), 2):
            if frozenset((one, other)) not in parted:
                yield NameQuestion(name, name, first, second)

    def _asked_of_owners(self, group: str) -> str:
        owners = self._owner_groups(group)
        asked = []
        if next(self._open_owners(group), None):
            asked.append(
                f"{self._quoted(group)}写在几个单位名下（{'、'.join(owners.values())}），请确认是同一项目还是几个项目"
            )
        elif group in self._ownerless:
            asked.append(f"{self._quoted(group)}是几个单位的项目，有的地方没有写单位，分不清是哪一个")
        return "；".join((*asked, *self._questions.get(group, ())))

    def _owner_of(self, key: str) -> str | None:
        return next(iter(self._organisations.get(self._groups.of(key), {}).values()), None)

    def _noted(self, name: Name) -> tuple[str, str | None]:
        key = name_key(name.project)
        self._shown.setdefault(key, name.project)
        for other in name.others:
            self._shown.setdefault(name_key(other), other)
            self._groups.join(key, name_key(other))
        return key, name.organisation

    def _by_group(self, mentions: Iterable[tuple[str, str | None]]) -> Mapping[str, dict[str, str]]:
        """The organisations each project is named under, by their normalised names."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for key, organisation in mentions:
            if organisation and name_key(organisation):
                found[self._groups.of(key)].setdefault(name_key(organisation), organisation)
        return found

    def _open_pairs(self) -> Iterator[tuple[str, str]]:
        for one, other in self._near_pairs():
            if self._groups.of(one) != self._groups.of(other) and frozenset((one, other)) not in self._rulings:
                yield one, other

    def _asked(self) -> dict[str, list[str]]:
        asked: dict[str, list[str]] = defaultdict(list)
        for one, other in self._near:
            said = f"{quoted(self._shown[one])}与{quoted(self._shown[other])}名称相近，请确认是否同一项目"
            asked[self._groups.of(one)].append(said)
            asked[self._groups.of(other)].append(said)
        return asked

    def _near_pairs(self) -> Iterator[tuple[str, str]]:
        for one, other in _candidates(sorted(self._shown)):
            if are_near(one, other, has_other_owner=self._have_other_owners(one, other)):
                yield one, other

    def _have_other_owners(self, one: str, other: str) -> bool:
        """Whether two names stand under organisations that are surely not the same."""
        owners, others = (self._organisations.get(self._groups.of(key), {}) for key in (one, other))
        return bool(owners and others) and not any(
            OSA.distance(a, b) <= 2 or a in b or b in a for a in owners for b in others
        )

    def _quoted(self, group: str) -> str:
        return "".join(dict.fromkeys(f"“{self._shown[key]}”" for key in self._shown if self._groups.of(key) == group))


def _candidates(keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of keys that could be near, each once: few steps apart, or equal but for generic words and numerals."""
    texts = [_core(key).text for key in keys]
    alike: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        alike[_core(key).bare].append(number)
    for number, key in enumerate(keys):
        close = process.extract(
            texts[number], texts[number + 1 :], scorer=OSA.distance, score_cutoff=_MOST_EXTRA, limit=None
        )
        found = {number + 1 + at for _, _, at in close}
        found.update(other for other in alike[_core(key).bare] if other > number)
        yield from ((key, keys[other]) for other in sorted(found))


class _Groups:
    """Keys that mean the same."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, key: str) -> str:
        while (above := self._above.get(key, key)) != key:
            key = above
        return key

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name without spaces, brackets, quotes and marks, in one width and case: what is equal by it is equal."""
    return _MARKS.sub("", fold(name)).lower()


def are_near(one: str, other: str, *, has_other_owner: bool = False) -> bool:
    """Whether two different keys are so alike that a person must say whether they are one project. Different numerals (一期, 二期) make
    them two for sure, different years alone do not: a project may be honoured in several. Under two organisations only very like names
    are asked about."""
    first, second = _core(one), _core(other)
    if first.stages and second.stages and first.stages != second.stages:
        return False
    if first.bare == second.bare:
        return True
    longest = max(len(first.text), len(second.text))
    limit = 0 if longest < _SHORTEST_CORE else 1 if longest < 10 else 2
    if has_other_owner:
        limit = 1 if longest >= 8 else 0
    if OSA.distance(first.text, second.text, score_cutoff=limit) <= limit:
        return True
    shorter, longer = sorted((first.text, second.text), key=len)
    is_inside = shorter in longer and len(shorter) >= _SHORTEST_CORE and len(longer) - len(shorter) <= _MOST_EXTRA
    return is_inside and not has_other_owner


@dataclass(frozen=True, slots=True)
class _Core:
    """A key with # for its numerals; `bare` has neither them nor generic words. `stages` are the numerals that are no years."""

    text: str
    bare: str
    stages: tuple[object, ...]


@lru_cache(maxsize=65536)
def _core(key: str) -> _Core:
    numerals = (_value(match[0]) for match in _NUMERAL.finditer(key))
    stages = tuple(value for value in numerals if not (isinstance(value, float) and value in _YEARS))
    text = _NUMERAL.sub("#", key)
    bare = _GENERIC.sub("", _COUNTED.sub("", text))
    bare = _GENERIC.sub("", bare)
    return _Core(text, bare or text, stages)


def _value(numeral: str) -> object:
    """Numerals that mean the same number are equal however they are written."""
    if numeral[0].isdigit():
        return float(numeral)
    if numeral in _ROMAN:
        return float(_ROMAN[numeral])
    if all(character in _CHINESE for character in numeral):
        return float("".join(_CHINESE[character] for character in numeral))
    number = chinese_number(numeral)
    return numeral if number is None else float(number)

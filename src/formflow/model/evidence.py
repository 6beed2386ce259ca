"""What a paper of evidence tells: articles of the press and commendations, where they stood, whom they are about, what they claim.

Levels are ids of the pack's own registry ("national" …); nothing here knows a programme or a newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from formflow.model.citation import Citation
from formflow.model.document import Locator
from formflow.model.text import fold

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’」』）)]*")


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text in order, each with its marks."""
    return tuple(bare for match in _SENTENCE.finditer(text) if (bare := match[0].strip(" 　\t")))


@dataclass(frozen=True, slots=True)
class MediaLevel:
    """A level of the press: its id and what it is called on forms (国家级)."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, agency or broadcaster: its name, other names it goes by, the hosts of its web pages (subdomains included), its level's
    id."""

    name: str
    level: str
    also: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def _by_name(outlets: tuple[Outlet, ...]) -> Mapping[str, Outlet]:
    """Every name a medium goes by, folded."""
    return {fold(name): outlet for outlet in outlets for name in (outlet.name, *outlet.also)}


@dataclass(frozen=True, slots=True)
class MediaRegistry:
    """The media a pack knows. `levels` from the lowest to the highest; a medium whose name holds one of `below` is beneath the lowest and
    counts for nothing; any other that is not listed is asked."""

    levels: tuple[MediaLevel, ...]
    outlets: tuple[Outlet, ...]
    below: tuple[str, ...]
    citation: Citation

    def outlet(self, name: str) -> Outlet | None:
        """The medium that goes by this name, wholly; None where the registry has none."""
        return _by_name(self.outlets).get(fold(name).strip("<>《》\"'"))

    def is_beneath(self, name: str) -> bool:
        """Whether a medium that is not listed says by its name that it is beneath the lowest level."""
        return self.outlet(name) is None and any(word in name for word in self.below)

    def label(self, level: str) -> str:
        """What a level is called on forms; KeyError for an id the registry does not have."""
        return {known.id: known.label for known in self.levels}[level]


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure of running text: the number as a value (3.5万 is 35000, 98.6 % is 98.6), its unit ("人次", "%"), what was counted, the words
    that bound it ("余", "近", "以上", "" where it is told as exact), and the sentence it stands in. A claim is for the judge's eye: nothing
    is computed from it."""

    number: Decimal
    unit: str
    what: str
    bound: str
    sentence: str


# What an article is: a report, a picture with a few lines, an author's own essay, a document that commends somebody.
Genre = Literal["report", "photo", "essay", "commendation"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a paper. `title` is the main headline, None where the paper shows none; `over` the lines above it (column, kicker),
    `subtitle` the line below; `byline` as printed.

    `medium` is where it first stood: the registry's name, or as written where the registry has none; None where the paper does not say.
    `level` is None where the medium is unknown, or beneath all levels (`is_below`). `is_reprint`: the paper it was read from is another
    than `medium`. `date` is "YYYY-MM-DD", or "YYYY-MM", None where no such date is written. `text` is its own text alone, a paragraph a
    line; `captions` are those of its pictures. `questions` say in Chinese what a person must settle.
    """

    title: str | None
    text: str
    locator: Locator
    over: tuple[str, ...] = ()
    subtitle: str | None = None
    byline: str | None = None
    genre: Genre = "report"
    medium: str | None = None
    level: str | None = None
    is_below: bool = False
    is_reprint: bool = False
    date: str | None = None
    captions: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    questions: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who may be reported on: an id (a case's key), the name people see, and all names it goes by (organisation, project, short names)."""

    id: str
    name: str
    names: tuple[str, ...]


# subject: the article is about it; mention: it is named in passing; open: it may be its subject, a person must say.
Standing = Literal["subject", "mention", "open"]


@dataclass(frozen=True, slots=True)
class Naming:
    """That an article names an applicant: as what, by which of its names, how often, and the sentence (or title) that shows it best."""

    applicant: str
    standing: Standing
    name: str
    times: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose an article is. `applicant` is the id of the one it is about, None where it is about none, or a person must say
    (`question`, Chinese). `namings` are all applicants it names, the weightiest first."""

    article: Article
    applicant: str | None
    sentence: str = ""
    question: str = ""
    namings: tuple[Naming, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report, however often it was handed in: the article that counts, the other copies (indices into the articles given), and what
    was found about them in Chinese."""

    attribution: Attribution
    index: int
    copies: tuple[int, ...] = ()
    said: tuple[str, ...] = ()

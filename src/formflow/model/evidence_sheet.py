"""佐证材料: the articles of a programme's year laid before a clerk, and what came back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

# What stands in the column of owners for an article that is nobody's.
NOBODY = "无关"


@dataclass(frozen=True, slots=True)
class EvidenceHead:
    """Which sheet it is. `revision` counts the sheets of a programme's year; only the latest may come back."""

    programme_id: str
    programme_name: str
    year: int
    revision: int


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article. `code` names it for the way back; `level` and `about` are as they were read (labels, "" where nothing was), `state` says
    in words whether it counts; `copies` are the codes of the others that are the same report. `owner` (a unit's label, or NOBODY),
    `level_said` (a label) and `is_counted` are what a person has said already."""

    code: int
    file: str
    title: str
    genre: str
    medium: str
    level: str
    date: str
    about: str
    sentence: str
    questions: tuple[str, ...]
    copies: tuple[int, ...]
    state: str
    owner: str = ""
    level_said: str = ""
    is_counted: bool | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether a person has to look at it."""
        return bool(self.questions)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit that an article may be about: how it is called on the sheet, the names it goes by, the year of its case."""

    label: str
    names: tuple[str, ...]
    year: int


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A figure of an article's running text, with the article it stands in: for the judge's eye."""

    code: int
    title: str
    about: str
    what: str
    bound: str
    number: Decimal
    unit: str
    sentence: str


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """The sheet as it is written. `levels` are the labels a medium may have."""

    head: EvidenceHead
    articles: tuple[ArticleLine, ...]
    units: tuple[UnitLine, ...]
    levels: tuple[str, ...]
    claims: tuple[ClaimLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedArticle:
    """What somebody wrote beside one article, as it stands there; "" and None where nothing was written."""

    code: int
    title: str
    owner: str = ""
    level: str = ""
    is_counted: bool | None = None


@dataclass(frozen=True, slots=True)
class ReturnedEvidence:
    """A 佐证材料 sheet that came back: whose it is, what was filled in, and a sentence for each line that cannot be taken."""

    programme_id: str
    year: int
    revision: int
    articles: tuple[ReturnedArticle, ...] = ()
    problems: tuple[str, ...] = ()

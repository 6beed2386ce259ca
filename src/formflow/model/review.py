"""The 审核表 of a case: what was read, laid before a person to correct; and the corrections that came back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewHead:
    """Which record a 审核表 is about: the case by programme, year and number, and the version it shows."""

    programme_id: str
    programme_name: str
    year: int
    number: int
    version: int
    unit: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One answer, or one part of one. `code` names it for the way back: `industry`, `schedule[2].content`, `opinion_managing.date`.
    `is_doubtful`: it was read too unsurely to decide on."""

    code: str
    label: str
    value: str
    place: str
    confidence: float | None
    problem: str
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The sheet as it is written."""

    head: ReviewHead
    lines: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody wrote in 更正 beside a line."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A 审核表 that came back: whose it is, what was written in 更正, and who saved it last by the file's own account ("" if it does not
    say)."""

    programme_id: str
    year: int
    number: int
    version: int
    corrections: tuple[Correction, ...]
    saved_by: str = ""

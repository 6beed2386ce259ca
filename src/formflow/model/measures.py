"""How the points of a criterion follow from what a form says, where they can be counted; and what is proposed to the judge.

Data only. Points are exact decimals, rates percentages. A proposal stands beside a judge's score, never in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from formflow.model.citation import Citation
from formflow.model.evidence import MediaRegistry, Report


@dataclass(frozen=True, slots=True)
class RateStep:
    """The points for a rate from `from_percent` up to the step above; a rate between two printed steps (79.5 %) belongs to the lower."""

    from_percent: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class ByRate:
    """Points by a ratio field; below the lowest step there are none. `steps` from the highest rate down."""

    criterion: str
    field: str
    steps: tuple[RateStep, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class PieceKind:
    """Pieces of one kind: the words its column may hold, and the points for each piece."""

    label: str
    words: tuple[str, ...]
    points: Decimal


@dataclass(frozen=True, slots=True)
class PressColumns:
    """The columns in which a row says where a report stood and what it is called: by these it is told again among reports handed in."""

    medium: str
    title: str


@dataclass(frozen=True, slots=True)
class ByPieces:
    """Points for each row of a rows field by what `column` says, up to the criterion's points. Rows that are alike in all of
    `distinct` are one piece. `proof`: what a row claims is shown by reports of the press; None where no paper is looked for."""

    criterion: str
    field: str
    column: str
    distinct: tuple[str, ...]
    kinds: tuple[PieceKind, ...]
    citation: Citation
    proof: PressColumns | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """An option of the form, and for how many pieces of the standard it stands (合同和实施方案: two)."""

    option: str
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class ByMaterials:
    """Points for each piece that the ticked options of a choice field stand for, up to the criterion's points."""

    criterion: str
    field: str
    materials: tuple[Material, ...]
    points: Decimal
    citation: Citation


Measure = ByRate | ByPieces | ByMaterials


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a criterion would be given by counting. `points` is None where the judge alone decides, or what counts is missing or unclear;
    `working` says in Chinese how it was counted, or why not. `questions` are what a person must look at."""

    criterion: str
    title: str
    most: Decimal
    points: Decimal | None
    working: str
    citation: Citation
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """What was handed in to show an applicant's reports. `applicant` is his id among those the reports were attributed to; `reports` is None
    where nobody has looked for papers (a form that is read alone). `questions` are further ones that papers raise, in Chinese."""

    registry: MediaRegistry
    applicant: str = ""
    reports: tuple[Report, ...] | None = None
    questions: tuple[str, ...] = ()

"""The register as a list: what `formflow cases` shows. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Prefetch, Q
from django.utils.timezone import localdate

from formflow.register import models as rows

# Rows in memory at a time.
_AT_ONCE = 1000
_OUTCOMES = {"accepted": "已受理", "supplement": "待补正", "review": "待复核"}


def outcome_label(outcome: str) -> str:
    """An outcome in the words people see."""
    return _OUTCOMES.get(outcome, outcome)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as people ask for it. `errors` and `reviews` count what is still open in the latest version; of the reviews, `doubts` are
    those that hold the decision back."""

    programme_id: str
    programme: str
    year: int
    number: int
    unit: str
    folder: str
    outcome: str
    version: int
    errors: int
    reviews: int
    doubts: int
    deadline: date | None
    updated_on: date
    # What was decided about it last (2022年命名); "" before anything was.
    decision: str = ""

    @property
    def outcome_label(self) -> str:
        label = outcome_label(self.outcome)
        return f"{label} {self.doubts} 处" if self.outcome == "review" else label

    def as_json(self) -> dict[str, Any]:
        line = asdict(self)
        return line | {
            "deadline": self.deadline.isoformat() if self.deadline else None,
            "updated_on": self.updated_on.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that belongs to no case. `publication` is where the register has put it."""

    name: str
    received_on: date
    state: str
    reason: str
    publication: rows.Publication | None


def case_lines(*, incomplete_only: bool) -> Iterator[CaseLine]:
    """All cases, or those that are not accepted, by programme, year and number; the register stays open meanwhile."""
    current = Q(records__version_no=F("version"), records__findings__is_settled=False)
    found = rows.Case.objects.annotate(
        errors=Count("records__findings", filter=current & Q(records__findings__severity="error")),
        reviews=Count("records__findings", filter=current & Q(records__findings__severity="review")),
        doubts=Count("records__findings", filter=current & Q(records__findings__code="low_confidence")),
    ).order_by("programme_id", "year", "number")
    if incomplete_only:
        found = found.exclude(outcome="accepted")
    deadlines, decisions = _deadlines(), _decisions()
    for case in found.iterator(_AT_ONCE):
        yield CaseLine(
            programme_id=case.programme_id,
            programme=case.programme_name,
            year=case.year,
            number=case.number,
            unit=case.unit,
            folder=case.folder,
            outcome=case.outcome,
            version=case.version,
            errors=case.errors,
            reviews=case.reviews,
            doubts=case.doubts,
            deadline=deadlines.get(case.pk) if case.outcome != "accepted" else None,
            updated_on=case.updated_on,
            decision=decisions.get(case.pk, ""),
        )


def _decisions() -> dict[int, str]:
    """What was decided about each case last, in the words people see."""
    namings = rows.Naming.objects.order_by("year").values_list("case_id", "year", "decision")
    words = dict(rows.Naming.Decision.choices)
    # The same few words for all: kept once.
    said: dict[str, str] = {}
    decided = ((case_id, f"{year}年{words[decision]}") for case_id, year, decision in namings.iterator(_AT_ONCE))
    return {case_id: said.setdefault(told, told) for case_id, told in decided}


def _deadlines() -> dict[int, date]:
    """The latest deadline of each case's latest version, by the case's key."""
    given = rows.Letter.objects.filter(deadline__isnull=False, version_no=F("case__version")).values("case_id")
    latest = given.annotate(day=Max("deadline")).order_by().values_list("case_id", "day")
    return dict(latest.iterator(_AT_ONCE))


def papers_without_case() -> Iterator[PaperLine]:
    """Papers that wait for their case or were put before a person, unless the same file has found its case since."""
    states = (rows.Paper.State.WAITING, rows.Paper.State.SET_ASIDE)
    filed = rows.Paper.objects.filter(state=rows.Paper.State.FILED).values("sha256")
    found = rows.Paper.objects.filter(state__in=states).exclude(sha256__in=filed).order_by("id")
    originals = rows.Publication.objects.filter(what=rows.Publication.What.ORIGINAL).order_by("id")
    # What is inside an archive that lies there as a whole needs no line of its own.
    open_papers = found.exclude(container__state__in=states).prefetch_related(Prefetch("publications", originals))
    for paper in open_papers.iterator(_AT_ONCE):
        publication = next(iter(paper.publications.all()), None)
        yield PaperLine(paper.original_name, localdate(paper.received_at), paper.state, paper.reason, publication)

"""Articles of papers of evidence: looked up and entered; whose they are is the service's to find out, and a person's to say.

Every writing function belongs inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from formflow.register import models as rows
from formflow.register.rounds import Round

_STANDING = rows.EvidenceArticle.Standing


@dataclass(frozen=True, slots=True)
class Found:
    """Whose an article is as it was read: a case or None, its standing (not "settled"), what shows it, what is to be asked."""

    case: rows.Case | None
    standing: str
    sentence: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of an article; None leaves a thing as it is. `is_settled`: whose it is was said, `case` None then stands for
    nobody. `level` is an id of the pack's registry."""

    is_settled: bool
    case: rows.Case | None
    level: str | None
    is_counted: bool | None


def add_article(
    paper: rows.Paper, position: int, title: str, content: Mapping[str, Any], found: Found, year: int
) -> None:
    """Enters an article. `year` is the one it came in: that of its case goes before it."""
    rows.EvidenceArticle.objects.create(
        paper=paper,
        position=position,
        programme_id=paper.programme_id,
        year=found.case.year if found.case else year,
        title=title,
        content=dict(content),
        case=found.case,
        standing=found.standing,
        sentence=found.sentence,
        question=found.question,
    )


def find_again(row: rows.EvidenceArticle, content: Mapping[str, Any], found: Found, year: int) -> None:
    """Enters whose an article is by what is known now, unless a person has said it."""
    assert row.standing != _STANDING.SETTLED
    row.content, row.case, row.standing = dict(content), found.case, found.standing
    row.sentence, row.question = found.sentence, found.question
    row.year = found.case.year if found.case else year
    row.save()


def settle(row: rows.EvidenceArticle, said: Said, paper: rows.Paper, who: str) -> None:
    """Enters what a person said of an article by the workbook `paper`."""
    if said.is_settled:
        row.standing, row.case, row.question = _STANDING.SETTLED, said.case, ""
        row.year = said.case.year if said.case else row.year
    row.level = row.level if said.level is None else said.level
    row.is_counted = row.is_counted if said.is_counted is None else said.is_counted
    row.who, row.decided_by = who, paper
    row.save()


def state_of(this: Round) -> tuple[tuple[Any, ...], ...]:
    """What can change about the articles of a programme's year, for comparison with how it was; empty without articles."""
    found = rows.EvidenceArticle.objects.filter(programme_id=this.programme_id, year=this.year).order_by("id")
    columns = ("id", "case_id", "standing", "sentence", "question", "level", "is_counted")
    return tuple(found.values_list(*columns))


def state_of_cases(programme_id: str, years: Sequence[int]) -> tuple[tuple[Any, ...], ...]:
    """What can change about the cases of these years."""
    found = rows.Case.objects.filter(programme_id=programme_id, year__in=years).order_by("id")
    return tuple(found.values_list("id", "unit", "version"))


def articles_of(this: Round) -> list[rows.EvidenceArticle]:
    """Every article of a programme's year, as they came."""
    return list(_all(this.programme_id).filter(year=this.year))


def open_articles(programme_id: str, years: Sequence[int]) -> list[rows.EvidenceArticle]:
    """Articles of these years of which it is open whose they are."""
    return list(_all(programme_id).filter(standing=_STANDING.OPEN, year__in=years))


def of_papers_that_came(programme_id: str, years: Sequence[int]) -> list[rows.EvidenceArticle]:
    """The articles of papers that came in these years, paper by paper."""
    first, last = date(min(years), 1, 1), date(max(years), 12, 31)
    came = Q(paper__received_at__date__gte=first, paper__received_at__date__lte=last)
    return list(_all(programme_id).filter(came).select_related("paper__case").order_by("paper_id", "position"))


def is_entered(paper: rows.Paper) -> bool:
    """Whether the articles of a paper were entered with another one of the same content."""
    same = rows.EvidenceArticle.objects.filter(programme_id=paper.programme_id, paper__sha256=paper.sha256)
    return same.exclude(paper=paper).exists()


def found_now(row: rows.EvidenceArticle) -> Found:
    """Whose an article is as it stands."""
    return Found(row.case, row.standing, row.sentence, row.question)


def has_articles(programme_id: str) -> bool:
    """Whether any evidence has come for a programme."""
    return rows.EvidenceArticle.objects.filter(programme_id=programme_id).exists()


def rounds_with_evidence() -> list[Round]:
    """Every programme's year that has an article."""
    found = rows.EvidenceArticle.objects.values_list("programme_id", "year").distinct()
    return [Round(*key) for key in found.order_by("programme_id", "year")]


def cases_of_years(programme_id: str, years: Sequence[int]) -> list[tuple[rows.Case, rows.Record | None]]:
    """The cases of these years, each with its current record, in the order of their years and numbers."""
    found = rows.Case.objects.filter(programme_id=programme_id, year__in=years).order_by("year", "number")
    current = rows.Record.objects.filter(
        case__programme_id=programme_id, case__year__in=years, version_no=F("case__version")
    )
    records = {record.case_id: record for record in current}
    return [(case, records.get(case.pk)) for case in found]


def _all(programme_id: str) -> Any:
    found = rows.EvidenceArticle.objects.filter(programme_id=programme_id)
    return found.select_related("paper", "case").order_by("id")

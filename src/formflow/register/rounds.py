"""A programme's year as a whole: its score sheets, what was decided, and its binding letters. The workbooks that show them: `renewals`.

Looks up and enters; what any of it means is the service's. Every writing function belongs inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from formflow.model.case import CODE_STEP
from formflow.model.letter import LetterContent, SheetReturnedFacts
from formflow.model.scoring import NamingDecision
from formflow.register import models as rows

_AT_ONCE = 200  # sheets in memory, some 20 KB each
_SHEET = rows.ScoreSheet.State
_LETTER = rows.Letter.State
# A plan runs for two years at most, and a unit may be given more time: a sheet belongs to the latest case that is not older.
OLDEST_CASE_YEARS = 5
# What a clerk decides, as it is entered.
STORED: Mapping[NamingDecision, str] = {
    "name": rows.Naming.Decision.NAMED,
    "refuse": rows.Naming.Decision.NOT_NAMED,
    "extend": rows.Naming.Decision.EXTENDED,
}
DECIDED: Mapping[str, NamingDecision] = {stored: decision for decision, stored in STORED.items()}


@dataclass(frozen=True, slots=True)
class Round:
    """One year's assessment of a programme."""

    programme_id: str
    year: int


def case_by_name(programme_id: str, year: int, name_key: str) -> rows.Case | None:
    """The latest case up to `year` of the unit with exactly this normalised name; None if there is none, or if it is another name that
    several cases of that latest year go by."""
    years = range(year - OLDEST_CASE_YEARS, year + 1)
    cases = rows.Case.objects.filter(programme_id=programme_id, year__in=years)
    if own := cases.filter(unit_key=name_key).order_by("-year").first():
        return own
    named = list(rows.CaseName.objects.filter(name=name_key).values_list("case_id", flat=True))
    found = list(cases.filter(pk__in=named).order_by("-year")[:2])
    return found[0] if found and (len(found) == 1 or found[0].year != found[1].year) else None


def case_code(case: rows.Case) -> int:
    """How a case is called on a round's sheets, where cases of several years stand beside each other: 2022 and 13 make 202200013."""
    return case.year * CODE_STEP + case.number


def year_and_number(code: int) -> tuple[int, int]:
    """The year and the number a code is made of."""
    return divmod(code, CODE_STEP)


def case_by_code(programme_id: str, code: int) -> rows.Case | None:
    """The case of a code."""
    year, number = year_and_number(code)
    return rows.Case.objects.filter(programme_id=programme_id, year=year, number=number).first()


def add_sheet(
    paper: rows.Paper,
    position: int,
    case: rows.Case,
    year: int,
    reviewer: tuple[str, str],
    content: Mapping[str, Any],
    state: str,
) -> rows.ScoreSheet:
    """Enters one expert's sheet; `reviewer` is the name as written and as compared."""
    return rows.ScoreSheet.objects.create(
        paper=paper,
        position=position,
        case=case,
        programme_id=case.programme_id,
        year=year,
        reviewer=reviewer[0],
        reviewer_key=reviewer[1],
        content=dict(content),
        state=state,
    )


def counted_sheet(case: rows.Case, year: int, reviewer_key: str) -> rows.ScoreSheet | None:
    """The sheet of this expert about this unit that counts already."""
    if not reviewer_key:
        return None
    return case.score_sheets.filter(year=year, reviewer_key=reviewer_key, state=_SHEET.COUNTED).first()


def replace_returned(case: rows.Case, year: int, reviewer_key: str) -> int:
    """A corrected sheet has come: those of the expert that were returned are settled; how many."""
    returned = case.score_sheets.filter(year=year, reviewer_key=reviewer_key, state=_SHEET.RETURNED)
    return returned.update(state=_SHEET.REPLACED) if reviewer_key else 0


def replace_counted(sheet: rows.ScoreSheet) -> None:
    """A later sheet of the same expert counts in its place."""
    sheet.state = _SHEET.REPLACED
    sheet.save(update_fields=("state",))


def returned_letters(this: Round, kind: str) -> int:
    """How many notices of a kind that is no binding one a round has."""
    letters = rows.Letter.objects.filter(programme_id=this.programme_id, year=this.year, kind=kind)
    return letters.filter(is_draft=False, draft=None).count()


def add_notice(content: LetterContent, name: str, case: rows.Case, year: int, facts: SheetReturnedFacts) -> rows.Letter:
    """Enters a notice about one sheet; `name` makes a second one about it impossible. It is none of the case's own letters."""
    return rows.Letter.objects.create(
        key=f"{case.programme_id}/{year}/{content.letter_id}/{name}",
        programme_id=case.programme_id,
        year=year,
        subject=case.unit,
        version_no=facts.times,
        kind=content.letter_id,
        title=content.title,
        serial=facts.serial,
        content={"file_stem": content.file_stem, "context": content.context},
        issued_on=facts.issued_on,
    )


def sheets_of(this: Round) -> Iterator[rows.ScoreSheet]:
    """All sheets of a round that count or wait for their correction, by case and as they came; a few in memory at a time."""
    sheets = rows.ScoreSheet.objects.filter(programme_id=this.programme_id, year=this.year)
    ordered = sheets.exclude(state=_SHEET.REPLACED).select_related("case").order_by("case__number", "id")
    return ordered.iterator(_AT_ONCE)


def announced_by(case: rows.Case, year: int) -> rows.Letter | None:
    """The letter that has announced, under a number, what was decided about a case in a round."""
    naming = case.namings.filter(year=year, letter__isnull=False).select_related("letter").first()
    return naming.letter if naming else None


def counted_evaluation(this: Round, home_key: str) -> rows.Evaluation | None:
    """What was entered about a home in a year."""
    found = rows.Evaluation.objects.filter(programme_id=this.programme_id, year=this.year, home_key=home_key)
    return found.filter(state=rows.Evaluation.State.COUNTED).select_related("paper").first()


def evaluations_of(this: Round) -> list[rows.Evaluation]:
    """Everything that counts in a year's 会员评议, as it came."""
    found = rows.Evaluation.objects.filter(programme_id=this.programme_id, year=this.year)
    return list(found.filter(state=rows.Evaluation.State.COUNTED).select_related("case", "paper").order_by("id"))


def namings_of(this: Round) -> list[rows.Naming]:
    """What has been decided in a round, by case number."""
    namings = rows.Naming.objects.filter(programme_id=this.programme_id, year=this.year)
    return list(namings.select_related("case", "letter").order_by("case__year", "case__number"))


def named_by_year(programme_id: str) -> dict[int, int]:
    """How many units were named, by year."""
    named = rows.Naming.objects.filter(programme_id=programme_id, decision=rows.Naming.Decision.NAMED)
    return {row["year"]: row["count"] for row in named.values("year").annotate(count=Count("id")).order_by("year")}


def add_draft(
    content: LetterContent,
    this: Round,
    case: rows.Case | None,
    on: date,
    kept: Mapping[str, Any],
    *,
    subject: str = "",
) -> rows.Letter:
    """Enters a draft; `kept` is what the letter is composed from again when it is approved. Earlier drafts of the same letter about the
    same are overtaken (see `open_drafts`)."""
    earlier = rows.Letter.objects.filter(is_draft=True, programme_id=this.programme_id, year=this.year)
    count = earlier.filter(kind=content.letter_id).count()
    return rows.Letter.objects.create(
        key=f"{this.programme_id}/{this.year}/{content.letter_id}/draft-{count + 1}",
        case=case,
        programme_id=this.programme_id,
        year=this.year,
        subject=subject or (case.unit if case else ""),
        is_draft=True,
        version_no=count + 1,
        kind=content.letter_id,
        title=content.title,
        serial="",
        content={"file_stem": content.file_stem, "context": content.context, "kept": dict(kept)},
        issued_on=on,
    )


def open_drafts(this: Round, kind: str = "", subject: str | None = None) -> list[rows.Letter]:
    """Drafts nobody has approved, refused or overtaken; of one kind, about one subject ("" for all units) if given."""
    return _drafts(this, (_LETTER.PENDING, _LETTER.ISSUED, _LETTER.RETRY), kind, subject)


def held_drafts(this: Round, kind: str = "", subject: str | None = None) -> list[rows.Letter]:
    """The same of drafts that somebody decided not to issue for now."""
    return _drafts(this, (_LETTER.REFUSED,), kind, subject)


def _drafts(this: Round, states: Sequence[str], kind: str, subject: str | None) -> list[rows.Letter]:
    drafts = rows.Letter.objects.filter(is_draft=True, programme_id=this.programme_id, year=this.year, state__in=states)
    if kind:
        drafts = drafts.filter(kind=kind)
    if subject is not None:
        drafts = drafts.filter(subject=subject)
    return list(drafts.select_related("case").order_by("id"))


def add_final(draft: rows.Letter, on: date) -> rows.Letter:
    """Enters the letter an approved draft becomes, still without content: its number is given next, and belongs to what it says."""
    return rows.Letter.objects.create(
        key=f"{draft.key}/final",
        case=draft.case,
        programme_id=draft.programme_id,
        year=draft.year,
        subject=draft.subject,
        draft=draft,
        version_no=draft.version_no,
        kind=draft.kind,
        title=draft.title,
        serial="",
        content={},
        issued_on=on,
    )


def finals_of(this: Round, kind: str = "") -> list[rows.Letter]:
    """Binding letters that were approved, void ones too, in the order of their approval."""
    finals = rows.Letter.objects.filter(
        is_draft=False, draft__isnull=False, programme_id=this.programme_id, year=this.year
    )
    found = finals.filter(kind=kind) if kind else finals
    return list(found.select_related("case", "number", "number__book").order_by("id"))


def rounds_with_sheets() -> list[Round]:
    """Every round that has a score sheet."""
    found = rows.ScoreSheet.objects.values_list("programme_id", "year").distinct().order_by("programme_id", "year")
    return [Round(*key) for key in found]


def rounds_of_cases(programme_id: str, year: int) -> list[int]:
    """The rounds, in order, in which cases of a year were scored."""
    found = rows.ScoreSheet.objects.filter(programme_id=programme_id, case__year=year)
    return list(found.values_list("year", flat=True).distinct().order_by("year"))


def rounds_with_evaluations() -> list[Round]:
    """Every programme's year in which members voted."""
    found = rows.Evaluation.objects.values_list("programme_id", "year").distinct().order_by("programme_id", "year")
    return [Round(*key) for key in found]


def rounds_with_binding_letters() -> list[Round]:
    """Every programme's year that has a draft."""
    drafts = rows.Letter.objects.filter(is_draft=True).order_by("programme_id", "year")
    return [Round(*key) for key in drafts.values_list("programme_id", "year").distinct()]


def rounds_with_cases() -> list[Round]:
    """Every programme's year that has a case."""
    found = rows.Case.objects.values_list("programme_id", "year").distinct().order_by("programme_id", "year")
    return [Round(*key) for key in found]


def mark(letters: Iterable[rows.Letter], state: str) -> None:
    """Enters what became of letters."""
    for letter in letters:
        letter.state = state
        letter.save(update_fields=("state",))

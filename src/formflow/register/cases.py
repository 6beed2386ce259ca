"""Which case a paper belongs to, and opening a new one. Different units are never merged on a likeness of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain, count, islice

from django.db.models import Q
from django.utils.timezone import localdate

from formflow.model.case import CaseKey
from formflow.model.programme import Programme
from formflow.register import locks
from formflow.register import models as rows
from formflow.register.asked import Asked

# A shorter name (总工会) stands in every second paper and says nothing about whose it is.
SHORTEST_TELLING_NAME = 5
# An attachment belongs to a case that something has happened to since; older ones are not searched.
RECENT = timedelta(days=400)
# How many values one query compares with: well below what any database takes.
_AT_ONCE = 5_000
_FILED, _WAITING = rows.Paper.State.FILED, rows.Paper.State.WAITING
_OF_UNIT = Asked(
    lambda programme, year, unit: rows.Case.objects.filter(programme_id=programme, year=year, unit_key=unit).order_by()[
        :1
    ],
    *(str, int, str),
)
_NAMED = Asked(lambda name: rows.CaseName.objects.filter(name=name).values_list("case_id", flat=True), str)
_NUMBERS = Asked(
    lambda programme, year: (
        rows.Case.objects.filter(programme_id=programme, year=year)
        .order_by("-number")
        .values_list("number", flat=True)[:1]
    ),
    *(str, int),
)
_IN_FOLDER = Asked(
    lambda programme, year, folder: (
        rows.Case.objects.filter(programme_id=programme, year=year, folder_key=folder)
        .order_by()
        .values_list("pk", flat=True)[:1]
    ),
    *(str, int, str),
)
_NAMES_OF = Asked(
    lambda case: rows.CaseName.objects.filter(case_id=case).order_by("id").values_list("name", flat=True), int
)
_HANDED_IN = Asked(
    lambda case: (
        rows.Paper.objects.filter(case_id=case, state=_FILED)
        .exclude(kind__in=(rows.CONTAINER, rows.DECISION_SHEET))
        .order_by("attachment", "id")
    ),
    int,
)
_ATTACHED_TO = Asked(
    lambda case: (
        rows.Paper.objects.filter(case_id=case, state=_FILED)
        .exclude(attachment="")
        .order_by("id")
        .values_list("attachment", flat=True)
    ),
    int,
)
_ENCLOSED_IN = Asked(
    lambda case: rows.Record.objects.filter(case_id=case).order_by("id").values_list("enclosed", flat=True), int
)
_SOME_WAITING = Asked(
    lambda programme: (
        rows.Paper.objects.filter(programme_id=programme, state=_WAITING).order_by().values_list("pk", flat=True)[:1]
    ),
    str,
)


def find_case(key: CaseKey, unit_field: str) -> rows.Case | None:
    """The case a form with this key corrects, None if it opens a new one.

    By the unit's own name. A form whose unit name was wrong or missing comes back with another one: it is the same case
    if it shares a further name with exactly one case of the cycle, which has not been accepted yet, and either that
    case's `unit_field` was objected to (or read unsurely) or the form gives no other name.
    """
    case = _OF_UNIT.first(key.programme_id, key.year, key.unit_key)
    # In two steps: as one query, SQLite looks through all cases of the cycle.
    named = () if case else tuple(found for name in key.names for found in _NAMED.all(name))
    if not named:
        return case
    related = list(rows.Case.objects.filter(programme_id=key.programme_id, year=key.year, pk__in=named)[:2])
    if len(related) != 1:
        return None
    case = related[0]
    is_same = case.outcome in ("supplement", "review") and (
        len(key.names) == 1 or _unit_is_objected_to(case, unit_field)
    )
    return case if is_same else None


def _unit_is_objected_to(case: rows.Case, unit_field: str) -> bool:
    found = rows.Finding.objects.filter(record__case=case, record__version_no=case.version)
    objected = Q(severity="error") | Q(code="low_confidence")
    return found.filter(objected, field=unit_field, is_settled=False).exists()


def open_case(programme: Programme, key: CaseKey, today: date) -> rows.Case:
    """Opens a case with the next number of its programme and year, and a folder of its own."""
    last = _NUMBERS.first(programme.id, key.year)
    folder = _free_folder(programme.id, key)
    return rows.Case.objects.create(
        programme_id=programme.id,
        programme_name=programme.name,
        year=key.year,
        number=(last or 0) + 1,
        unit=key.unit,
        unit_key=key.unit_key,
        folder=folder,
        folder_key=folder.casefold(),
        outcome="",
        opened_on=today,
        updated_on=today,
    )


def _free_folder(programme_id: str, key: CaseKey) -> str:
    """Two units may give the same folder name: the second one's is added, and counted if need be. On Windows 甲A and 甲a are the same
    folder."""
    named = key.telling_folder or key.folder
    counted = (f"{named}（{number}）" for number in count(2))
    possible = chain((key.folder, named), counted)
    return next(name for name in possible if not _IN_FOLDER.all(programme_id, key.year, name.casefold()))


def numbered_case(programme_id: str, year: int, number: int) -> rows.Case | None:
    """The case of a number, as it stands on its 审核表."""
    return rows.Case.objects.filter(programme_id=programme_id, year=year, number=number).first()


def namesake(case: rows.Case, key: CaseKey) -> rows.Case | None:
    """Another case of the same cycle with this name."""
    same = rows.Case.objects.filter(programme_id=case.programme_id, year=case.year, unit_key=key.unit_key)
    return same.exclude(pk=case.pk).first()


def next_version(case: rows.Case, key: CaseKey, today: date) -> None:
    """The case has handed in a (further) form: counts it and learns its names."""
    case.version += 1
    case.updated_on = today
    known = names_of(case)
    # A known name that is not the unit's own (the applicant's) must not take its place.
    if key.unit_key not in known:
        case.unit, case.unit_key = key.unit, key.unit_key
    case.save()
    new = [name for name in dict.fromkeys((key.unit_key, *key.names)) if name not in known]
    rows.CaseName.objects.bulk_create(
        rows.CaseName(case=case, name=name, beginning=name[: rows.CaseName.BEGINNING]) for name in new
    )


def names_of(case: rows.Case) -> tuple[str, ...]:
    """Every normalised name a case goes by, in the order they became known."""
    return tuple(_NAMES_OF.all(case.pk))


def set_outcome(case: rows.Case, outcome: str, today: date) -> None:
    """Enters the latest decision."""
    case.outcome, case.updated_on = outcome, today
    case.save(update_fields=("outcome", "updated_on"))


def attachments_of(case: rows.Case) -> frozenset[str]:
    """Ids of the attachments that have come for a case."""
    return frozenset(_ATTACHED_TO.all(case.pk))


def handed_in(case: rows.Case) -> list[rows.Paper]:
    """The papers of a case, archives and sheets that a clerk filled in left out: forms first."""
    return _HANDED_IN.all(case.pk)


def enclosed_in(case: rows.Case) -> frozenset[str]:
    """Ids of the attachments that have come for a case: as papers of their own, or behind an earlier form in the same file."""
    inside = (name for names in _ENCLOSED_IN.all(case.pk) for name in names)
    return attachments_of(case) | frozenset(inside)


def case_of_attachment(programme_id: str, submission: str, day: date, text_key: str) -> rows.Case | None:
    """The case an attachment that came on `day` belongs to: that of the form beside it in the same archive or else inbox folder, else the
    one it names. `text_key` is its text, folded as unit names are."""
    for around in _around(submission):
        if case := case_of_submission(programme_id, around, day):
            return case
    return case_named_in(programme_id, text_key, day - RECENT)


def _around(submission: str) -> tuple[str, ...]:
    """A submission and the inbox folder it lies in, nearest first."""
    return tuple(name for name in dict.fromkeys((submission, submission.rpartition("/")[0])) if name)


def _within(submission: str) -> Q:
    """What came in an inbox folder or archive, or in an archive in that folder. In SQLite a range ("0" follows "/") goes by the index, LIKE
    does not; in PostgreSQL LIKE does, and what follows what depends on the database's language."""
    if locks.is_shared():
        return Q(submission=submission) | Q(submission__startswith=f"{submission}/")
    return Q(submission=submission) | Q(submission__gt=f"{submission}/", submission__lt=f"{submission}0")


def waiting_for(case: rows.Case) -> list[rows.Paper]:
    """Attachments without a case that belong to this one."""
    if not _SOME_WAITING.all(case.programme_id):
        return []
    named = Q()
    for name in names_of(case):
        named |= Q(text__contains=name)
    submissions = case.papers.exclude(submission="").values_list("submission", flat=True).distinct()
    for around in {around for submission in submissions for around in _around(submission)}:
        named |= _within(around)
    waiting = rows.Paper.objects.filter(state=rows.Paper.State.WAITING, programme_id=case.programme_id)
    return [
        paper
        for paper in waiting.filter(named)
        if case_of_attachment(case.programme_id, paper.submission, localdate(paper.received_at), paper.text) == case
    ]


def waiting_since(before: datetime) -> list[rows.Paper]:
    """Attachments that came before a moment and still have no case; an archive of nothing else stands for those inside."""
    waiting = rows.Paper.objects.filter(state=rows.Paper.State.WAITING, received_at__lte=before)
    return list(waiting.exclude(container__state=rows.Paper.State.WAITING))


def case_of_submission(programme_id: str, submission: str, day: date) -> rows.Case | None:
    """The one case whose form came in the same inbox folder or archive on the same day."""
    forms = rows.Paper.objects.filter(_within(submission), programme_id=programme_id, attachment="")
    forms = forms.exclude(kind=rows.EVIDENCE)
    same_day = forms.filter(case__isnull=False, received_at__date=day)
    found = list(same_day.values_list("case_id", flat=True).distinct().order_by()[:2])
    return rows.Case.objects.get(pk=found[0]) if len(found) == 1 else None


def cases_of_container(container: rows.Paper) -> tuple[rows.Case, ...]:
    """The cases an archive brought something for, in the order of its papers."""
    members = container.members.filter(case__isnull=False).order_by("id").select_related("case")
    return tuple(dict.fromkeys(member.case for member in members if member.case))


def case_named_in(programme_id: str, text_key: str, since: date) -> rows.Case | None:
    """The one case, dealt with `since` that day, that is named in a text: by its unit's name or else by another name it goes by."""
    telling = [
        row
        for row in _names_in(text_key)
        if row.case.programme_id == programme_id
        and row.case.updated_on >= since
        and len(row.name) >= SHORTEST_TELLING_NAME
    ]
    return _only([row for row in telling if row.name == row.case.unit_key]) or _only(telling)


def _names_in(text_key: str) -> Iterator[rows.CaseName]:
    """All telling names that stand in a text. Looked up by how they begin: each stretch of the text may be the beginning of one, and
    that takes no longer when there are many cases."""
    lengths = range(SHORTEST_TELLING_NAME, rows.CaseName.BEGINNING + 1)
    stretches = {text_key[start : start + length] for length in lengths for start in range(len(text_key) - length + 1)}
    remaining = iter(stretches)
    while some := tuple(islice(remaining, _AT_ONCE)):
        found = rows.CaseName.objects.filter(beginning__in=some).select_related("case")
        yield from (row for row in found if row.name in text_key)


def _only(found: Iterable[rows.CaseName]) -> rows.Case | None:
    """The one case left when a name that is part of a longer one found (通州区… in 南通市通州区…) does not count."""
    listed = list(found)
    longest = [row for row in listed if not any(row.name != other.name and row.name in other.name for other in listed)]
    cases = {row.case.pk: row.case for row in longest}
    return next(iter(cases.values())) if len(cases) == 1 else None

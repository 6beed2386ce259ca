"""One case as plain values: what came for it, and what followed. For doing it once more and comparing. Reads only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from formflow.register import books, rounds
from formflow.register import models as rows
from formflow.register.entries import PackStamp

_FINDING = ("code", "field", "severity", "message", "basis", "requirement", "label", "place", "is_settled")
_DASHED = re.compile(r"(\d{4})-(\d{1,9})(?:-\d{1,4})?", re.ASCII)
_CODE = re.compile(r"\d{9}", re.ASCII)
_HELD = (rows.Publication.What.ORIGINAL, rows.Publication.What.COPY)


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came for the case: as it was called, when, and when it was entered. `places` are paths in the outbox where it may be."""

    claim_id: str
    name: str
    submission: str
    sha256: str
    received_at: datetime
    entered_at: datetime
    places: tuple[rows.Publication, ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """`came` in the order of entry, archives as a whole. `followed`: a place ("第1次：所属行业") → what stood there; the same places for
    the same case, whenever they are asked for. `stamps`: the packs it was judged by."""

    programme_id: str
    programme_name: str
    year: int
    number: int
    unit: str
    came: tuple[Came, ...]
    followed: dict[str, Any]
    stamps: frozenset[PackStamp]

    @property
    def label(self) -> str:
        return f"{self.programme_name} {self.year}年第{self.number}号 {self.unit}"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A case that was there before another one: its columns, and the names it goes by."""

    values: dict[str, Any]
    names: tuple[str, ...]


def find(text: str) -> list[int]:
    """The cases meant by "2022-7", the number of a letter to its applicant ("2022-0007-2") or its number in a summary ("202200007"), each
    with "programme/" before it where there are several; by a unit's name or a part of it: their keys."""
    programme, _, number = text.strip().rpartition("/")
    found = rows.Case.objects.order_by("id")
    if named := _named(number):
        numbered = found.filter(year=named[0], number=named[1])
        return _keys(numbered.filter(programme_id=programme) if programme else numbered)
    return _keys(found.filter(unit=text)) or _keys(found.filter(unit__contains=text))


def _named(number: str) -> tuple[int, int] | None:
    """The year and number of a case that a number names."""
    if dashed := _DASHED.fullmatch(number):
        return int(dashed[1]), int(dashed[2])
    return rounds.year_and_number(int(number)) if _CODE.fullmatch(number) else None


def _keys(found: Any) -> list[int]:
    return list(found.values_list("pk", flat=True))


def facts_of(key: int) -> CaseFacts:
    """Everything about a case by its key."""
    case = rows.Case.objects.get(pk=key)
    papers = list(case.papers.select_related("container").order_by("id"))
    wholes = {(paper.container or paper).pk: paper.container or paper for paper in papers}
    return CaseFacts(
        programme_id=case.programme_id,
        programme_name=case.programme_name,
        year=case.year,
        number=case.number,
        unit=case.unit,
        came=tuple(_came(wholes[pk]) for pk in sorted(wholes)),
        followed=dict(_followed(case)),
        stamps=frozenset(
            PackStamp(paper.programme_id, paper.pack_version, paper.pack_sha256)
            for paper in papers
            if paper.pack_sha256
        ),
    )


def _came(paper: rows.Paper) -> Came:
    """The moment of entry is that of the first event about the file from its arrival on."""
    later = rows.Event.objects.filter(at__gte=paper.received_at).order_by("id").iterator(200)
    entered = next((event.at for event in later if paper.sha256 in event.files.values()), paper.received_at)
    places = tuple(paper.publications.filter(what__in=_HELD, state=rows.Publication.State.DONE).order_by("id"))
    name, submission = paper.original_name, paper.submission
    return Came(paper.claim_id, name, submission, paper.sha256, paper.received_at, entered, places)


def _followed(case: rows.Case) -> Iterator[tuple[str, Any]]:
    yield "单位", case.unit
    yield "办理结果", case.outcome
    yield "版次", case.version
    for record in case.records.order_by("version_no"):
        where = f"第{record.version_no}次"
        yield f"{where}：结果", record.outcome
        yield f"{where}：随附材料", record.enclosed
        for field, answer in record.answers.items():
            yield f"{where}：{field}", answer
        for number, finding in enumerate(record.findings.order_by("position").values(*_FINDING), 1):
            yield f"{where}：问题{number}", finding
    for letter in books.letters_of(case):
        yield from _letter(letter)


def _letter(letter: rows.Letter) -> Iterator[tuple[str, Any]]:
    where = f"{letter.title} {letter.serial}"
    yield f"{where}：内容", letter.content
    yield f"{where}：日期", [letter.issued_on.isoformat(), letter.deadline.isoformat() if letter.deadline else None]
    for row in letter.publications.filter(state=rows.Publication.State.DONE).exclude(what=rows.Publication.What.NOTE):
        yield f"{where}：{row.ending} 文件", row.sha256


def neighbours_of(facts: CaseFacts) -> tuple[Neighbour, ...]:
    """The cases that were there before this one."""
    cycle = rows.Case.objects.filter(programme_id=facts.programme_id, year=facts.year, number__lt=facts.number)
    columns = [field.attname for field in rows.Case._meta.concrete_fields]
    names: dict[int, list[str]] = {}
    for case_id, name in rows.CaseName.objects.filter(case__in=cycle).order_by("id").values_list("case_id", "name"):
        names.setdefault(case_id, []).append(name)
    return tuple(Neighbour(values, tuple(names.get(values["id"], ()))) for values in cycle.values(*columns))


def settle(neighbours: Iterable[Neighbour], at: datetime) -> None:
    """Puts them into an empty register, each with a form that says nothing: papers that came in one archive with the case find their own,
    and the case gets its own number."""
    for neighbour in neighbours:
        case = rows.Case.objects.create(**{**neighbour.values, "version": 1})
        beginning = rows.CaseName.BEGINNING
        rows.CaseName.objects.bulk_create(
            rows.CaseName(case=case, name=name, beginning=name[:beginning]) for name in neighbour.names
        )
        paper = rows.Paper.objects.create(
            claim_id=f"neighbour-{case.pk}", sha256="", original_name="", size=0, received_at=at, kind="", state="filed",
            case=case, version_no=1, programme_id=case.programme_id,
        )  # fmt: skip
        rows.Record.objects.create(
            paper=paper, case=case, version_no=1, kind="", answers={}, enclosed=[], outcome=case.outcome
        )

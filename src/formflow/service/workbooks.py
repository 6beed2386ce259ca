"""The workbooks of a programme's year that are renewed when what they show has changed: 评分汇总, 发文审批表, 年度台账.

In: the register. Out: a publication for each workbook whose content is another than when it was published last; `delivery` makes the
file, from the register as it is then. Looking costs nothing while nothing happens: a workbook is gone over again only after an entry in
the journal by which its year has changed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from typing import Any

from formflow.errors import FormflowError
from formflow.model.programme import Programme
from formflow.register import books, changes, publications, renewals
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.register.rounds import Round
from formflow.service import packs_shown
from formflow.service.office import Office


@dataclass(frozen=True, slots=True)
class Many:
    """A kind of which a round has several files: `plan` those that have to be made (this round, what is shown, folder, revision), and say
    how many; `one` of them as it is made, by what was kept when it was planned."""

    plan: Callable[[Round, Any, str, int], int]
    one: Callable[[Programme, Any, Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of workbook. `show` says what the workbook of a round shows, with its revision, None if there is nothing to show; `build`
    makes the file of it. `name` is the file's, without ending. `many`: a round has more than one of it. `counts_days`: it says how long
    something is overdue."""

    id: str
    rounds: Callable[[Office], list[Round]]
    show: Callable[[Office, Programme, Round, int], Any]
    build: Callable[[Any], bytes]
    folder: Callable[[Programme, Round], str]
    name: Callable[[Programme, int], str]
    many: Many | None = None
    counts_days: bool = False


class Pace:
    """When the workbooks are gone over: when it is quiet, and where papers never cease to come, all the same after `LONGEST_S`. Where it takes
    long, it is not done for every paper: after it took some seconds, not again for nine times as long. `clock` is monotonic."""

    LONGEST_S = 600.0
    _REST = 9.0

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ended_at = self._rested_at = clock()

    def is_due(self, *, is_quiet: bool) -> bool:
        """Whether they may be gone over again."""
        now = self._clock()
        return now >= self._rested_at and (is_quiet or now >= self._ended_at + self.LONGEST_S)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around going over them and making their files."""
        begun = self._clock()
        try:
            yield
        finally:
            self._ended_at = self._clock()
            self._rested_at = self._ended_at + self._REST * (self._ended_at - begun)


def renew(office: Office) -> int:
    """Plans every workbook that has to be made again; how many. Two queries if nothing has happened since the last time. What was
    added up for those that are planned is kept until they are delivered (see `release`)."""
    latest = renewals.last_event()
    if renewals.all_seen(latest):
        return 0
    stale = [
        (kind, this, programme)
        for kind in kinds()
        for this in kind.rounds(office)
        if (programme := office.programme(this.programme_id)) and renewals.seen(kind.id, this) < latest
    ]
    _begin(office, [(kind, this) for kind, this, _ in stale])
    planned, other_packs = 0, packs_shown.changed(office.home, office.programmes)
    for kind, this, programme in _changed(office, stale, other_packs):
        with books.transaction():
            planned += _renew_one(office, programme, kind, this, latest)
    renewals.look_past(latest)
    if other_packs:
        packs_shown.note(office.home, office.programmes)
    if not planned:
        release()
    return planned


_Due = tuple[Kind, Round, Programme]


def _changed(office: Office, stale: list[_Due], other_packs: Set[str]) -> list[_Due]:
    """Those that may show something else than when they were gone over last; all of the programmes whose packs have changed."""
    looked = {(kind.id, this): renewals.seen(kind.id, this) for kind, this, _ in stale}
    changed = changes.since(min(looked.values(), default=0))
    today = office.now().date()
    return [
        (kind, this, programme)
        for kind, this, programme in stale
        if looked[kind.id, this] <= 0
        or programme.id in other_packs
        or changed.touch(this)
        or (
            kind.counts_days and renewals.day_of(looked[kind.id, this], today) != today and renewals.has_deadlines(this)
        )
    ]


def _begin(office: Office, due: list[tuple[Kind, Round]]) -> None:
    """Enters all workbooks that are new before the first is gone over: cut short after it, the others are still known to be due."""
    new = [(kind, this) for kind, this in due if renewals.seen(kind.id, this) < 0]
    if new:
        with books.transaction():
            for kind, this in new:
                renewals.workbook(kind.id, this)
            opened = [f"{kind.id}/{this.programme_id}/{this.year}" for kind, this in new]
            books.add_event(office.now(), "workbooks_opened", "工作簿", after={"workbooks": opened})


def _renew_one(office: Office, programme: Programme, kind: Kind, this: Round, latest: int) -> bool:
    book = renewals.workbook(kind.id, this)
    shown = kind.show(office, programme, this, 0)
    digest = _digest(shown)
    is_new = digest not in ("", book.sha256)
    book.seen = latest
    if is_new:
        book.sha256, book.revision = digest, book.revision + 1
        if kind.many:
            kind.many.plan(this, shown, kind.folder(programme, this), book.revision)
        else:
            _plan(programme, kind, this, book.revision)
        about = f"{programme.name} {this.year}年 {kind.name(programme, book.revision)}"
        books.add_event(office.now(), "workbook_renewed", about, after={"kind": kind.id, "revision": book.revision})
    book.save(update_fields=("sha256", "revision", "seen") if is_new else ("seen",))
    return is_new


def _digest(shown: Any) -> str:
    """Values of the model say in their `repr` all that they are."""
    digest = sha256()
    for piece in _said(shown, 2) if shown is not None else ():
        digest.update(piece.encode())
    return digest.hexdigest() if shown is not None else ""


def _said(value: Any, depth: int) -> Iterator[str]:
    """The `repr` of a value in pieces: of a round of thousands of units it is tens of megabytes, a line at a time it is little."""
    if depth and is_dataclass(value):
        opening, parts, closing = f"{type(value).__qualname__}(", _fields(value), ")"
    elif depth and type(value) is tuple:
        opening, parts, closing = "(", (("", part) for part in value), ",)" if len(value) == 1 else ")"
    else:
        yield repr(value)
        return
    yield opening
    for number, (name, part) in enumerate(parts):
        yield f", {name}" if number else name
        yield from _said(part, depth - 1)
    yield closing


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    return ((f"{field.name}=", getattr(value, field.name)) for field in fields(value) if field.repr)


def _plan(programme: Programme, kind: Kind, this: Round, revision: int) -> None:
    series = f"{kind.id}/{this.programme_id}/{this.year}"
    about = {"kind": kind.id, "programme": this.programme_id, "year": this.year, "revision": revision}
    file = PlannedFile("workbook", ".xlsx", text=json.dumps(about))
    folder, name = kind.folder(programme, this), kind.name(programme, revision)
    publications.add_bundle(PlannedBundle(f"{series}/{revision}", folder, name, (file,), series))


def made(office: Office, text: str) -> bytes:
    """The file of a workbook that was planned."""
    about = json.loads(text)
    programme = office.programme(about["programme"])
    if programme is None:
        raise FormflowError(f"项目包“{about['programme']}”已不在", "请把项目文件夹放回 templates。")
    kind = _kind(about["kind"])
    shown = kind.show(office, programme, Round(programme.id, about["year"]), about["revision"])
    return kind.build(kind.many.one(programme, shown, about) if kind.many else shown)


def is_current(office: Office, programme: Programme, kind_id: str, this: Round) -> bool:
    """Whether the workbook that was planned last still shows how things are."""
    shown = _kind(kind_id).show(office, programme, this, 0)
    return _digest(shown) == renewals.workbook(kind_id, this).sha256


def _kind(kind_id: str) -> Kind:
    return next(kind for kind in kinds() if kind.id == kind_id)


def release() -> None:
    """Lets go of what was added up for several workbooks in a row: a large round fills memory."""
    from formflow.service import evidence, evidence_sheets, proposals, summaries

    evidence.release()
    evidence_sheets.release()
    summaries.release()
    proposals.release()


def kinds() -> tuple[Kind, ...]:
    """All kinds; what they need is imported when the first paper has come."""
    from formflow.service.workbook_kinds import KINDS

    return KINDS

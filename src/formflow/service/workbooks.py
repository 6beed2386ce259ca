"""The workbooks of a programme's year that are renewed when what they show has changed: 评分汇总, 发文审批表, 年度台账.

In: the register. Out: a publication for each workbook whose content is another than when it was published last; `delivery` makes the
file, from the register as it is then. Looking costs nothing while nothing happens: a workbook is gone over again only after an entry in
the journal.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from formflow.errors import FormflowError
from formflow.model.programme import Programme
from formflow.register import books, publications, rounds
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.register.rounds import Round
from formflow.service.office import Office


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of workbook. `show` says what the workbook of a round shows, with its revision, None if there is nothing to show; `build`
    makes the file of it. `name` is the file's, without ending."""

    id: str
    rounds: Callable[[Office], list[Round]]
    show: Callable[[Office, Programme, Round, int], Any]
    build: Callable[[Any], bytes]
    folder: Callable[[Programme, Round], str]
    name: Callable[[Programme, int], str]


def renew(office: Office) -> int:
    """Plans every workbook that has to be made again; how many. One query if nothing has happened since the last time."""
    latest = rounds.last_event()
    if rounds.all_seen(latest):
        return 0
    planned = 0
    due = [
        (kind, this, programme)
        for kind in kinds()
        for this in kind.rounds(office)
        if (programme := office.programme(this.programme_id)) and rounds.seen(kind.id, this) < latest
    ]
    _begin([(kind, this) for kind, this, _ in due])
    for kind, this, programme in due:
        with books.transaction():
            planned += _renew_one(office, programme, kind, this, latest)
    return planned


def _begin(due: list[tuple[Kind, Round]]) -> None:
    """Enters all workbooks that are new before the first is gone over: cut short after it, the others are still known to be due."""
    new = [(kind, this) for kind, this in due if rounds.seen(kind.id, this) < 0]
    if new:
        with books.transaction():
            for kind, this in new:
                rounds.workbook(kind.id, this)


def _renew_one(office: Office, programme: Programme, kind: Kind, this: Round, latest: int) -> bool:
    book = rounds.workbook(kind.id, this)
    digest = _digest(kind.show(office, programme, this, 0))
    is_new = digest not in ("", book.sha256)
    book.seen = latest
    if is_new:
        book.sha256, book.revision = digest, book.revision + 1
        _plan(programme, kind, this, book.revision)
    book.save()
    return is_new


def _digest(shown: Any) -> str:
    """Values of the model say in their `repr` all that they are."""
    return sha256(repr(shown).encode()).hexdigest() if shown is not None else ""


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
    return kind.build(kind.show(office, programme, Round(programme.id, about["year"]), about["revision"]))


def is_current(office: Office, programme: Programme, kind_id: str, this: Round) -> bool:
    """Whether the workbook that was planned last still shows how things are."""
    shown = _kind(kind_id).show(office, programme, this, 0)
    return _digest(shown) == rounds.workbook(kind_id, this).sha256


def _kind(kind_id: str) -> Kind:
    return next(kind for kind in kinds() if kind.id == kind_id)


def kinds() -> tuple[Kind, ...]:
    """All kinds; what they need is imported when the first paper has come."""
    from formflow.service.workbook_kinds import KINDS

    return KINDS

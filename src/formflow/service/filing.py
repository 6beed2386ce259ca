"""Entering where a paper belongs: in a case, with the duplicates, before a person; and where its file will lie.

In: what has been found out about a paper. Out: its row, and publications for `delivery`. Everything here belongs inside a transaction
of the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.timezone import localtime

from formflow.model.programme import Programme
from formflow.register import books, publications
from formflow.register import models as rows
from formflow.register.entries import Arrival, PackStamp, PlannedBundle, PlannedFile
from formflow.service import names, notes
from formflow.service.home import SET_ASIDE
from formflow.service.letters_due import case_folder
from formflow.service.office import Office

Result = Literal[
    "accepted",
    "supplement",
    "review",
    "confirmed",
    "attachment",
    "waiting",
    "scored",
    "returned",
    "evaluated",
    "listed",
    "decided",
    "approved",
    "settled",
    "evidence",
    "judged",
    "duplicate",
    "set_aside",
]
ORIGINALS = "原件"
REPEATED = "重复提交"
DUPLICATES = f"{ORIGINALS}/{REPEATED}"
# What is said of a paper that came with a form and is none of those its programme asks for.
OTHER_MATERIAL = "不是申请表或所列附件，作为其他材料归入案卷，请核对"
_STATE = rows.Paper.State


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a paper. `unit` and `folder` are of its case, "" without one; `message` is one Chinese sentence."""

    name: str
    result: Result
    message: str
    unit: str = ""
    folder: str = ""


def label_of(paper: rows.Paper) -> str:
    """How a paper is called: by its name, behind that of the archive or mail it came in."""
    return f"{paper.container.original_name}/{paper.original_name}" if paper.container else paper.original_name


def file_paper(arrival: Arrival, case: rows.Case, kind: str, programme: Programme, attachment: str = "") -> rows.Paper:
    """Enters a paper of a case."""
    paper = books.add_paper(
        arrival,
        kind=kind,
        state=_STATE.FILED,
        case=case,
        stamp=_stamp(programme),
        attachment=attachment,
        version_no=case.version,
    )
    publications.add_bundle(_original(paper, f"{case_folder(case)}/{ORIGINALS}"), paper=paper)
    return paper


def file_in_year(arrival: Arrival, kind: str, programme: Programme, folder: str) -> rows.Paper:
    """Enters a paper that is about a programme's year rather than one case; its file will lie in `folder`."""
    paper = books.add_paper(arrival, kind=kind, state=_STATE.FILED, stamp=_stamp(programme))
    publications.add_bundle(_original(paper, folder), paper=paper)
    return paper


def file_waiting(arrival: Arrival, kind: str, programme: Programme, attachment: str, text_key: str) -> rows.Paper:
    """Enters an attachment whose case is not known yet; `text_key` is what the names of cases are looked for in."""
    stamp = _stamp(programme)
    return books.add_paper(arrival, kind=kind, state=_STATE.WAITING, stamp=stamp, attachment=attachment, text=text_key)


def place_in_year(paper: rows.Paper, folder: str) -> None:
    """Puts a waiting paper among those of its programme's year; the second of two equal ones lies with the duplicates."""
    first = books.filed_paper(paper.sha256)
    paper.state, paper.duplicate_of = _STATE.DUPLICATE if first else _STATE.FILED, first
    paper.save()
    publications.add_bundle(_original(paper, f"{folder}/{REPEATED}" if first else folder), paper=paper)


def adopt(paper: rows.Paper, case: rows.Case) -> None:
    """Moves a waiting paper into its case, and the archive that waited with it; the second of two equal ones lies with the duplicates."""
    first = books.filed_paper(paper.sha256)
    paper.case, paper.text, paper.version_no, paper.duplicate_of = case, "", case.version, first
    paper.state = _STATE.DUPLICATE if first else _STATE.FILED
    paper.save()
    publications.add_bundle(_original(paper, f"{case_folder(case)}/{DUPLICATES if first else ORIGINALS}"), paper=paper)
    if paper.container and paper.container.state == _STATE.WAITING:
        close_container(paper.container, (case,))


def file_duplicate(office: Office, arrival: Arrival, first: rows.Paper, later: str) -> rows.Paper:
    """Enters a file that was filed before, with a note that says so; one out of an archive lies there already."""
    folder = f"{case_folder(first.case)}/{DUPLICATES}" if first.case else f"{folder_of(first)}/{REPEATED}"
    paper = books.add_paper(
        arrival,
        kind=first.kind,
        state=_STATE.DUPLICATE,
        case=first.case,
        attachment=first.attachment,
        duplicate_of=first,
        programme_id=first.programme_id,
    )
    if arrival.container is None:
        first_received_at = first.received_at.astimezone(office.now().tzinfo)
        note = notes.duplicate(arrival.name, arrival.received_at, first.original_name, first_received_at, later)
        publications.add_bundle(_original(paper, folder, note), paper=paper)
    return paper


def folder_of(paper: rows.Paper) -> str:
    """Where the file of a paper lies or will lie, relative to the outbox."""
    return paper.publications.filter(what=rows.Publication.What.ORIGINAL).values_list("folder", flat=True).first() or ""


def open_container(office: Office, arrival: Arrival) -> rows.Paper:
    """Enters an archive or mail, before the papers inside."""
    container = books.add_paper(arrival, kind=rows.CONTAINER, state=_STATE.FILED)
    books.add_event(office.now(), "container_received", arrival.name, files={arrival.name: arrival.sha256})
    return container


def close_container(container: rows.Paper, its_cases: tuple[rows.Case, ...]) -> None:
    """Puts an archive or mail into the folder of each case it brought something for, as itself the last time; call it when the papers
    inside have been entered. One that brought something for none waits with what is inside."""
    if not its_cases:
        if folder := _year_folder_of(container):
            container.state = _STATE.FILED
            container.save()
            publications.add_bundle(_original(container, folder), paper=container)
            return
        container.state = _STATE.WAITING
        container.save()
        return
    first = its_cases[0]
    container.state, container.case, container.programme_id = _STATE.FILED, first, first.programme_id
    container.save()
    is_repeated = not container.members.exclude(state=_STATE.DUPLICATE).exists()
    folder = DUPLICATES if is_repeated else ORIGINALS
    for case in its_cases[1:]:
        key = f"copy/{container.claim_id}/{case.pk}"
        publications.add_bundle(
            _original(container, f"{case_folder(case)}/{folder}", what="copy", key=key), paper=container
        )
    received_at = localtime(container.received_at)
    note = notes.repeated_inside(container.original_name, received_at) if is_repeated else ""
    publications.add_bundle(_original(container, f"{case_folder(first)}/{folder}", note), paper=container)


def _year_folder_of(container: rows.Paper) -> str:
    """The folder of the first paper inside that is about a programme's year; "" if there is none. An archive whose papers all were repeated
    lies with the first of them, too."""
    settled = container.members.filter(state__in=(_STATE.FILED, _STATE.DUPLICATE), case=None).order_by("id")
    first = settled.first()
    return (folder_of(first.duplicate_of or first) or "") if first else ""


def put_aside(office: Office, arrival: Arrival, reason: str, remedy: str) -> Done:
    """Puts a file where a person will look at it, with a note that says why and what to do."""
    paper = books.add_paper(arrival, kind="unrecognised", state=_STATE.SET_ASIDE, reason=reason)
    _plan_aside(office, paper, arrival.received_at, reason, remedy)
    return Done(label_of(paper), "set_aside", reason, folder=SET_ASIDE)


def put_waiting_aside(office: Office, paper: rows.Paper, reason: str, remedy: str) -> Done:
    """The same for one that is entered already and has waited in vain. An archive takes with it what is inside."""
    received_at = paper.received_at.astimezone(office.now().tzinfo)
    paper.members.filter(state=_STATE.WAITING).update(state=_STATE.SET_ASIDE, reason=reason, text="")
    paper.state, paper.reason, paper.text = _STATE.SET_ASIDE, reason, ""
    paper.save()
    _plan_aside(office, paper, received_at, reason, remedy)
    return Done(label_of(paper), "set_aside", reason, folder=SET_ASIDE)


def _plan_aside(office: Office, paper: rows.Paper, received_at: datetime, reason: str, remedy: str) -> None:
    note = notes.set_aside(label_of(paper), reason, remedy, received_at)
    publications.add_bundle(_original(paper, SET_ASIDE, note), paper=paper)
    files = {paper.original_name: paper.sha256}
    books.add_event(office.now(), "set_aside", paper.original_name, after={"reason": reason}, files=files)


def _stamp(programme: Programme) -> PackStamp:
    return PackStamp(programme.id, programme.version, programme.sha256)


def _original(
    paper: rows.Paper, folder: str, note: str = "", *, what: Literal["original", "copy"] = "original", key: str = ""
) -> PlannedBundle:
    """The received file, last of its bundle; with a note beside it if there is something to say."""
    stem, ending = names.split(paper.original_name)
    original = PlannedFile(what, ending, sha256=paper.sha256)
    beside = (PlannedFile("note", f"{ending}.说明.txt", text=note),) if note else ()
    return PlannedBundle(key or f"original/{paper.claim_id}", folder, stem, (*beside, original))

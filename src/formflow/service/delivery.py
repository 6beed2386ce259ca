"""From the register to the outbox: draws the letters that were entered, publishes everything pending, and enters that it is done.

In: the register's pending publications. Out: the files. May be cut short anywhere and run again; a letter whose template is broken
stops that letter only and is tried again at the next start. Workers deliver one folder each: two at once in one folder could take the same
name for two files.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from formflow.errors import FormflowError
from formflow.register import books, locks, publications
from formflow.register import models as rows
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.register.publications import Bundle
from formflow.service import claims, files, memory, notes, outbox, put_out, review_book, workbooks
from formflow.service.home import SET_ASIDE
from formflow.service.office import LOG, Office, outbox_gone
from formflow.service.outbox import Material

# What has been made for so long is entered before more is made: cut short again and again, a long delivery still gets on.
LONGEST_UNENTERED_S = 1.0
_ALL = "formflow/delivery"
_RETRY = rows.Letter.State.RETRY
_DONE = rows.Publication.State.DONE


def deliver(office: Office, *, retry: bool = False) -> tuple[str, ...]:
    """Publishes everything pending; gives a sentence for each letter that could not be written. `retry`: also those that failed before."""
    with locks.exclusive(_ALL):
        round_ = _publish(office, None, retry)
        if round_.has_notes:
            round_.problems.extend(_publish(office, None, False).problems)
    return tuple(dict.fromkeys(round_.problems))


def deliver_folder(office: Office, folder: str, *, retry: bool = False) -> bool:
    """Publishes what is pending in one folder, beside others who are busy with other folders. False if something there has to wait for
    another folder: call again later."""
    with locks.shared(_ALL), locks.exclusive(f"{_ALL}/{folder.casefold()}"):
        return not _publish(office, folder, retry).is_held


@dataclass(slots=True)
class _Round:
    """What came of publishing. `is_held`: an original is still needed for copies in other folders. `has_notes`: about letters, planned on
    the way. `has_workbooks`: some were made, for which whole years were added up."""

    problems: list[str] = field(default_factory=list)
    finished: list[Bundle] = field(default_factory=list)
    has_notes: bool = False
    has_workbooks: bool = False
    is_held: bool = False


def _publish(office: Office, folder: str | None, retry: bool) -> _Round:
    round_, entered_at = _Round(), time.monotonic()
    _refuse_without_outbox(office, folder)
    _take_back(office, folder)
    for bundle in publications.pending_bundles(folder):
        if _has_failed(bundle) and not retry:
            continue
        if folder is not None and publications.has_copies_before(bundle[0]):
            round_.is_held = True
            continue
        try:
            _put(office, bundle)
        except FormflowError as problem:
            round_.problems.append(_postpone(office, bundle, problem))
            round_.has_notes = round_.has_notes or bundle[0].letter is not None
            continue
        except _OriginalLost:
            LOG.error("原件已不在 state 文件夹：%s", bundle[0].stem)
        round_.finished.append(bundle)
        round_.has_workbooks = round_.has_workbooks or bundle[0].what == "workbook"
        if time.monotonic() - entered_at > LONGEST_UNENTERED_S:
            _enter_done(office, round_.finished)
            round_.finished.clear()
            entered_at = time.monotonic()
    if round_.finished:
        _enter_done(office, round_.finished)
    if round_.has_workbooks:
        workbooks.release()
        memory.give_back()
    return round_


def _refuse_without_outbox(office: Office, folder: str | None) -> None:
    """A folder that was renamed or a share that is away must not be made anew under what is to come."""
    if not office.home.outbox.is_dir() and (publications.pending_bundles(folder) or publications.stale_bundles(folder)):
        raise outbox_gone()


def _put(office: Office, bundle: Bundle) -> None:
    materials = _materials(office, bundle)
    _make_room(office, bundle)
    outbox.publish(office.home.outbox, bundle, materials)


def _take_back(office: Office, folder: str | None) -> None:
    """Drafts that were overtaken; what a person has written in stays."""
    stale = publications.stale_bundles(folder)
    for bundle in stale:
        outbox.withdraw(office.home.outbox, bundle)
    if stale:
        with books.transaction():
            publications.mark(stale, rows.Publication.State.WITHDRAWN)
            put_out.enter_withdrawn(office, stale)


def _make_room(office: Office, bundle: Bundle) -> None:
    """Takes back what this bundle takes the place of, so that it can have the same name; what a person has written in stays."""
    for earlier in publications.earlier_in_series(bundle):
        outbox.withdraw(office.home.outbox, earlier)


def _has_failed(bundle: Bundle) -> bool:
    letter = bundle[0].letter
    return letter is not None and bundle[0].what != "note" and letter.state == _RETRY


class _OriginalLost(Exception):
    """Somebody has taken a received file out of the state folder."""


def _materials(office: Office, bundle: Bundle) -> Mapping[int, Material]:
    letter = bundle[0].letter
    if letter and bundle[0].what != "note":
        return _letter_materials(office, bundle, letter)
    return {row.position: _received_or_note(office, row) for row in bundle}


def _letter_materials(office: Office, bundle: Bundle, letter: rows.Letter) -> dict[int, Material]:
    programme = office.programme(letter.programme_id)
    spec = next((spec for spec in programme.letters if spec.id == letter.kind), None) if programme else None
    if spec is None:
        raise FormflowError(f"项目包里已没有“{letter.title}”这种文书", "请恢复项目包（templates 文件夹）里的文书设置。")
    printed = office.print_letter(spec, books.letter_content(letter))
    data = {"letter_docx": printed.docx, "letter_pdf": printed.pdf}
    return {row.position: _made(data[row.what]) for row in bundle}


def _made(data: bytes) -> Material:
    return Material(sha256(data).hexdigest(), data=data)


def _received_or_note(office: Office, row: rows.Publication) -> Material:
    if row.what == "note":
        return _made(notes.encoded(row.text))
    if row.what == "review_sheet":
        return _made(review_book.build(review_book.from_text(row.text), publications.pictures_of(row)))
    if row.what == "workbook":
        return _made(workbooks.made(office, row.text))
    assert row.paper is not None
    original = claims.file_of(office.home, row.paper.claim_id, row.paper.original_name)
    target = outbox.target_of(office.home.outbox, row)
    if not original.exists() and not (target.is_file() and files.sha256_of(target) == row.sha256):
        raise _OriginalLost
    return Material(row.sha256, original=original, is_copied=row.what == "copy")


def _enter_done(office: Office, finished: list[Bundle]) -> None:
    """One entry for all of them; only then are the claims forgotten and stale notes taken back."""
    letters = [bundle for bundle in finished if bundle[0].letter and bundle[0].what != "note"]
    stale = [bundle for done in letters for bundle in _overtaken_by(done)]
    for bundle in stale:
        outbox.withdraw(office.home.outbox, bundle)
    stale.extend(earlier for done in finished for earlier in publications.earlier_in_series(done))
    with books.transaction():
        publications.mark(finished, _DONE)
        publications.drop_pictures(finished)
        publications.mark(stale, rows.Publication.State.WITHDRAWN)
        for bundle in finished:
            _mark_issued(bundle)
            put_out.enter_published(office, bundle)
        put_out.enter_withdrawn(office, stale)
    for bundle in finished:
        paper = bundle[0].paper
        if paper:
            claims.forget(office.home, paper.claim_id)


def _overtaken_by(bundle: Bundle) -> list[Bundle]:
    """What a letter that stands in the outbox makes wrong: notes that it could not be written, and the draft it was approved from."""
    letter = bundle[0].letter
    assert letter is not None
    return [*publications.notes_about(letter), *(publications.of_letter(letter.draft) if letter.draft else ())]


def _mark_issued(bundle: Bundle) -> None:
    letter = bundle[0].letter
    if letter and bundle[0].what != "note" and letter.state in (rows.Letter.State.PENDING, _RETRY):
        books.mark_letter(letter, rows.Letter.State.ISSUED)


def _postpone(office: Office, bundle: Bundle, problem: FormflowError) -> str:
    """Keeps the letter for the next start and puts a note where a person looks. A workbook is tried again with the next delivery."""
    letter = bundle[0].letter
    if letter is None:
        LOG.warning("%s：%s", bundle[0].stem, problem)
        return f"{bundle[0].stem}没有写成：{problem.message}"
    is_first = letter.state != _RETRY
    if is_first or letter.problem != problem.message:
        _enter_failed(office, letter, problem, is_first=is_first)
    LOG.warning("%s：%s", letter, problem)
    return f"{letter}没有写成：{problem.message}"


def _enter_failed(office: Office, letter: rows.Letter, problem: FormflowError, *, is_first: bool) -> None:
    """The letter waits; a note is put where a person looks, the first time."""
    with books.transaction():
        books.mark_letter(letter, _RETRY, problem.message)
        if is_first:
            text = notes.letter_failed(letter.title, letter.about, letter.serial, problem)
            note = PlannedFile("note", ".说明.txt", text=text)
            stem = f"{letter.title}未出具_{letter.serial}"
            publications.add_bundle(PlannedBundle(f"note/{letter.key}", SET_ASIDE, stem, (note,)), letter=letter)
        books.add_event(office.now(), "letter_failed", str(letter), after={"problem": problem.message})

"""From the register to the outbox: draws the letters that were entered, publishes everything pending, and enters that it is done.

In: the register's pending publications. Out: the files. May be cut short anywhere and run again; a letter whose template is broken
stops that letter only and is tried again at the next start, and what the system keeps out of its place in the outbox is held back alone
(`held_back`). Workers deliver one folder each: two at once in one folder could take the same name for two files.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from formflow.errors import FormflowError, in_words
from formflow.register import books, locks, publications
from formflow.register import models as rows
from formflow.register.entries import PlannedBundle, PlannedFile
from formflow.register.publications import Bundle
from formflow.register.setup import forget_statements
from formflow.service import claims, held_back, memory, names, notes, outbox, outbox_place, put_out, workbooks
from formflow.service.held_back import HeldBack
from formflow.service.home import SET_ASIDE
from formflow.service.materials import OriginalLost, materials_of
from formflow.service.office import LOG, Office, outbox_gone

# What has been made for so long is entered before more is made: cut short again and again, a long delivery still gets on.
LONGEST_UNENTERED_S = 1.0
_ALL = "formflow/delivery"
_RETRY = rows.Letter.State.RETRY
_DONE = rows.Publication.State.DONE


def deliver(office: Office, *, retry: bool = False) -> tuple[str, ...]:
    """Publishes everything pending; gives a sentence for each letter that could not be written. `retry`: also those that failed before, and
    what was held back, whether or not it has rested."""
    with locks.exclusive(_ALL):
        round_ = _publish(office, None, retry)
        if round_.has_notes:
            round_.problems.extend(_publish(office, None, False).problems)
    return tuple(dict.fromkeys(round_.problems))


def deliver_folder(office: Office, folder: str, *, retry: bool = False) -> bool:
    """Publishes what is pending in one folder, beside others who are busy with other folders. False if something there is held back or has to
    wait for another folder: call again later."""
    with locks.shared(_ALL), locks.exclusive(f"{_ALL}/{folder.casefold()}"):
        return not _publish(office, folder, retry).is_held


@dataclass(slots=True)
class _Round:
    """What came of publishing. `held` is what was held back before, `kept` the received files that something held back is still made from.
    `is_held`: something has to wait. `has_notes`: about letters, planned on the way. `has_workbooks`: some were made, for which whole years
    were added up."""

    held: dict[int, HeldBack]
    retry: bool
    problems: list[str] = field(default_factory=list)
    finished: list[Bundle] = field(default_factory=list)
    kept: set[int | None] = field(default_factory=set)
    has_notes: bool = False
    has_workbooks: bool = False
    is_held: bool = False
    entered_at: float = field(default_factory=time.monotonic)

    def hold(self, bundle: Bundle) -> None:
        self.is_held = True
        if bundle[0].paper_id:
            self.kept.add(bundle[0].paper_id)


def _publish(office: Office, folder: str | None, retry: bool) -> _Round:
    round_ = _Round(held_back.load(office.home), retry)
    _refuse_without_outbox(office, folder)
    _take_back(office, folder)
    pending = _still_wanted(office, publications.pending_bundles(folder))
    _forget_unwanted(office, round_, pending, folder)
    for bundle in pending:
        if _is_due(round_, bundle, folder):
            _try(office, round_, bundle)
        if time.monotonic() - round_.entered_at > LONGEST_UNENTERED_S:
            _enter_finished(office, round_)
    _enter_finished(office, round_)
    if round_.has_workbooks:
        workbooks.release()
        forget_statements()
        memory.give_back()
    return round_


def _is_due(round_: _Round, bundle: Bundle, folder: str | None) -> bool:
    """Whether a bundle may be put into the outbox now."""
    if _has_failed(bundle) and not round_.retry:
        return False
    earlier = round_.held.get(bundle[0].pk)
    rests = earlier is not None and not round_.retry and earlier.rests(time.time())
    # A received file is moved into the outbox last, when all copies have been made from it.
    moves_original = any(row.what == "original" for row in bundle)
    is_needed = moves_original and (folder is not None or bundle[0].paper_id in round_.kept)
    if rests or (is_needed and publications.has_copies_before(bundle[0])):
        round_.hold(bundle)
        return False
    return True


def _try(office: Office, round_: _Round, bundle: Bundle) -> None:
    try:
        _put(office, bundle)
    except FormflowError as problem:
        round_.problems.append(_postpone(office, bundle, problem))
        round_.has_notes = round_.has_notes or bundle[0].letter is not None
        return
    except OriginalLost:
        LOG.error("原件已不在 state 文件夹：%s", bundle[0].stem)
    except OSError as error:
        _hold_back(office, round_, bundle, error)
        return
    if bundle[0].pk in round_.held:
        LOG.warning("放进发件箱了：%s", round_.held.pop(bundle[0].pk).path)
        held_back.release(office.home, bundle[0].pk)
    round_.finished.append(bundle)
    round_.has_workbooks = round_.has_workbooks or bundle[0].what == "workbook"


def _hold_back(office: Office, round_: _Round, bundle: Bundle, error: OSError) -> None:
    """Keeps a bundle for later that the system keeps out of its place. Raises the error again if it is not about this bundle alone."""
    first, earlier = bundle[0], round_.held.get(bundle[0].pk)
    is_new = earlier is None
    if (is_new and len(round_.held) >= held_back.MOST) or _is_about_state(office, error):
        raise error
    if outbox.refuses_all(office.home.outbox, error):
        raise error
    reason, remedy = held_back.reason_of(office.home.outbox, first.folder, error)
    name = names.joined(first.stem, first.variant, first.ending)
    held = HeldBack(first.pk, first.folder, name, office.now(), reason, remedy, 0, 0.0)
    if earlier is None or earlier.reason != reason:
        LOG.warning("放不进发件箱：%s：%s；其余照常放入，这一份会再试", held.path, held.sentence)
        LOG.info("%s：%s", type(error).__name__, in_words(error))
    round_.held[first.pk] = held = held_back.after(earlier, held)
    held_back.keep(office.home, held)
    round_.hold(bundle)


def _is_about_state(office: Office, error: OSError) -> bool:
    """Whether it was our own folder that refused: then nothing can go on."""
    named = [name for name in (error.filename, error.filename2) if isinstance(name, str)]
    return bool(named) and all(Path(name).is_relative_to(office.home.state) for name in named)


def _still_wanted(office: Office, pending: list[Bundle]) -> list[Bundle]:
    """Without those that were overtaken in their series before they could be put out: put out later, they would show what was once."""
    latest = {bundle[0].series: bundle[0].pk for bundle in pending}
    overtaken = [bundle for bundle in pending if bundle[0].series and latest[bundle[0].series] != bundle[0].pk]
    if not overtaken:
        return pending
    with books.transaction():
        publications.mark(overtaken, rows.Publication.State.WITHDRAWN)
        put_out.enter_overtaken(office, overtaken)
    return [bundle for bundle in pending if bundle not in overtaken]


def _forget_unwanted(office: Office, round_: _Round, pending: list[Bundle], folder: str | None) -> None:
    """What was held back and has been withdrawn since."""
    wanted = {bundle[0].pk for bundle in pending}
    for held in list(round_.held.values()):
        if folder in (None, held.folder) and held.number not in wanted:
            held_back.release(office.home, round_.held.pop(held.number).number)


def _enter_finished(office: Office, round_: _Round) -> None:
    if round_.finished:
        _enter_done(office, round_.finished)
        round_.finished.clear()
    round_.entered_at = time.monotonic()


def _refuse_without_outbox(office: Office, folder: str | None) -> None:
    """A folder that was renamed or a share that is away must not be made anew under what is to come."""
    if not office.home.outbox.is_dir():
        if publications.pending_bundles(folder) or publications.stale_bundles(folder):
            raise outbox_gone()
    else:
        outbox_place.refuse_bare_mount_point(office.home)
        outbox_place.note_share(office.home)


def _put(office: Office, bundle: Bundle) -> None:
    materials = materials_of(office, bundle)
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

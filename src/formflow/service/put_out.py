"""What the journal is told when files have been put into the outbox or taken back from it: each file by its path there, with its hash.

In: bundles that stand in the outbox, or no longer. Out: events. Inside a transaction of the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from formflow.register import books
from formflow.register import models as rows
from formflow.register.publications import Bundle
from formflow.service import outbox
from formflow.service.office import Office

_WHAT = rows.Publication.What
_EVENTS: Mapping[str, str] = {
    _WHAT.ORIGINAL: "original_filed",
    _WHAT.COPY: "original_filed",
    _WHAT.REVIEW_SHEET: "sheet_published",
    _WHAT.WORKBOOK: "workbook_published",
    _WHAT.NOTE: "note_published",
}
_OF_LETTERS = ("draft_published", "letter_issued")
# The events whose files are named by their path in the outbox; all others name received files as they were called.
PUBLISHED = frozenset({*_EVENTS.values(), *_OF_LETTERS})


def enter_published(office: Office, bundle: Bundle) -> None:
    """Files that stand side by side now."""
    letter, paper = bundle[0].letter, bundle[0].paper
    files = {path_of(row): row.sha256 for row in bundle}
    if letter is not None and bundle[0].what != _WHAT.NOTE:
        what = "draft_published" if letter.is_draft else "letter_issued"
        books.add_event(office.now(), what, str(letter), after={"case": letter.case_id}, files=files)
        return
    after: dict[str, Any] | None = {"paper": paper.pk, "case": paper.case_id} if paper else None
    books.add_event(office.now(), _EVENTS[bundle[-1].what], _about(bundle), after=after, files=files)


def enter_withdrawn(office: Office, bundles: Iterable[Bundle]) -> None:
    """Files that were taken back, or that a person has written in and that count no more."""
    taken = [row for bundle in bundles for row in bundle]
    if taken:
        files = {path_of(row): row.sha256 for row in taken}
        books.add_event(office.now(), "files_withdrawn", f"{taken[0].folder}/{taken[0].stem}", files=files)


def enter_overtaken(office: Office, bundles: Iterable[Bundle]) -> None:
    """Files that were never put out, because others took their place before they could be."""
    paths = [path_of(row) for bundle in bundles for row in bundle]
    books.add_event(
        office.now(), "files_withdrawn", Path(paths[0]).with_suffix("").as_posix(), after={"unpublished": paths}
    )


def path_of(row: rows.Publication) -> str:
    """Where a file stands, relative to the outbox."""
    return outbox.target_of(Path(), row).as_posix()


def _about(bundle: Bundle) -> str:
    first = bundle[0]
    if first.letter:
        return str(first.letter)
    if first.paper:
        return str(first.paper.case or first.paper)
    return f"{first.folder}/{first.stem}"

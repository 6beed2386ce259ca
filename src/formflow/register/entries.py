"""What the service hands to the books: plain values, so that neither side knows the other's inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# Events that say where files are or what rows say: nothing that any workbook shows follows from them.
BOOKKEEPING = frozenset(
    {
        "original_filed",
        "sheet_published",
        "workbook_published",
        "note_published",
        "files_withdrawn",
        "workbooks_opened",
        "workbook_renewed",
        "entered",
        "register_sealed",
    }
)
What = Literal["letter_docx", "letter_pdf", "original", "copy", "note", "review_sheet", "workbook"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was claimed, or one out of a claimed archive. `name` is as the clerk sees it, `submission` the inbox sub-folder it came
    in ("" for none), with "/" and the archive's claim behind it for what was inside one; `received_at` is aware. `container` is the
    register's key of the archive."""

    claim_id: str
    name: str
    submission: str
    sha256: str
    size: int
    received_at: datetime
    container: int | None = None

    @property
    def received_on(self) -> date:
        """The day of arrival, in the zone `received_at` was taken in."""
        return self.received_at.date()


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a bundle. `text` only of notes and, as JSON, of 审核表; `sha256` "" until the file has been made."""

    what: What
    ending: str
    sha256: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PlannedBundle:
    """Files that will stand side by side in `folder` (relative to the outbox, "/" between parts) under one stem.

    `key` makes the bundle unique: planning it twice is refused by the register. It takes the place of what stands there of the same
    `series`, unless that is "" or a person has changed it.
    """

    key: str
    folder: str
    stem: str
    files: tuple[PlannedFile, ...]
    series: str = ""


@dataclass(frozen=True, slots=True)
class PackStamp:
    """Which pack, in which version, a paper was judged by."""

    programme_id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What an entry is about and was reckoned from: the project's account with its names, its highest honour ("" for none), and in fen
    what is due in all, what was paid by then, and the sum itself."""

    project_key: str
    project: str
    organisation: str
    level: str
    entitlement: int
    paid_before: int
    amount: int

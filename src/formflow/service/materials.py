"""What the files of a bundle hold: letters and workbooks drawn anew from the register, or the received file in the state folder.

In: a bundle of publications. Out: the material of each. Puts nothing anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from formflow.errors import FormflowError
from formflow.register import books, publications
from formflow.register import models as rows
from formflow.register.publications import Bundle
from formflow.service import claims, files, notes, outbox, review_book, workbooks
from formflow.service.office import Office
from formflow.service.outbox import Material


class OriginalLost(Exception):
    """Somebody has taken a received file out of the state folder."""


def materials_of(office: Office, bundle: Bundle) -> Mapping[int, Material]:
    """Each file of a bundle by its position. Raises FormflowError where a pack or template is broken, OriginalLost."""
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
        raise OriginalLost
    return Material(row.sha256, original=original, is_copied=row.what == "copy")

"""Pictures of the places a form's answers were read from, for its 审核表; cut out while the paper is still in the state folder.

Only where a person has to look, or where text was recognised from an image: what was typed is read as it was typed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from formflow.forms.review_lines import places
from formflow.model.document import Document
from formflow.model.record import Record
from formflow.rules.fields import SURE_ENOUGH
from formflow.service.office import Office
from formflow.service.sorting import Sorted


def with_pictures(office: Office, paper: Sorted, document: Document, path: Path) -> Sorted:
    """The paper with its pictures, if it is a form that needs any. `path`: the file the document was read from."""
    match, record = paper.match, paper.record
    if match is None or match.form is None or record is None or not _is_worth_a_look(record, document):
        return paper
    found = places(match.form, record)
    on_page = {code: (at.page, at.box) for code, at in found.items() if at.page is not None and at.box is not None}
    if not on_page:
        return paper
    pictures = zip(on_page, office.crops(path, tuple(on_page.values())), strict=True)
    return replace(paper, pictures={code: png for code, png in pictures if png})


def _is_worth_a_look(record: Record, document: Document) -> bool:
    is_unsure = any(answer.confidence < SURE_ENOUGH for answer in record.answers.values())
    return is_unsure or any(paragraph.confidence < 1 for paragraph in document.paragraphs())

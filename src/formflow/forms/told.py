"""What a document tells, and by that which programme and kind of paper it is: the one order in which everybody looks.

Comes in: a document that is no workbook of ours, and the programmes. Goes out: the claims on it; exactly one is wanted. A form or a score
sheet is told by what is printed in it; then come newspapers, which tell of votes and honours, too; votes; lists of honours; attachments by
their titles; and last what reads as an account of somebody's work. Pure.
"""

from __future__ import annotations

from formflow.forms.evaluations import evaluation_sheets
from formflow.forms.honours import honours_lists
from formflow.forms.recognise import Match, recognise
from formflow.model.document import Document
from formflow.model.programme import Programme


def claims_on(document: Document, programmes: tuple[Programme, ...]) -> tuple[Match, ...]:
    """Who claims a document, and as what."""
    matches = recognise(document, programmes).matches
    if any(match.form or match.sheets for match in matches):
        return matches
    evidence = _evidence(document, programmes)
    if any(match.evidence and match.evidence.is_press for match in evidence):
        return evidence
    return _votes(document, programmes) or _honours(document, programmes) or matches or evidence


def _evidence(document: Document, programmes: tuple[Programme, ...]) -> tuple[Match, ...]:
    """A claim for each programme that counts what stood in the press."""
    # Newspapers are few, and what reads them takes long to load.
    from formflow.forms.articles_record import evidence_papers

    by_id = {programme.id: programme for programme in programmes}
    papers = evidence_papers(document, programmes)
    return tuple(Match(by_id[paper.programme_id], "evidence", None, 1.0, evidence=paper) for paper in papers)


def _votes(document: Document, programmes: tuple[Programme, ...]) -> tuple[Match, ...]:
    """A claim for each programme whose members' votes a document tells."""
    by_id = {programme.id: programme for programme in programmes}
    sheets = evaluation_sheets(document, programmes)
    return tuple(Match(by_id[sheet.programme_id], "evaluation", None, 1.0, evaluation=sheet) for sheet in sheets)


def _honours(document: Document, programmes: tuple[Programme, ...]) -> tuple[Match, ...]:
    """A claim for each programme that rewards the honours a document lists."""
    by_id = {programme.id: programme for programme in programmes}
    lists = honours_lists(document, programmes)
    return tuple(Match(by_id[found.programme_id], "honours", None, 1.0, honours=found) for found in lists)

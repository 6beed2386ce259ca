"""Papers about a programme's year rather than one unit's case: experts' sheets, members' votes, lists of honours, and our own workbooks
that came back.

In: a document. Out: what it is of these, told by what is printed in it. Enters nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from formflow.forms.approvals import returned_approval
from formflow.forms.articles_record import evidence_papers
from formflow.forms.decisions import returned_summary
from formflow.forms.evaluations import evaluation_sheets
from formflow.forms.honours import honours_lists
from formflow.forms.score_sheets import ReadSheet, score_sheets
from formflow.forms.settlements import returned_settlement
from formflow.model.approval import ReturnedApproval
from formflow.model.document import Document
from formflow.model.evaluation import EvaluationSheet
from formflow.model.honours import HonoursList
from formflow.model.programme import Programme
from formflow.model.scoring import ReturnedSummary
from formflow.model.settlement import ReturnedSettlement


@dataclass(frozen=True, slots=True)
class Scores:
    """The score sheets in one file; all of one programme, unless nobody can tell."""

    sheets: tuple[ReadSheet, ...]


@dataclass(frozen=True, slots=True)
class Votes:
    """What a file says as an evaluation sheet, once for each programme that claims it."""

    sheets: tuple[EvaluationSheet, ...]


@dataclass(frozen=True, slots=True)
class Honours:
    """What a file says as an honours list, once for each programme that claims it."""

    lists: tuple[HonoursList, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook of ours that came back, and who saved it last by his own account ("" if it does not say)."""

    sheet: ReturnedSummary | ReturnedApproval | ReturnedSettlement
    saved_by: str


Yearly = Scores | Votes | Honours | Returned


def returned_workbook(document: Document) -> Returned | None:
    """A 评分汇总, 发文审批表 or 补助测算 that came back."""
    sheet = returned_summary(document) or returned_approval(document) or returned_settlement(document)
    return Returned(sheet, document.saved_by) if sheet else None


def sheets_in(document: Document, programmes: tuple[Programme, ...]) -> Scores | Votes | Honours | None:
    """Experts' sheets, members' votes, or lists of honours."""
    if scores := score_sheets(document, programmes):
        return Scores(scores)
    votes = evaluation_sheets(document, programmes)
    lists = () if votes else honours_lists(document, programmes)
    if (votes or lists) and any(paper.is_press for paper in evidence_papers(document, programmes)):
        return None  # a newspaper that tells of votes or honours is a newspaper
    if votes:
        return Votes(votes)
    return Honours(lists) if lists else None


def claims_of(found: Yearly) -> tuple[str, ...]:
    """The ids of the programmes that claim it, each once."""
    match found:
        case Scores():
            ids = [sheet.programme.id for sheet in found.sheets]
        case Votes():
            ids = [sheet.programme_id for sheet in found.sheets]
        case Honours():
            ids = [one.programme_id for one in found.lists]
        case Returned():
            ids = [found.sheet.programme_id]
    return tuple(dict.fromkeys(ids))

"""Papers about a programme's year rather than one unit's case: experts' sheets, members' votes, lists of honours, newspapers and the like,
and our own workbooks that came back.

In: a document, or the claims on it. Out: what it is of these. Enters nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formflow.forms.approvals import returned_approval
from formflow.forms.decisions import returned_summary
from formflow.forms.evidence_sheets import returned_evidence
from formflow.forms.recognise import Match
from formflow.forms.score_sheets import ReadSheet
from formflow.forms.settlements import returned_settlement
from formflow.model.approval import ReturnedApproval
from formflow.model.document import Document
from formflow.model.evaluation import EvaluationSheet
from formflow.model.evidence_sheet import ReturnedEvidence
from formflow.model.honours import HonoursList
from formflow.model.scoring import ReturnedSummary
from formflow.model.settlement import ReturnedSettlement

if TYPE_CHECKING:
    from formflow.forms.articles_record import EvidencePaper


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
class Evidence:
    """The articles in a file, once for each programme that counts what stood in the press."""

    papers: tuple[EvidencePaper, ...]


ReturnedWorkbook = ReturnedSummary | ReturnedApproval | ReturnedSettlement | ReturnedEvidence


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook of ours that came back, and who saved it last by his own account ("" if it does not say)."""

    sheet: ReturnedWorkbook
    saved_by: str


Yearly = Scores | Votes | Honours | Evidence | Returned


def returned_workbook(document: Document) -> Returned | None:
    """A 评分汇总, 发文审批表, 补助测算 or 佐证材料 that came back."""
    sheet: ReturnedWorkbook | None = (
        returned_summary(document)
        or returned_approval(document)
        or returned_settlement(document)
        or returned_evidence(document)
    )
    return Returned(sheet, document.saved_by) if sheet else None


def yearly_of(matches: Sequence[Match]) -> Yearly | None:
    """What the claims on a document make of it; None where they are on something else, or where there are none."""
    if scores := tuple(sheet for match in matches for sheet in match.sheets):
        return Scores(scores)
    if votes := tuple(match.evaluation for match in matches if match.evaluation):
        return Votes(votes)
    if lists := tuple(match.honours for match in matches if match.honours):
        return Honours(lists)
    papers = tuple(match.evidence for match in matches if match.evidence)
    return Evidence(papers) if papers else None

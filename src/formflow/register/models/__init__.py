"""The tables of the register. A row says what was decided or done; files and letters can be made again from it."""

from formflow.register.models.assessment import Evaluation, Naming, ScoreSheet, Workbook
from formflow.register.models.cases import CONTAINER, DECISION_SHEET, EVIDENCE, Case, CaseName, Finding, Paper, Record
from formflow.register.models.evidence import EvidenceArticle
from formflow.register.models.journal import Event
from formflow.register.models.letters import DocumentNumber, Letter, NumberBook
from formflow.register.models.money import HonourRow, LedgerBook, LedgerEntry, NameRuling, SubsidyDecision
from formflow.register.models.publishing import Publication, ReviewPicture

__all__ = (
    "CONTAINER",
    "DECISION_SHEET",
    "EVIDENCE",
    "Case",
    "CaseName",
    "DocumentNumber",
    "Evaluation",
    "Event",
    "EvidenceArticle",
    "Finding",
    "HonourRow",
    "LedgerBook",
    "LedgerEntry",
    "Letter",
    "NameRuling",
    "Naming",
    "NumberBook",
    "Paper",
    "Publication",
    "Record",
    "ReviewPicture",
    "ScoreSheet",
    "SubsidyDecision",
    "Workbook",
)

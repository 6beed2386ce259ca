"""A workbook of ours that came back filled in, 评分汇总, 发文审批表, 补助测算 or 佐证材料: taken whole, or put before a person with every reason why not.

In: the returned sheet. Out: what it decides, entered; the file itself among the year's papers. Inside a transaction of the caller's.
"""

from __future__ import annotations

from formflow.forms.approvals import TITLE as APPROVAL
from formflow.forms.evidence_sheets import TITLE as EVIDENCE
from formflow.forms.settlements import TITLE as SETTLEMENT
from formflow.model.approval import ReturnedApproval
from formflow.model.evidence_sheet import ReturnedEvidence
from formflow.model.programme import Programme
from formflow.model.scoring import ReturnedSummary, ScoreSummary
from formflow.model.settlement import ReturnedSettlement
from formflow.register import books, renewals
from formflow.register import models as rows
from formflow.register.entries import Arrival
from formflow.register.rounds import Round
from formflow.rules import evidence_said
from formflow.service import (
    approvals,
    binding,
    decisions,
    evidence_decisions,
    evidence_sheets,
    filing,
    notes,
    settlement_entry,
    settlements,
    workbooks,
)
from formflow.service.filing import Done
from formflow.service.office import Office
from formflow.service.returned import UNSIGNED
from formflow.service.summaries import summary_of
from formflow.service.yearly import Returned, ReturnedWorkbook

SUMMARY = "评分汇总"
FOLDER = "收回的工作簿"
_OVERTAKEN = "这张表发出以后又有新的材料或决定，已不是现在的情况；请在系统重新给出的最新一稿上填写"


def receive_workbook(office: Office, arrival: Arrival, returned: Returned) -> Done:
    """Enters a workbook that came back."""
    sheet = returned.sheet
    title = _title(sheet)
    programme = office.programme(sheet.programme_id)
    if programme is None:
        return filing.put_aside(office, arrival, *notes.workbook_of_nobody(title, sheet.programme_id))
    problems = _problems(office, programme, sheet)
    if problems:
        return filing.put_aside(office, arrival, *notes.workbook_refused(title, problems))
    folder = f"{binding.year_folder(programme, sheet.year)}/{FOLDER}"
    paper = filing.file_in_year(arrival, rows.DECISION_SHEET, programme, folder)
    who = returned.saved_by or UNSIGNED
    if isinstance(sheet, ReturnedSummary):
        # The round as the sheet was judged by, before anything is entered.
        shown = summary_of(programme, Round(programme.id, sheet.year), sheet.revision)
        _note(office, paper, title, who)
        return _decide(office, programme, paper, sheet, who, shown)
    _note(office, paper, title, who)
    if isinstance(sheet, ReturnedSettlement):
        return _settle(office, programme, paper, sheet, who)
    if isinstance(sheet, ReturnedEvidence):
        return _judge_evidence(office, programme, paper, sheet, who)
    return _approve(office, programme, paper, sheet, who)


def _title(sheet: ReturnedWorkbook) -> str:
    if isinstance(sheet, ReturnedEvidence):
        return EVIDENCE
    if isinstance(sheet, ReturnedSettlement):
        return SETTLEMENT
    return SUMMARY if isinstance(sheet, ReturnedSummary) else APPROVAL


def _problems(office: Office, programme: Programme, sheet: ReturnedWorkbook) -> tuple[str, ...]:
    this = Round(programme.id, sheet.year)
    if isinstance(sheet, ReturnedSettlement):
        settled = settlements.sheet_of(programme, this, renewals.workbook("subsidy", this).revision)
        if settled is None:
            return (_OVERTAKEN,)
        found = settlement_entry.problems_of(programme, settled, sheet)
        return found or _if_overtaken(office, programme, "subsidy", this)
    if isinstance(sheet, ReturnedEvidence):
        told = evidence_sheets.sheet_of(programme, this, renewals.workbook("evidence", this).revision)
        problems = evidence_said.problems_of(told, sheet) if told else (_OVERTAKEN,)
        return problems or _if_overtaken(office, programme, "evidence", this)
    if isinstance(sheet, ReturnedSummary):
        revision = renewals.workbook("summary", this).revision
        shown = summary_of(programme, this, revision)
        if shown is None:
            return (f"{sheet.year}年还没有评分",)
        found = decisions.problems_of(programme, shown, sheet, office.now().date())
        return found or _if_overtaken(office, programme, "summary", this)
    revision = renewals.workbook("approval", this).revision
    found = approvals.problems_of(office, programme, approvals.sheet_of(programme, this, revision), sheet)
    return found or _if_overtaken(office, programme, "approval", this)


def _if_overtaken(office: Office, programme: Programme, kind: str, this: Round) -> tuple[str, ...]:
    return () if workbooks.is_current(office, programme, kind, this) else (_OVERTAKEN,)


def _note(office: Office, paper: rows.Paper, title: str, who: str) -> None:
    files = {paper.original_name: paper.sha256}
    books.add_event(office.now(), "workbook_returned", title, who=who, after={"paper": paper.pk}, files=files)


def _decide(
    office: Office,
    programme: Programme,
    paper: rows.Paper,
    sheet: ReturnedSummary,
    who: str,
    shown: ScoreSummary | None,
) -> Done:
    outcome = decisions.enter(office, programme, paper, sheet, who, shown)
    folder = binding.year_folder(programme, sheet.year)
    return Done(filing.label_of(paper), "decided", outcome, folder=folder)


def _approve(office: Office, programme: Programme, paper: rows.Paper, sheet: ReturnedApproval, who: str) -> Done:
    said = approvals.enter(office, programme, sheet, who)
    message = "；".join(said) if said else f"{APPROVAL}没有填写新的意见，文书照旧"
    return Done(filing.label_of(paper), "approved", message, folder=binding.year_folder(programme, sheet.year))


def _settle(office: Office, programme: Programme, paper: rows.Paper, sheet: ReturnedSettlement, who: str) -> Done:
    this = Round(programme.id, sheet.year)
    shown = settlements.sheet_of(programme, this, sheet.revision)
    assert shown is not None
    said = settlement_entry.enter(office, programme, paper, shown, sheet, who)
    return Done(filing.label_of(paper), "settled", said, folder=binding.year_folder(programme, sheet.year))


def _judge_evidence(office: Office, programme: Programme, paper: rows.Paper, sheet: ReturnedEvidence, who: str) -> Done:
    shown = evidence_sheets.sheet_of(programme, Round(programme.id, sheet.year), sheet.revision)
    assert shown is not None
    said = evidence_decisions.enter(office, programme, paper, shown, sheet, who)
    return Done(filing.label_of(paper), "judged", said, folder=binding.year_folder(programme, sheet.year))

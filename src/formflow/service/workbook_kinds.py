"""Which workbooks a programme's year has, what each shows, and where it lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from formflow.model.programme import Programme
from formflow.register import evidence, ledger, rounds
from formflow.register import models as rows
from formflow.register.rounds import Round
from formflow.service import (
    approvals,
    binding,
    evaluation_entry,
    evidence_sheets,
    handouts,
    payments,
    proposals,
    settlements,
    summaries,
)
from formflow.service.ledgers import ledger_of
from formflow.service.office import Office
from formflow.service.sheets.approval import build_approval
from formflow.service.sheets.evaluation_result import EvaluationResult, build_evaluation_result
from formflow.service.sheets.evidence import build_evidence
from formflow.service.sheets.ledger import build_ledger
from formflow.service.sheets.payment_list import build_payment_list
from formflow.service.sheets.score_handout import build_handout
from formflow.service.sheets.score_summary import build_summary, sheet_title
from formflow.service.sheets.subsidy import build_settlement
from formflow.service.workbooks import Kind, Many


def _summary(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    found = summaries.summary_of(programme, this, revision)
    return proposals.compared(programme, found) if found else None


def _handouts(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    return handouts.handouts_of(programme, this)


def _approval(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    return approvals.sheet_of(programme, this, revision)


def _ledger(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    return ledger_of(programme, this.year, office.now().date())


def _evaluation(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    homes = evaluation_entry.results_of(programme, this)
    if programme.evaluation is None or not homes:
        return None
    return EvaluationResult(programme.name, this.year, revision, programme.evaluation, homes)


def _settlement(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    return settlements.sheet_of(programme, this, revision)


def _evidence(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    return evidence_sheets.sheet_of(programme, this, revision)


def _payments(office: Office, programme: Programme, this: Round, revision: int) -> Any:
    """A 付款清单 is made with its notice and never renewed: its revision is the notice's own number in the register."""
    letter = rows.Letter.objects.get(pk=revision)
    spec = binding.spec_on(programme, "subsidised")
    return payments.list_of(programme, letter, binding.facts_of(programme, spec, letter)) if spec else None


def _year(programme: Programme, this: Round) -> str:
    return binding.year_folder(programme, this.year)


def _within(folder: str) -> Callable[[Programme, Round], str]:
    return lambda programme, this: f"{binding.year_folder(programme, this.year)}/{folder}"


def _summary_name(programme: Programme, revision: int) -> str:
    """A sheet to be filled in says in its name which one it is."""
    return f"{sheet_title(has_points=bool(programme.rubrics))}（第{revision}稿）"


KINDS = (
    Kind(
        "summary",
        lambda office: summaries.rounds_to_decide(office.programmes),
        _summary,
        build_summary,
        _within("评审"),
        _summary_name,
    ),
    Kind(
        handouts.KIND,
        handouts.rounds_to_score,
        _handouts,
        lambda sheet: build_handout(*sheet),
        _within(handouts.FOLDER),
        lambda programme, revision: "待填评分表",
        Many(handouts.plan, handouts.one_of),
    ),
    Kind(
        "evaluation",
        lambda office: rounds.rounds_with_evaluations(),
        _evaluation,
        build_evaluation_result,
        _within(evaluation_entry.FOLDER),
        lambda programme, revision: "会员评议结果",
    ),
    Kind(
        "ledger",
        lambda office: rounds.rounds_with_cases(),
        _ledger,
        lambda ledger: build_ledger((ledger,)),
        _year,
        lambda programme, revision: "年度台账",
        counts_days=True,
    ),
    Kind(
        "subsidy",
        lambda office: ledger.rounds_with_honours(),
        _settlement,
        build_settlement,
        _year,
        lambda programme, revision: f"补助测算（第{revision}稿）",
    ),
    Kind(
        "evidence",
        lambda office: evidence.rounds_with_evidence(),
        _evidence,
        build_evidence,
        _within("评审"),
        lambda programme, revision: f"佐证材料（第{revision}稿）",
    ),
    Kind(
        payments.LIST_KIND,
        lambda office: [],
        _payments,
        build_payment_list,
        _within(binding.ISSUED),
        lambda programme, revision: "付款清单",
    ),
    Kind(
        "approval",
        lambda office: rounds.rounds_with_binding_letters(),
        _approval,
        build_approval,
        _year,
        lambda programme, revision: f"发文审批表（第{revision}稿）",
    ),
)

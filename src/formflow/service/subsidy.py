"""Honours lists in files → what is to be paid. Free of Django and keeps nothing: whose ledger counts is an argument.

In: files in the order they are settled, the programme, a ledger. Out: a `Settlement`, and the files nothing could be settled from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from formflow.errors import UsageError
from formflow.forms.honours import honours_lists
from formflow.forms.ledgers import ledger_of
from formflow.forms.settlements import returned_settlement
from formflow.model.document import Document
from formflow.model.honours import Batch, Honour, HonoursList, Ledger, Ruling, Settlement, SettlementLine
from formflow.model.money import capital, yuan_number
from formflow.model.programme import Programme
from formflow.rules.subsidy import NamedLists, settle
from formflow.service import report
from formflow.service.members import Looked

EMPTY = Ledger()


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file that was given: each paper in it, read or not."""

    name: str
    papers: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before the lists: what was paid, honours of earlier lists that still count, and what was said about names."""

    ledger: Ledger = EMPTY
    earlier: tuple[Honour, ...] = ()
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """The settlement, and by file what of it could not be read as a list (code, sentence)."""

    settlement: Settlement
    problems: tuple[tuple[str, str, str], ...]

    @property
    def needs_person(self) -> bool:
        lines = (line for batch in self.settlement.batches for line in batch.lines)
        return bool(self.problems) or any(f.severity != "info" for line in lines for f in line.findings)


def settle_files(
    files: Sequence[ListFile],
    programme: Programme,
    ledger: Ledger,
    *,
    earlier: Sequence[Honour] = (),
    rulings: Sequence[Ruling] = (),
) -> Settled:
    """Settles the lists of each file as one batch. `earlier` are honours settled before that still count."""
    assert programme.honours is not None
    problems: list[tuple[str, str, str]] = []
    batches = []
    for file in files:
        lists: list[HonoursList] = []
        for paper in file.papers:
            found = _lists_in(paper.document, programme) if paper.document else ()
            lists += found
            if not found:
                problem = paper.problem
                code = problem.code if problem else "unrecognised"
                problems.append((paper.name, code, problem.message if problem else "没有认出荣誉名单"))
        batches.append(NamedLists(file.name, tuple(lists)))
    settlement = settle(batches, ledger, programme.honours, earlier=earlier, rulings=rulings)
    return Settled(settlement, tuple(problems))


def _lists_in(document: Document, programme: Programme) -> tuple[HonoursList, ...]:
    """The lists of a document; a 补助测算 of ours, which shows what was entered from lists, is none."""
    return () if returned_settlement(document) else honours_lists(document, (programme,))


def ledger_from(papers: Sequence[Looked], programme: Programme) -> Ledger:
    """The payments of a ledger's file, all of its tables. Raises UsageError where it holds none: nothing may be paid on a ledger that
    was not understood."""
    assert programme.honours is not None
    ledgers = []
    for paper in papers:
        found = ledger_of(paper.document, programme.honours) if paper.document else None
        if found is None:
            said = paper.problem.message if paper.problem else "没有认出“项目名称”和“已补助金额”两栏"
            raise UsageError(f"台账“{paper.name}”读不了：{said}", "请用表头写明项目名称和已补助金额（元）的表格。")
        ledgers.append(found)
    return Ledger(
        tuple(payment for found in ledgers for payment in found.payments),
        tuple(name for found in ledgers for name in found.doubtful),
        tuple(finding for found in ledgers for finding in found.findings),
    )


def settlement_json(settled: Settled) -> dict[str, Any]:
    """What `formflow subsidy --json` prints (design.md section 5): sums in yuan."""
    settlement = settled.settlement
    errors: dict[str, list[dict[str, str]]] = {}
    for name, code, message in settled.problems:
        errors.setdefault(name, []).append({"code": code, "message": message})
    batches = [_batch_json(batch) for batch in settlement.batches]
    value: dict[str, Any] = {
        "batches": batches,
        "total": yuan_number(settlement.total),
        "total_words": capital(settlement.total),
    }
    if errors:
        value["errors"] = [{"file": name, **error} for name, found in errors.items() for error in found]
    return value


def _batch_json(batch: Batch) -> dict[str, Any]:
    return {
        "file": batch.name,
        "projects": [_line_json(line) for line in batch.lines],
        "total": yuan_number(batch.total),
    }


def _line_json(line: SettlementLine) -> dict[str, Any]:
    return {
        "project": line.project,
        "organisation": line.organisation,
        "highest": line.highest,
        "entitlement": yuan_number(line.entitlement),
        "paid": yuan_number(line.paid),
        "payable": yuan_number(line.payable),
        "payable_words": capital(line.payable),
        "working": line.working,
        "findings": report.findings_json(line.findings),
    }

"""发文审批表: the letters of a programme's year laid before whoever signs them, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

# A draft is approved or held; what has been issued can only be withdrawn.
Verdict = Literal["approve", "hold", "void"]
VERDICT_WORDS: Mapping[Verdict, str] = {"approve": "是", "hold": "否", "void": "作废"}


@dataclass(frozen=True, slots=True)
class ApprovalHead:
    """Which sheet it is. `revision` counts the sheets of a programme's year; only the latest may come back."""

    programme_id: str
    programme_name: str
    year: int
    revision: int


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One letter. `key` names it for the way back, `file` is its draft's or its own file; `number` is "" until it is issued.

    The last four are what has been decided already and is shown in the columns to be filled in."""

    document: str
    title: str
    key: str
    file: str
    state: str
    number: str = ""
    verdict: Verdict | None = None
    signer: str = ""
    dated: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalSheet:
    """The sheet as it is written."""

    head: ApprovalHead
    lines: tuple[ApprovalLine, ...]


@dataclass(frozen=True, slots=True)
class ApprovalDecision:
    """What somebody wrote beside one letter. `signer` "" and `dated` None where they left it open."""

    key: str
    verdict: Verdict
    signer: str = ""
    dated: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedApproval:
    """A 发文审批表 that came back: whose it is, what was decided, and a sentence for each line that cannot be taken.

    A sheet with `problems` should not be acted on at all: half of it would leave the clerk guessing which half."""

    programme_id: str
    year: int
    revision: int
    decisions: tuple[ApprovalDecision, ...]
    problems: tuple[str, ...]

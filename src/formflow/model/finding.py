"""What is wrong with a paper: data for people, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formflow.model.document import Locator

# Stable words (design.md section 5): they are printed by `--json`.
FindingCode = Literal[
    "missing",
    "invalid",
    "inconsistent",
    "unsealed",
    "unsigned",
    "out_of_window",
    "attachment_missing",
    "low_confidence",
    "duplicate",
    "not_eligible",
]
# error: the applicant must put it right; review: a person here must look; info: said, nothing to do.
Severity = Literal["error", "review", "info"]

CODE_LABELS: dict[FindingCode, str] = {
    "missing": "未填写",
    "invalid": "填写不合要求",
    "inconsistent": "前后不一致",
    "unsealed": "未见盖章",
    "unsigned": "未见签名",
    "out_of_window": "不在申报时间内",
    "attachment_missing": "缺少附件",
    "low_confidence": "识读把握不足",
    "duplicate": "重复提交",
    "not_eligible": "不符合条件",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `field` is a field id or attachment id of the pack, None when it concerns the whole paper.

    `message` says what is wrong (Chinese, one sentence, no full stop needed at the reader's side), `requirement` what to do,
    `basis` the source's heading or clause, `label` the printed label of the field, `place` the place in words a clerk can follow
    ("第1张表第4行" …; empty when there is none).
    """

    code: FindingCode
    field: str | None
    severity: Severity
    message: str
    basis: str
    requirement: str = ""
    label: str = ""
    place: str = ""
    locator: Locator | None = None

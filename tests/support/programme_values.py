"""A small invented programme and records of it, for tests of the rules: no pack, no files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from formflow.model.checks import Check
from formflow.model.citation import Citation
from formflow.model.document import Document, Locator
from formflow.model.finding import Finding
from formflow.model.programme import Attachment, CaseRule, Column, Field, Form, Issuer, Programme
from formflow.model.record import Answer, Record

CITATION = Citation("notice.txt", "附件一 三")


def field(field_id: str, kind: str = "text", **settings: Any) -> Field:
    base = Field(field_id, f"栏目{field_id}", kind, f"栏目{field_id}", "body", True, CITATION)  # type: ignore[arg-type]
    return replace(base, **settings)


STEPS = field("steps", "rows", label="步骤", columns=(Column("when", "何时"), Column("what", "何事")))
OPINION = field("opinion", "opinion", label="主管意见", wants_seal=True, wants_signature=True, wants_date=True)
FIELDS = (
    field("name", label="名称", anchor="名称", region="cover"),
    field("start", "month", label="开始", anchor="起止", region="cover", range_part="start"),
    field("end", "month", label="结束", anchor="起止", region="cover", range_part="end"),
    field("signed_on", "month", label="填表月份", anchor="", region="cover"),
    field("site", label="地点"),
    STEPS,
    OPINION,
)
ATTACHMENTS = (
    Attachment("plan", "计划书", ("计划书",), "目标和措施", "review", CITATION),
    Attachment("licence", "许可证", ("许可证",), "有效期内的许可证", "error", CITATION),
)


def form(*checks: Check, fields: tuple[Field, ...] = FIELDS) -> Form:
    return Form("application", "申请表", Document("docx", ()), fields, checks, ("待补充",))


def programme(
    *checks: Check, attachments: tuple[Attachment, ...] = (), fields: tuple[Field, ...] = FIELDS
) -> Programme:
    return Programme(
        id="demo",
        name="示范项目",
        issuer=Issuer("某市总工会", "办公室", "地址", "电话", "联系人"),
        legal_basis=("通知",),
        copies=1,
        forms=(form(*checks, fields=fields),),
        attachments=attachments,
        case_rule=CaseRule(unit=("name", "site"), folder=("site", "name"), year=("signed_on", "start")),
        letters=(),
        parameters={},
        wording={},
        version="1.0.0",
        sha256="",
    )


FULL: dict[str, Any] = {
    "name": "清溪镇职工服务中心",
    "start": "2022-03",
    "end": "2023-02",
    "signed_on": "2022-03",
    "site": "清溪镇",
    "steps": [{"when": "2022年3月", "what": "动员"}, {"when": "2022年4月—6月", "what": "实施"}],
    "opinion": {"text": "同意。", "sealed": True, "signed": True, "date": "2022-03-20"},
}


def answer(field_id: str, value: Any, **settings: Any) -> Answer:
    raw = value if isinstance(value, str) else ""
    base = Answer(field_id, value, raw, Locator("table 1, row 4, column 2"), 0.99)
    return replace(base, **settings)


def record(*answers: Answer, enclosed: tuple[str, ...] = (), **values: Any) -> Record:
    """The full record with some values, or whole answers, put in their place."""
    given = {field_id: answer(field_id, value) for field_id, value in (FULL | values).items()}
    return Record("demo", "application", given | {a.field_id: a for a in answers}, enclosed)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str]]:
    return [(finding.code, finding.field, finding.severity) for finding in findings]

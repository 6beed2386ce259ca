"""Letters to be tested: invented facts of any length, composed and filled in as the service does it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from formflow.letters.compose import compose
from formflow.letters.word import render
from formflow.model.case import CaseKey, Decision
from formflow.model.citation import Citation
from formflow.model.document import Document
from formflow.model.finding import Finding
from formflow.model.letter import LetterContent, LetterFacts
from formflow.model.programme import Attachment, CaseRule, Field, Form, Issuer, LetterSpec, Programme
from formflow.model.record import Answer, Record

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates" / "nantong-service-centre" / "letters"
_CITED = Citation("000.txt", "四、申报方法")
_ISSUER = Issuer("南通市总工会", "权益保障部", "南通市崇川区某路1号", "0513-00000000", "经办人")


def _field(name: str, label: str, kind: str = "text", part: str | None = None) -> Field:
    return Field(name, label, kind, label, "cover", True, _CITED, range_part=part)  # type: ignore[arg-type]


FIELDS = (
    _field("name", "单位名称"),
    _field("start", "建设时间（起）", "month", "start"),
    _field("end", "建设时间（止）", "month", "end"),
    _field("applicant", "申请单位"),
    _field("work", "目前工作情况"),
    _field("plan", "工作方案"),
)


def spec(on: str = "supplement") -> LetterSpec:
    title = {"accepted": "受理通知书", "supplement": "补正通知书"}[on]
    return LetterSpec(on, title, on, "letter", False, f"{title}.docx", (TEMPLATES / f"{title}.docx").read_bytes())  # type: ignore[arg-type]


def programme(**changes: object) -> Programme:
    values: dict[str, object] = {
        "id": "p", "name": "职工服务中心赋能创优", "issuer": _ISSUER,
        "legal_basis": ("南通市总工会关于开展职工服务中心赋能创优活动的通知（2022年3月7日）",), "copies": 2,
        "forms": (Form("application", "申请表", Document("docx", ()), FIELDS, (), ()),),
        "attachments": (Attachment("scheme", "实施方案", ("实施方案",), "分年度举措、建设任务和资金投入", "review", _CITED),),
        "case_rule": CaseRule(("name", "applicant"), ("applicant", "name"), ("start",)), "letters": (), "parameters": {},
        "wording": {
            "后续程序": "请按申请表和实施方案开展建设。第四季度，自评达标的可以提出验收申请。",
            "逾期后果": "逾期没有补正的，本次申报不再继续办理，今后仍可重新申请。", "份数要求": "申请表一式两份，并同时报送电子版。",
        }, "version": "1", "sha256": "0",
    }  # fmt: skip
    return Programme(**{**values, **changes})  # type: ignore[arg-type]


def record(**answers: object) -> Record:
    values = {
        "name": "启航镇职工服务中心（站）",
        "applicant": "启航镇总工会",
        "start": "2022-03",
        "end": "2023-02",
        **answers,
    }
    return Record("p", "application", {key: Answer(key, value, str(value), None, 1.0) for key, value in values.items()})


def finding(number: int, severity: str = "error", **changes: object) -> Finding:
    field = FIELDS[number % len(FIELDS)]
    values: dict[str, object] = {
        "code": "missing", "field": field.id, "severity": severity, "message": f"“{field.label}”没有填写",
        "basis": "附件2 一、申请单位现状", "requirement": "请写明已有的场所、人员、服务项目和近一年的工作成效", "label": field.label,
        "place": f"第1张表第{number + 2}行",
    }  # fmt: skip
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def facts(*findings: Finding, **changes: object) -> LetterFacts:
    values: dict[str, object] = {
        "programme": programme(), "case": CaseKey("p", 2022, "启航镇总工会", "启航镇总工会", "启航镇总工会", ("启航镇总工会",)),
        "record": record(), "decision": Decision("supplement" if any(f.severity == "error" for f in findings) else "accepted", findings),
        "serial": "赋能创优补正〔2022〕1号", "received_on": date(2022, 3, 10), "issued_on": date(2022, 3, 10),
        "received_papers": (("职工服务中心赋能创优申请表", "电子版，Word 文件"),), "deadline": date(2022, 3, 24), "working_days": 10,
    }  # fmt: skip
    return LetterFacts(**{**values, **changes})  # type: ignore[arg-type]


def supplement_letter(items: int = 3, **changes: object) -> LetterContent:
    """A 补正通知书 with that many items, one hint and one paper asked for."""
    asked = finding(0, "review", code="attachment_missing", field="scheme", label="实施方案")
    hint = finding(1, "review", code="unsealed", message="“承担单位意见”未见盖章", requirement="请核对原件")
    return compose(spec(), facts(*(finding(n) for n in range(items)), asked, hint, **changes))


def acceptance_letter(papers: int = 2, **changes: object) -> LetterContent:
    received = tuple((f"申报材料第{n}件", "电子版，Word 文件") for n in range(1, papers + 1))
    return compose(spec("accepted"), facts(**{"received_papers": received, **changes}))


def written(content: LetterContent) -> bytes:
    """The Word file of a composed letter."""
    on = "accepted" if content.title == "受理通知书" else "supplement"
    return render(spec(on).template, content.context, name=f"{content.title}.docx")

from __future__ import annotations

from dataclasses import replace

from formflow.model.document import Box, Locator
from formflow.model.finding import Finding
from formflow.model.record import Answer, Record
from formflow.service import report

PLACE = Locator("table 1, row 2, column 2")
ON_PAGE = Locator("table 1", 2, Box(1.0, 2.0, 3.0, 4.0))
RECORD = Record(
    "p",
    "application",
    {
        "industry": Answer("industry", "制鞋业", "制鞋业 ", PLACE, 0.99),
        "schedule": Answer("schedule", [{"time": "2022-03"}], "", ON_PAGE, 1 / 3, "看不清", (PLACE, ON_PAGE)),
        "work_plan": Answer("work_plan", None, "", None, 0.5),
    },
    ("plan",),
)

# As it comes back: a confidence is kept to four digits.
SAME = replace(RECORD, answers={**RECORD.answers, "schedule": replace(RECORD.answers["schedule"], confidence=0.3333)})


def test_fields_are_printed_as_promised() -> None:
    assert report.fields_json(RECORD) == {
        "industry": {
            "value": "制鞋业",
            "confidence": 0.99,
            "source": {"part": "table 1, row 2, column 2", "page": None, "box": None},
        },
        "schedule": {
            "value": [{"time": "2022-03"}],
            "confidence": 0.3333,
            "source": {"part": "table 1", "page": 2, "box": [1.0, 2.0, 3.0, 4.0]},
        },
        "work_plan": {"value": None, "confidence": 0.5, "source": None},
    }


def test_a_record_comes_back_from_its_json() -> None:
    again = report.record_of("p", "application", report.fields_json(RECORD), ["plan"])
    assert {key: answer.value for key, answer in again.answers.items()} == {
        key: answer.value for key, answer in RECORD.answers.items()
    }
    assert again.answers["schedule"].locator == ON_PAGE
    assert report.record_of("p", "application", report.kept_json(RECORD), ["plan"]) == SAME
    assert (again.programme_id, again.kind, again.enclosed) == ("p", "application", ("plan",))


def test_findings_are_printed_as_promised() -> None:
    finding = Finding("missing", "current_work", "error", "没有填写", "附件2 一", "请填写", "目前工作情况", "第1张表")
    assert report.findings_json([finding]) == [
        {"code": "missing", "field": "current_work", "severity": "error", "message": "没有填写", "basis": "附件2 一"}
    ]


def test_errors_and_doubts_hold_a_paper_back() -> None:
    review = Finding("unsealed", "opinion_managing", "review", "x", "y")
    assert report.is_complete([review])
    assert not report.is_complete([review, Finding("missing", "industry", "error", "x", "y")])
    assert not report.is_complete([Finding("low_confidence", "industry", "review", "x", "y")])

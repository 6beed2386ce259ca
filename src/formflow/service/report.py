"""What was read from one paper, as JSON: what `formflow read` prints and what the register keeps. Pure, and free of Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from formflow.model.document import Box, Locator
from formflow.model.finding import Finding
from formflow.model.record import Answer, Record


def fields_json(record: Record) -> dict[str, Any]:
    """Every field with its value, confidence and place (design.md section 5)."""
    return {
        field_id: {
            "value": answer.value,
            "confidence": round(answer.confidence, 4),
            "source": _source(answer.locator),
        }
        for field_id, answer in record.answers.items()
    }


def findings_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Every finding by its stable words and its sentence."""
    return [
        {
            "code": finding.code,
            "field": finding.field,
            "severity": finding.severity,
            "message": finding.message,
            "basis": finding.basis,
        }
        for finding in findings
    ]


def is_complete(findings: Iterable[Finding]) -> bool:
    """Nothing stands in the way of accepting the paper."""
    return not any(finding.severity == "error" for finding in findings)


def record_of(programme_id: str, kind: str, fields: Mapping[str, Mapping[str, Any]], enclosed: Iterable[str]) -> Record:
    """The record again from its JSON; the raw texts are not kept there and come back empty."""
    answers = {
        field_id: Answer(field_id, field["value"], "", _locator(field["source"]), field["confidence"])
        for field_id, field in fields.items()
    }
    return Record(programme_id, kind, answers, tuple(enclosed))


def _source(locator: Locator | None) -> dict[str, Any] | None:
    if locator is None:
        return None
    box = locator.box
    return {
        "part": locator.part,
        "page": locator.page,
        "box": [box.x0, box.y0, box.x1, box.y1] if box else None,
    }


def _locator(source: Mapping[str, Any] | None) -> Locator | None:
    if source is None:
        return None
    return Locator(source["part"], source["page"], Box(*source["box"]) if source["box"] else None)

"""What was read from one paper, as JSON: what `formflow read` prints and what the register keeps. Pure, and free of Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from formflow.model.document import Box, Locator
from formflow.model.finding import Finding
from formflow.model.record import Answer, Record
from formflow.rules.decide import decide


def fields_json(record: Record) -> dict[str, Any]:
    """Every field with its value, confidence and place (design.md section 5)."""
    return {field_id: _field_json(answer) for field_id, answer in record.answers.items()}


def _field_json(answer: Answer) -> dict[str, Any]:
    printed = {
        "value": answer.value,
        "confidence": round(answer.confidence, 4),
        "source": _source(answer.locator),
    }
    if answer.parts:
        printed["parts"] = {part.field_id: _field_json(part) for part in answer.parts}
    return printed


def kept_json(record: Record) -> dict[str, Any]:
    """What the register keeps of every field: what is printed, and what it takes to check the record again."""
    printed = fields_json(record)
    return {
        field_id: {
            **printed[field_id],
            "raw": answer.raw,
            "doubt": answer.doubt,
            "rows": [_source(place) for place in answer.row_locators],
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
    """Nothing stands in the way of accepting the paper: no error, and nothing that was read unsurely."""
    return decide(findings).outcome == "accepted"


def record_of(programme_id: str, kind: str, fields: Mapping[str, Mapping[str, Any]], enclosed: Iterable[str]) -> Record:
    """The record again from what was kept; where only the printed part was (an older register), raw texts come back empty."""
    answers = {
        field_id: Answer(
            field_id,
            field["value"],
            field.get("raw", ""),
            _locator(field["source"]),
            field["confidence"],
            field.get("doubt", ""),
            tuple(place for source in field.get("rows", ()) if (place := _locator(source))),
        )
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

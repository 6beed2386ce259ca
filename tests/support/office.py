"""The packs as delivered and the core that reads a paper by them, for tests that go through the whole core."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from formflow.forms.align import align
from formflow.forms.recognise import recognise
from formflow.model.programme import Programme
from formflow.packs import load_packs
from formflow.reading import read_document
from formflow.rules.checks import check

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
NANTONG = TEMPLATES / "nantong-service-centre"
CORPUS = ROOT.parent / "shared" / "corpus" / "real"


@cache
def packs() -> tuple[Programme, ...]:
    return load_packs(TEMPLATES)


def read_paper(data: bytes) -> tuple[dict[str, Any], set[tuple[str, str | None]], dict[str, float]]:
    """Values, findings as (code, field), and confidences of a paper that a pack must claim."""
    document = read_document(data)
    match = recognise(document, packs()).only
    assert match is not None
    assert match.form is not None
    record = align(document, match.form, match.programme.id, match.programme.attachments)
    findings = check(match.programme, match.form, record, None)
    answers = record.answers
    return (
        {key: answer.value for key, answer in answers.items()},
        {(finding.code, finding.field) for finding in findings},
        {key: answer.confidence for key, answer in answers.items()},
    )

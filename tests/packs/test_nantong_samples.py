"""Every sample of the pack gives exactly what stands beside it: each value, each finding, none more."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from formflow.forms.align import align
from formflow.forms.recognise import recognise
from formflow.reading import read_document
from formflow.rules.checks import check
from support.corpus import has_libreoffice, resave
from support.office import NANTONG, packs, read_paper

GOLDEN = sorted((Path(__file__).parent / "nantong-service-centre").glob("*/expected.json"))


def expected(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_every_sample_has_its_golden() -> None:
    assert len(GOLDEN) >= 12
    assert {expected(path)["file"] for path in GOLDEN} == {path.name for path in (NANTONG / "samples").glob("*.docx")}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_a_sample_is_read_exactly(path: Path) -> None:
    golden = expected(path)
    document = read_document((NANTONG / "samples" / golden["file"]).read_bytes())
    match = recognise(document, packs()).only
    assert match is not None
    assert match.kind == golden["kind"]
    if match.form is None:
        return
    record = align(document, match.form, match.programme.id, match.programme.attachments)
    assert {key: answer.value for key, answer in record.answers.items()} == golden["fields"]
    findings = check(match.programme, match.form, record, None)
    assert Counter((finding.code, finding.field) for finding in findings) == Counter(map(tuple, golden["findings"]))


@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    "path",
    [path for path in GOLDEN if "complete" in path.parent.name or "label" in path.parent.name],
    ids=lambda path: path.parent.name,
)
def test_a_sample_saved_again_by_libreoffice_says_the_same(path: Path) -> None:
    golden = expected(path)
    values, findings, _ = read_paper(resave((NANTONG / "samples" / golden["file"]).read_bytes()))
    assert values == golden["fields"]
    assert findings == {tuple(finding) for finding in golden["findings"]}

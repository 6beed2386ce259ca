"""Every sample of the pack gives exactly what stands beside it: each value, each finding, none more."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from formflow.forms.align import align
from formflow.forms.honours import honours_lists, record_of_list
from formflow.forms.recognise import recognise
from formflow.reading import read_document
from formflow.rules.checks import check
from formflow.service.assess import assess
from support.corpus import has_libreoffice, resave
from support.draw_recommendation import draw
from support.draw_recommendation_samples import FORMS
from support.office import TEMPLATES, packs

PACK = TEMPLATES / "qingdao-social-organisations"
GOLDEN = sorted((Path(__file__).parent / PACK.name).glob("*/expected.json"))


def expected(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def told(data: bytes) -> tuple[str, dict[str, Any], Counter[tuple[str, str | None]]]:
    """Kind, values and findings of a paper."""
    document = read_document(data)
    match = recognise(document, packs()).only
    if match and match.form:
        record = align(document, match.form, match.programme.id, match.programme.attachments)
        findings = check(match.programme, match.form, record, None)
        assert match.programme.id == PACK.name
    elif lists := honours_lists(document, packs()):
        (found,) = lists
        record, findings = record_of_list(found), found.findings
    else:
        (seen,) = assess("报道", data, packs(), read_document)
        assert seen.record is not None
        record, findings = seen.record, seen.findings
    values = {key: answer.value for key, answer in record.answers.items()}
    return record.kind, values, Counter((finding.code, finding.field) for finding in findings)


def test_every_sample_has_its_golden() -> None:
    assert len(GOLDEN) >= 7
    samples = {
        path.relative_to(PACK / "samples").as_posix() for path in (PACK / "samples").rglob("*") if path.is_file()
    }
    assert {expected(path)["file"] for path in GOLDEN} == samples


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_a_sample_is_read_exactly(path: Path) -> None:
    golden = expected(path)
    kind, values, findings = told((PACK / "samples" / golden["file"]).read_bytes())
    assert (kind, values) == (golden["kind"], golden["fields"])
    assert findings == Counter(map(tuple, golden["findings"]))


def test_the_blank_and_the_forms_are_what_is_drawn() -> None:
    assert (PACK / "application.docx").read_bytes() == draw()
    for name, values in FORMS.items():
        assert (PACK / "samples" / name).read_bytes() == draw(values)


def test_the_blank_says_nothing() -> None:
    _, values, findings = told(draw())
    assert all(value in (None, []) for key, value in values.items() if key != "opinion_recommending")
    required = {
        field.id for field in next(p for p in packs() if p.id == PACK.name).forms[0].fields if field.is_required
    }
    assert {field for code, field in findings if code == "missing"} == required


@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    "path",
    [path for path in GOLDEN if path.parent.name in ("complete", "several-slips")],
    ids=lambda path: path.parent.name,
)
def test_a_sample_saved_again_by_libreoffice_says_the_same(path: Path) -> None:
    golden = expected(path)
    kind, values, _ = told(resave((PACK / "samples" / golden["file"]).read_bytes()))
    assert (kind, values) == (golden["kind"], golden["fields"])

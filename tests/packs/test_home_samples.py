"""Every sample of beijing-workers-home and sichuan-demonstration-units gives exactly what stands beside it: each value, each finding."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from formflow.forms.align import align
from formflow.forms.evaluations import evaluation_sheets, record_of
from formflow.forms.recognise import recognise
from formflow.reading import read_document
from formflow.rules.checks import check
from formflow.rules.evaluations import check_evaluation
from support.draw_home_samples import HOMES, UNITS, files
from support.home_fills import LAYOUTS, make
from support.office import TEMPLATES, packs, read_paper

GOLDEN = sorted(path for pack in (HOMES, UNITS) for path in (Path(__file__).parent / pack).glob("*/expected.json"))


def expected(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def sample(path: Path) -> bytes:
    return (TEMPLATES / path.parent.parent.name / "samples" / expected(path)["file"]).read_bytes()


def test_every_sample_has_its_golden_and_is_drawn_as_told() -> None:
    told = {f"{path.parent.parent.name}/{expected(path)['file']}" for path in GOLDEN}
    shipped = {f"{pack}/{path.name}" for pack in (HOMES, UNITS) for path in (TEMPLATES / pack / "samples").iterdir()}
    assert len(GOLDEN) >= 5
    assert told == shipped
    assert shipped <= set(files())


@pytest.mark.parametrize(
    "path", [path for path in GOLDEN if "votes" not in path.parent.name], ids=lambda path: path.parent.name
)
def test_a_form_is_read_exactly_and_by_its_own_pack(path: Path) -> None:
    golden = expected(path)
    document = read_document(sample(path))
    match = recognise(document, packs()).only
    assert match is not None
    assert match.form is not None
    assert (match.programme.id, match.kind) == (path.parent.parent.name, "application")
    record = align(document, match.form, match.programme.id, match.programme.attachments)
    assert {key: answer.value for key, answer in record.answers.items()} == golden["fields"]
    findings = check(match.programme, match.form, record, None)
    assert Counter((finding.code, finding.field) for finding in findings) == Counter(map(tuple, golden["findings"]))


@pytest.mark.parametrize(
    "path", [path for path in GOLDEN if "votes" in path.parent.name], ids=lambda path: path.parent.name
)
def test_votes_are_read_exactly_and_by_one_pack(path: Path) -> None:
    golden = expected(path)
    document = read_document(sample(path))
    (sheet,) = evaluation_sheets(document, packs())
    programme = next(programme for programme in packs() if programme.id == sheet.programme_id)
    assert programme.id == HOMES
    assert programme.evaluation is not None
    record = record_of(sheet, programme.evaluation)
    assert {key: answer.value for key, answer in record.answers.items()} == golden["fields"]
    assert check_evaluation(programme.evaluation, sheet) == ()
    assert recognise(document, packs()).matches == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_hands_and_layouts(layout: str) -> None:
    right = wanted = 0
    for seed in range(12):
        data, values, findings = make(7_000 + seed, layout)
        got, found, _ = read_paper(data)
        wanted += len(values)
        right += sum(got[key] == value for key, value in values.items())
        assert found == set(findings)
    assert wanted == 12 * 36
    assert right / wanted >= 0.99


def test_forms_of_other_packs_are_not_claimed() -> None:
    papers = sorted((TEMPLATES / "nantong-service-centre" / "samples").glob("*申请表*.docx"))
    claims = {
        match.programme.id for path in papers for match in recognise(read_document(path.read_bytes()), packs()).matches
    }
    assert len(papers) >= 8
    assert claims == {"nantong-service-centre"}
    assert not any(evaluation_sheets(read_document(path.read_bytes()), packs()) for path in papers)

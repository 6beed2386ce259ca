"""The sample score sheets say what was drawn, and what is wrong with them is found."""

from __future__ import annotations

import pytest

from formflow.forms.score_sheets import score_sheets
from formflow.model.scoring import CheckedSheet
from formflow.reading import read_document
from formflow.rules.aggregate import aggregate
from formflow.rules.scoring import check_sheet, check_together
from support.draw_score_samples import FOLDER, Sample, samples
from support.score_sheets import programme, rubric

SAMPLES = samples()


def test_all_samples_are_drawn_ones() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {sample.name for sample in SAMPLES}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_is_read_exactly(sample: Sample) -> None:
    found = score_sheets(read_document((FOLDER / sample.name).read_bytes()), (programme(),))
    assert len(found) == len(sample.marks)
    for one, marks, findings in zip(found, sample.marks, sample.findings, strict=True):
        told = {name: mark.value for name, mark in one.sheet.scores.items() if mark.value is not None}
        assert told == marks.scores
        assert (one.sheet.centre_name.value, one.sheet.reviewer.value) == (marks.centre, marks.reviewer)
        assert one.sheet.rate is not None
        assert one.sheet.rate.value == marks.rate
        assert sorted((f.code, f.field) for f in check_sheet(one.rubric, one.sheet)) == sorted(findings)


def test_together_they_rank_three_units() -> None:
    sheets = [
        CheckedSheet(one.sheet, check_sheet(one.rubric, one.sheet), path.name)
        for path in sorted(FOLDER.iterdir())
        for one in score_sheets(read_document(path.read_bytes()), (programme(),))
    ]
    results = aggregate(rubric(), check_together(sheets))
    assert sorted((r.centre_name[-9:-6], len(r.sheets), len(r.returned)) for r in results) == [
        ("柳湾镇", 2, 0), ("白鹭镇", 1, 1), ("石梁镇", 3, 0)
    ]  # fmt: skip
    assert all(r.total is not None and r.total > 80 for r in results)

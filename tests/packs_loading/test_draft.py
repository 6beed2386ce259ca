"""A pack drafted from a blank is one that can be loaded and used."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import UnreadableError, UsageError
from formflow.forms.align import align
from formflow.model.programme import Programme
from formflow.packs import load_pack
from formflow.packs.draft import TO_FILL_IN, draft_pack
from formflow.reading.docx import read_docx
from support.as_word import as_word
from support.papers import document
from support.unknown_forms import UNKNOWN, Unknown


def _loaded(unknown: Unknown, folder: Path) -> Programme:
    for name, data in draft_pack(as_word(unknown.blank), folder.name).files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return load_pack(folder)


@pytest.mark.parametrize("unknown", UNKNOWN, ids=lambda unknown: unknown.name)
def test_any_blank_makes_a_pack_that_reads_its_copies(unknown: Unknown, tmp_path: Path) -> None:
    (form,) = _loaded(unknown, tmp_path / "drafted").forms
    answers = align(read_docx(as_word(unknown.copy)), form).answers
    said = {field.label: answers[field.id].value for field in form.fields if field.type == "text"}
    expected = {label.replace("#2", "（第2处）"): value for label, value in unknown.values.items()}
    assert said
    assert said == {label: expected[label] for label in said}


def test_what_the_fields_become(tmp_path: Path) -> None:
    (form,) = _loaded(UNKNOWN[0], tmp_path / "drafted").forms
    by_id = {field.id: field for field in form.fields}
    assert by_id["form_date"].type == "month"
    assert by_id["sex"].options == ("男", "女")
    rows = next(field for field in form.fields if field.type == "rows")
    assert [column.id for column in rows.columns] == ["name", "relation", "age", "column_01"]
    opinion = next(field for field in form.fields if field.type == "opinion")
    assert (opinion.wants_seal, opinion.wants_signature, opinion.wants_date) == (True, True, True)


def test_heads_over_heads_stand_in_the_pack(tmp_path: Path) -> None:
    (form,) = _loaded(UNKNOWN[1], tmp_path / "drafted").forms
    (rows,) = (field for field in form.fields if field.type == "rows")
    answer = align(read_docx(as_word(UNKNOWN[1].copy)), form).answers[rows.id]
    assert [list(row.values()) for row in answer.value] == [["1", "海风公司", "30", "12"]]


def test_what_a_blank_cannot_tell_is_asked_for(tmp_path: Path) -> None:
    programme = _loaded(UNKNOWN[2], tmp_path / "drafted")
    assert programme.issuer.name.startswith(TO_FILL_IN)
    assert all(TO_FILL_IN in text for text in programme.wording.values())
    assert all(field.citation.is_local for field in programme.forms[0].fields)
    assert (programme.name, programme.case_rule.unit, programme.case_rule.year) == (
        "职工书屋",
        ("applicant_unit",),
        ("form_date",),
    )


def test_a_form_without_a_date_counts_by_its_arrival(tmp_path: Path) -> None:
    assert _loaded(UNKNOWN[3], tmp_path / "drafted").case_rule.year == ()


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(UsageError):
        draft_pack(as_word(document("关于开展活动的通知", "请认真执行。")), "x")
    with pytest.raises(UnreadableError):
        draft_pack(b"no Word file", "x")

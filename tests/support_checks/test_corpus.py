"""The corpus itself: the same every time, whole, and true to what it claims to contain."""

from __future__ import annotations

import io
import json
import random
from dataclasses import replace

import pytest
from docx import Document
from lxml import etree

from support import draw_application, draw_samples
from support.corpus import PRODUCERS, WRITING_EDITS, Paper, has_libreoffice, make, papers
from support.evaluate import evaluate
from support.filling import FIELD_ORDER, Filling, Opinion, ScheduleRow, fields_of, findings_of
from support.hand_edits import HAND_EDITS, edit_by_hand
from support.packing import unpack
from support.sample_cases import SAMPLES, complete


def _words(data: bytes) -> str:
    """All text of document.xml that is not deleted, moved away or said twice, without white space."""
    root = etree.fromstring(unpack(data)["word/document.xml"])
    hidden = ("}del", "}moveFrom", "}Fallback", "}instrText")
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.tag.endswith(hidden) and element.getparent() is not None:
            if element.getparent().tag.endswith("}trPr"):  # a row struck out as a whole
                element = element.getparent().getparent()
            if element.getparent() is not None:
                element.getparent().remove(element)
    return "".join("".join(root.itertext()).split())


# The blank and the samples -------------------------------------------------------------------------------------------


def test_blank_is_what_the_script_draws() -> None:
    assert unpack(draw_application.BLANK.read_bytes()) == unpack(draw_application.draw())


def test_blank_has_every_label_and_the_printed_blanks() -> None:
    document = Document(draw_application.BLANK)
    cells = ["".join(cell.text.split()) for row in document.tables[0].rows for cell in row.cells]
    for label in ("申请单位", "所属行业", "现状及应具备条件符合性", "目前工作情况", "1.经费主要投入方向", "2.经费来源"):
        assert label in cells
    for unit in draw_application.OPINION_UNITS:
        assert any(cell.startswith(f"{unit}（盖章）：负责人（签名）年月日") for cell in cells)
    underlined = [run for p in document.paragraphs for run in p.runs if run.underline and not run.text.strip()]
    assert len(underlined) == 7


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.case)
def test_sample_is_drawn_and_has_its_golden(sample: draw_samples.Sample) -> None:
    data = (draw_samples.FOLDER / sample.file).read_bytes()
    assert unpack(data)["word/document.xml"] == unpack(draw_samples.papers()[sample.file])["word/document.xml"]
    golden = json.loads((draw_samples.GOLDEN / sample.case / "expected.json").read_text(encoding="utf-8"))
    assert golden == draw_samples.goldens()[sample.case]
    assert tuple(golden["fields"]) == FIELD_ORDER


def test_every_golden_has_its_file_and_every_file_its_golden() -> None:
    goldens = [json.loads(path.read_text(encoding="utf-8")) for path in draw_samples.GOLDEN.glob("*/expected.json")]
    files = {path.name for path in draw_samples.FOLDER.glob("*.docx")}
    assert len(files) >= 12
    assert sorted(golden["file"] for golden in goldens if "file" in golden) == sorted(files)


def test_samples_cover_every_finding_of_the_form() -> None:
    found = {pair for sample in SAMPLES for pair in findings_of(sample.filling)}
    assert {code for code, _ in found} == {
        "missing", "invalid", "inconsistent", "out_of_window", "unsealed", "unsigned", "attachment_missing",
    }  # fmt: skip
    assert sum(not any(code in ("missing", "invalid", "inconsistent", "out_of_window") for code, _ in findings_of(s.filling))
               for s in SAMPLES) >= 6  # fmt: skip


# Truth ---------------------------------------------------------------------------------------------------------------

REVIEWS_OF_A_COMPLETE_FORM = {
    *((code, name) for code in ("unsealed", "unsigned") for name in FIELD_ORDER if name.startswith("opinion_")),
    ("attachment_missing", "development_plan"),
    ("attachment_missing", "implementation_plan"),
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"industry": "／"}, {("missing", "industry")}),
        ({"centre_name": "白鹭镇职工之家"}, {("invalid", "centre_name")}),
        ({"period_end": (2025, 2)}, {("invalid", "period_end")}),
        ({"period_end": (2023, 3)}, set()),
        ({"period_end": (2024, 2)}, set()),
        ({"period_end": (2022, 2)}, {("inconsistent", "period_end")}),
        ({"form_date": (2022, 4)}, {("out_of_window", "form_date")}),
        ({"form_date": None}, {("missing", "form_date")}),
        ({"half_written": frozenset({"period_start"})}, {("invalid", "period_start")}),
        ({"schedule": ()}, {("missing", "schedule")}),
        ({"schedule": (ScheduleRow("", "内容", "单位"),)}, {("missing", "schedule")}),
        (
            {"schedule": (ScheduleRow("2025年1月", "内容", "单位", (2025, 1), (2025, 1)),)},
            {("inconsistent", "schedule")},
        ),
        ({"period_start": (2021, 3), "period_end": (2023, 2)}, {("out_of_window", "period_start")}),
    ],
)
def test_truth_of_one_slip(change: dict[str, object], expected: set[tuple[str, str]]) -> None:
    filling: Filling = replace(complete(0), **change)  # type: ignore[arg-type]
    assert set(findings_of(filling)) == REVIEWS_OF_A_COMPLETE_FORM | expected


def test_truth_of_an_empty_opinion_is_one_finding() -> None:
    found = findings_of(replace(complete(0), opinion_managing=Opinion()))
    assert [code for code, name in found if name == "opinion_managing"] == ["missing"]


# The generator -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("producer", PRODUCERS)
def test_paper_is_the_same_every_time_and_opens(producer: str) -> None:
    paper = make(11, producer, 4)
    assert paper == make(11, producer, 4)
    assert paper.data != make(12, producer, 4).data
    assert tuple(paper.fields) == FIELD_ORDER
    if not producer.endswith("+strict"):  # python-docx does not know Strict
        assert Document(io.BytesIO(paper.data)).element.body is not None


@pytest.mark.parametrize("producer", [name for name in PRODUCERS if "+" not in name])
@pytest.mark.parametrize("edit", WRITING_EDITS)
def test_paper_contains_what_it_claims(producer: str, edit: str) -> None:
    """Every text answer stands in the file, whatever was done to labels, cover and rows."""
    paper = make(3, producer, [edit])
    words = _words(paper.data)
    for name in ("centre_name", "eligibility", "work_plan", "funding_source"):
        assert "".join((paper.fields[name] or "").split()) in words
    for row in paper.fields["schedule"]:
        assert all("".join((text or "").split()) in words for text in row.values())


@pytest.mark.parametrize("edit", WRITING_EDITS)
def test_writing_edit_changes_the_paper_but_not_the_truth(edit: str) -> None:
    layouts = ("blank", "two_columns", "six_columns")
    pairs = [(make(seed, layout, [edit]), make(seed, layout, [])) for seed in range(6) for layout in layouts]
    assert any(edited.data != plain.data for edited, plain in pairs)
    assert all(edited.fields == plain.fields and edited.findings == plain.findings for edited, plain in pairs)


@pytest.mark.parametrize("edit", HAND_EDITS)
@pytest.mark.parametrize("layout", ["blank", "side_heads"])
def test_hand_edit_changes_the_file_but_not_its_words(edit: str, layout: str) -> None:
    plain = [make(seed, layout, []) for seed in range(4)]
    edited = [edit_by_hand(paper.data, [edit], random.Random(1)) for paper in plain]
    assert [_words(data) for data in edited] == [_words(paper.data) for paper in plain]
    assert any(len(unpack(data)["word/document.xml"]) != len(unpack(paper.data)["word/document.xml"])
               for data, paper in zip(edited, plain, strict=True))  # fmt: skip


def test_papers_take_every_producer_in_turn() -> None:
    made = papers(2 * len(PRODUCERS))
    assert {paper.trail[0] for paper in made} == set(PRODUCERS)
    assert len({paper.name for paper in made}) == len(made)


@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_words() -> None:
    paper, resaved = make(5, "two_columns+libreoffice", []), make(5, "two_columns", [])
    assert paper.data != resaved.data
    assert "".join(paper.fields["applicant"].split()) in _words(paper.data)


# The evaluation ------------------------------------------------------------------------------------------------------


def _oracle(made: list[Paper]) -> dict[bytes, Paper]:
    return {paper.data: paper for paper in made}


def test_perfect_reader_scores_one() -> None:
    made = papers(15)
    known = _oracle(made)
    scores = evaluate(lambda data: (known[data].fields, set(known[data].findings)), made)
    assert (scores.field_f1, scores.finding_recall, scores.finding_precision, scores.review_recall) == (1, 1, 1, 1)
    assert scores.mistakes == ()


def test_silent_and_failing_readers_score_nothing() -> None:
    made = papers(15)
    assert evaluate(lambda data: ({}, set()), made).field_f1 == 0

    def fail(data: bytes) -> tuple[dict[str, object], set[tuple[str, str]]]:
        raise ValueError("broken")

    scores = evaluate(fail, made)
    assert scores.field_f1 == 0
    assert sum(mistake.what == "failure" for mistake in scores.mistakes) == 15


def test_one_wrong_value_and_one_false_finding_are_counted() -> None:
    paper = make(1, "blank", [])
    wrong = {**paper.fields, "industry": "别的"}

    def read(data: bytes) -> tuple[dict[str, object], set[tuple[str, str]], dict[str, float]]:
        return wrong, {*paper.findings, ("duplicate", "industry")}, {"industry": 0.5}

    scores = evaluate(read, [paper])
    assert 0 < scores.field_f1 < 1
    assert scores.wrong_at_high_confidence == 0
    assert scores.finding_recall == 1
    assert scores.finding_precision < 1
    assert [mistake.name for mistake in scores.mistakes] == ["industry", "('duplicate', 'industry')"]
    sure = evaluate(lambda data: (wrong, set(paper.findings)), [paper])
    assert sure.wrong_at_high_confidence == 1


def test_fields_of_placeholders_are_null() -> None:
    filling = Filling(industry="待补充", eligibility="　", opinion_managing=Opinion(text="／"))
    assert fields_of(filling)["industry"] is None
    assert fields_of(filling)["eligibility"] is None
    assert fields_of(filling)["opinion_managing"] == {"text": "", "sealed": None, "signed": None, "date": None}

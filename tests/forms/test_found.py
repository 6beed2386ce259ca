"""What was found in a document is remembered by identity: a copy that looks the same is another document."""

from __future__ import annotations

from dataclasses import replace

from formflow.forms.found import candidates_of, hints_of, hits_of, printed_of, sheet_of
from formflow.model.document import Table
from support.papers import FORM, body, cover, document


def test_a_document_and_a_form_are_looked_through_once() -> None:
    paper = document(*cover(), body())
    assert sheet_of(paper) is sheet_of(paper)
    assert hits_of(paper, FORM) is hits_of(paper, FORM)
    assert printed_of(FORM) is printed_of(FORM)


def test_equal_documents_are_not_taken_for_each_other() -> None:
    paper = document(*cover(), body())
    twin = replace(paper)
    assert twin == paper
    assert sheet_of(twin) is not sheet_of(paper)
    assert hits_of(paper, replace(FORM)) is not hits_of(paper, FORM)


def test_candidates_are_all_places_hits_the_chosen_ones() -> None:
    paper = document(*cover(), body(), *cover(), body())
    named = [hit for hit in candidates_of(paper, FORM) if any(field.id == "name" for field in hit.item.fields)]
    chosen = [hit for hit in hits_of(paper, FORM) if any(field.id == "name" for field in hit.item.fields)]
    assert (len({hit.unit for hit in named}), len(chosen)) == (2, 1)


def test_what_the_blank_prints_in_an_answers_place_is_its_hint() -> None:
    printed = body(answers=("此处请写明单位全称", "", "", ""))
    assert isinstance(printed, Table)
    form = replace(FORM, blank=document(*cover(), printed))
    assert "此处请写明单位全称" in hints_of(form)["applicant"]
    assert "此处请写明单位全称" not in hints_of(FORM)["applicant"]

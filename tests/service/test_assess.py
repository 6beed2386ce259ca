from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from io import BytesIO

from docx import Document

from formflow.reading import read_document
from formflow.service.assess import Assessment, assess
from support import offices


def look_at(data: bytes, programmes=None) -> Assessment:
    [seen] = assess("x.docx", data, programmes or offices.programmes(), read_document)
    return seen


def two_copies() -> bytes:
    """Two filled forms in one file, as if a clerk had pasted one behind the other."""
    first, second = (Document(BytesIO(path.read_bytes())) for path in (offices.COMPLETE, offices.INCOMPLETE))
    end = first.element.body.sectPr
    for element in list(second.element.body)[:-1]:
        end.addprevious(deepcopy(element))
    whole = BytesIO()
    first.save(whole)
    return whole.getvalue()


def test_each_copy_in_a_file_is_a_paper() -> None:
    papers = assess("x.docx", two_copies(), offices.programmes(), read_document)
    assert [paper.kind for paper in papers] == ["application", "application"]
    assert len({paper.record.value("centre_name") for paper in papers if paper.record}) == 2


def test_a_form_is_told_with_its_fields_and_findings() -> None:
    seen = look_at(offices.INCOMPLETE.read_bytes())
    line = seen.as_json()
    assert list(line) == ["file", "sha256", "programme", "kind", "fields", "findings", "complete"]
    assert (line["programme"], line["kind"], line["complete"]) == ("nantong-service-centre", "application", False)
    assert {"missing"} <= {finding["code"] for finding in line["findings"]}
    assert look_at(offices.COMPLETE.read_bytes()).is_complete


def test_an_attachment_is_complete_and_has_no_fields() -> None:
    line = look_at(offices.PLAN.read_bytes()).as_json()
    assert (line["kind"], line["fields"], line["complete"]) == ("attachment", {}, True)


def test_what_cannot_be_read_says_so() -> None:
    line = look_at(b"").as_json()
    assert (line["kind"], line["programme"], line["complete"]) == ("unreadable", None, False)
    assert line["error"]["code"] == "empty"
    assert line["error"]["message"]


def test_a_paper_of_two_packs_is_of_none() -> None:
    first = offices.programmes()[0]
    seen = look_at(offices.COMPLETE.read_bytes(), (first, replace(first, id="twin")))
    assert (seen.kind, seen.programme, seen.is_complete) == ("unrecognised", None, False)
    assert len(seen.matches) == 2

"""Whole application forms carried by OFD: the record must be what the same pages give as PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from support.corpus import Paper, has_libreoffice
from support.evaluate import evaluate
from support.ofd_of_pdf import as_ofd
from support.office import read_paper
from support.other_pdfs import paper
from support.printed import printed


def assert_reached(papers: list[Paper]) -> None:
    assert papers
    carried = [replace(each, name=f"{each.name}.ofd", data=as_ofd(each.data, seed)) for seed, each in enumerate(papers)]
    scores = evaluate(read_paper, carried)
    shown = "\n".join([str(scores), *map(str, scores.mistakes[:20])])
    assert scores.field_f1 >= 0.99, shown
    assert scores.wrong_at_high_confidence <= 0.01 * 20 * len(papers), shown
    assert scores.finding_recall >= 0.98, shown
    assert scores.finding_precision >= 0.97, shown
    # Seals and signatures are in these files, as pictures or stamped on by electronic seals.
    assert scores.review_recall >= 0.98, shown
    assert scores.review_precision >= 0.98, shown


@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")
def test_forms_of_an_office_program() -> None:
    assert_reached(printed(930_000, 32, edits=3)[::2])


def test_forms_of_a_report_library() -> None:
    assert_reached([paper(940_000 + number, "report") for number in range(4)])

"""Whole application forms as different programs print them, from seeds nobody looked at: what must be reached on them."""

from __future__ import annotations

import pytest

from support.corpus import Paper, has_libreoffice
from support.evaluate import evaluate
from support.office import read_paper
from support.other_pdfs import has_browser, paper
from support.printed import printed


def assert_reached(papers: list[Paper]) -> None:
    assert papers
    scores = evaluate(read_paper, papers)
    shown = "\n".join([str(scores), *map(str, scores.mistakes[:20])])
    assert scores.field_f1 >= 0.99, shown
    assert scores.finding_recall >= 0.98, shown
    assert scores.finding_precision >= 0.97, shown
    assert scores.wrong_at_high_confidence <= 0.01 * 20 * len(papers), shown


@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")
def test_printed_by_libreoffice() -> None:
    """Every layout, twice."""
    assert_reached(printed(930_000, 32, edits=3))


def test_drawn_by_a_report_library() -> None:
    assert_reached([paper(940_000 + number, "report") for number in range(12)])


@pytest.mark.skipif(not has_browser(), reason="no browser is installed")
@pytest.mark.parametrize("ruled", ["solid", "collapsed", "dashed", "open"])
def test_printed_by_a_browser(ruled: str) -> None:
    assert_reached([paper(950_000 + number, ruled) for number in range(2)])

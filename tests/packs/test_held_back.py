"""Papers other offices could send, from seeds nobody looked at while the reader was written: what must be reached on them."""

from __future__ import annotations

import pytest

from support.corpus import RESAVED, has_libreoffice, make, papers
from support.evaluate import Scores, evaluate
from support.office import read_paper


def assert_reached(scores: Scores) -> None:
    shown = "\n".join([str(scores), *map(str, scores.mistakes[:20])])
    assert scores.field_f1 >= 0.99, shown
    assert scores.finding_recall >= 0.98, shown
    assert scores.finding_precision >= 0.97, shown
    assert scores.review_recall >= 0.98, shown
    assert scores.review_precision >= 0.97, shown


@pytest.mark.parametrize("edits", [0, 3, 8])
def test_other_layouts_and_hands(edits: int) -> None:
    assert_reached(evaluate(read_paper, papers(96, 910_000 + edits, edits)))


@pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")
def test_saved_again_by_libreoffice() -> None:
    assert_reached(evaluate(read_paper, [make(920_000 + at, producer, 2) for at, producer in enumerate(RESAVED)]))

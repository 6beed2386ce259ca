"""Honours lists nobody has looked at: every level, every day and every sum as it stands in them, from three kinds of files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from formflow.forms.honours import honours_lists
from formflow.model.money import yuan_number
from formflow.reading import read_document
from support.drawn_lists import Drawn, as_pdf, as_word, as_workbook, draw
from support.honours_lists import Row
from support.office import packs

LISTS = 60


@pytest.mark.parametrize("form", [as_workbook, as_word, as_pdf])
def test_nothing_is_read_wrong(form: Callable[[Drawn], bytes]) -> None:
    rows = 0
    for number in range(LISTS):
        drawn = draw(f"held-back-{form.__name__}-{number}")
        (found,) = honours_lists(read_document(form(drawn)), packs())
        read = tuple(
            Row(h.project, h.organisation, h.level, h.date, int(yuan_number(h.paid)) if h.paid else None)
            for h in found.honours
        )
        assert read == drawn.rows, drawn
        assert not any(honour.doubts for honour in found.honours), drawn
        rows += len(read)
    assert rows > 4 * LISTS

"""Cells that are not sure to be what they seem."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

from formflow.reading.scan.areas import Area
from formflow.reading.scan.cells import find_tables
from formflow.reading.scan.images import PageImage
from formflow.reading.scan.ruling import find_ruling
from formflow.reading.scan.sound import doubtful_areas
from support.scan_pages import Page, form, noisy, turned


def doubtful(page: Page) -> list[Area]:
    ruling = find_ruling(PageImage(page.image, 1, (595, 842), 200).pixels())
    return doubtful_areas(find_tables(ruling), ruling)


def table(wiped: tuple[tuple[int, int, int, int], ...] = (), *, sides: bool = True) -> Page:
    """Eight rows of two cells, from (200, 300) on, 120 pixels each; rules wiped out in some places."""
    page = Page()
    for row in range(9):
        page.rule(200, 300 + 120 * row, 1000, 300 + 120 * row)
    for x in (200, 600, 1000) if sides else (600,):
        page.rule(x, 300, x, 1260)
    for area in wiped:
        page.draw.rectangle(area, fill="white")
    return page


def test_intact_tables_are_not_doubted() -> None:
    assert not doubtful(Page())
    assert not doubtful(form())
    assert not doubtful(table())
    assert not doubtful(table(sides=False))  # open at both sides, as many forms are
    assert not doubtful(table(((700, 410, 715, 430),)))  # a scratch


@pytest.mark.parametrize("spoil", [noisy, lambda image: turned(image, 0.1)])
def test_nor_are_poor_scans_of_them(spoil: object) -> None:
    page = form()
    page.image = spoil(page.image)  # type: ignore[operator]
    assert not doubtful(page)


def test_a_side_no_rule_draws_makes_its_row_doubtful() -> None:
    for gap in ((590, 450, 610, 510), (300, 410, 420, 430)):  # between two cells of a row; between two rows
        areas = doubtful(table((gap,)))
        assert areas
        assert any(area.common(Area(220, 425, 300, 535)) for area in areas)
        assert any(area.common(Area(700, 425, 900, 535)) for area in areas)
        assert not any(area.common(Area(220, 1150, 900, 1250)) for area in areas)


def test_a_table_with_much_missing_is_doubtful_all_over() -> None:
    gaps = tuple((590, 330 + 120 * row, 610, 390 + 120 * row) for row in range(4))
    (area,) = doubtful(table(gaps))
    assert area.common(Area(700, 1150, 900, 1250))

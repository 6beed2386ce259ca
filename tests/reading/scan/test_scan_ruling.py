"""Ruling lines and the grids they make."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="formflow[ocr] is not installed")

import numpy as np

from formflow.reading.scan.areas import Area, Pixels
from formflow.reading.scan.cells import find_tables
from formflow.reading.scan.images import PageImage
from formflow.reading.scan.ruling import find_ruling, frame, underlines, without_rules
from support.scan_pages import Page, form, noisy


def pixels(page: Page) -> Pixels:
    return PageImage(page.image, 1, (595, 842), 200).pixels()


def shape(page: Page) -> list[tuple[int, int, int]]:
    return [(table.rows, table.columns, len(table.cells)) for table in find_tables(find_ruling(pixels(page)))]


def grid(
    page: Page,
    rows: int,
    columns: int,
    step: tuple[int, int] = (300, 80),
    at: tuple[int, int] = (200, 300),
    width: int = 3,
) -> Page:
    for row in range(rows + 1):
        y = at[1] + row * step[1]
        page.rule(at[0], y, at[0] + columns * step[0], y, width)
    for column in range(columns + 1):
        x = at[0] + column * step[0]
        page.rule(x, at[1], x, at[1] + rows * step[1], width)
    return page


def test_a_plain_grid_has_all_its_cells() -> None:
    assert shape(grid(Page(), 4, 3)) == [(4, 3, 12)]


def test_spans_are_told_by_the_rules_that_are_not_there() -> None:
    (table,) = find_tables(find_ruling(pixels(form())))
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span) for cell in table.cells}
    assert spans[0, 1] == (1, 3)
    assert spans[3, 0] == (1, 4)
    assert spans[1, 2] == (1, 1)
    assert len(spans) == 11


def test_a_cell_s_area_lies_inside_its_rules() -> None:
    (table,) = find_tables(find_ruling(pixels(grid(Page(), 1, 1))))
    area = table.cells[0].area
    assert abs(area.x0 - 203) <= 4
    assert abs(area.y0 - 303) <= 4
    assert abs(area.x1 - 498) <= 4
    assert abs(area.y1 - 378) <= 4


def test_a_table_without_its_outer_sides_is_closed() -> None:
    page = Page()
    for y in (300, 380, 460, 540):
        page.rule(200, y, 1400, y)
    page.rule(600, 300, 600, 540)
    assert shape(page) == [(3, 2, 6)]


def test_worn_rules_are_mended() -> None:
    page = grid(Page(), 3, 3)
    for x in (350, 640, 930):
        page.draw.rectangle((x, 292, x + 20, 560), fill="white")
    assert shape(page) == [(3, 3, 9)]


def test_thin_rules_under_heavy_grain_are_seen() -> None:
    page = grid(Page(), 3, 3, (400, 120), width=1)
    page.image = noisy(page.image, sigma=18, quality=30)
    assert shape(page) == [(3, 3, 9)]


def test_two_tables_are_two() -> None:
    page = grid(grid(Page(), 2, 2), 3, 3, at=(200, 900))
    assert shape(page) == [(2, 2, 4), (3, 3, 9)]


def test_text_and_titles_are_no_rules() -> None:
    page = (
        Page()
        .text(200, 200, "工会中国王三二一职工", 84)
        .text(200, 500, "\n".join(["一二三王工口中目田日申国囗回由甲"] * 5), 34)
    )
    ruling = find_ruling(pixels(page))
    assert not ruling.lines.any()
    assert find_tables(ruling) == []


def test_a_line_to_write_on_is_an_underline_and_a_table_s_rule_is_not() -> None:
    page = grid(Page(), 2, 2).rule(300, 900, 800, 900).rule(240, 350, 440, 350)
    ruling = find_ruling(pixels(page))
    cells = [cell.area for table in find_tables(ruling) for cell in table.cells]
    lines = sorted((line.x0, line.middle[1]) for line in underlines(ruling, cells))
    assert np.abs(np.array(lines) - [(240, 350), (300, 900)]).max() < 9


def test_rules_are_painted_over_and_text_is_not() -> None:
    page = grid(Page(), 2, 2).text(220, 320, "服务中心")
    bare, ink = without_rules(pixels(page), find_ruling(pixels(page)))
    assert not ink[300:302, 210:780].any()
    assert ink[315:360, 220:350].any()
    assert int(bare[300:302, 210:780].min()) > 200
    assert int(bare[315:360, 220:350].min()) < 60


def test_a_row_one_line_high_keeps_its_columns() -> None:
    assert shape(grid(Page(), 3, 3, step=(300, 40), width=2)) == [(3, 3, 9)]


def test_cells_whose_rules_were_wiped_out_where_they_meet_are_cells() -> None:
    """As under a seal: four cells run into each other."""
    page = grid(Page(), 4, 4, step=(300, 120))
    page.draw.rectangle((450, 370, 550, 470), fill="white")
    (table,) = find_tables(find_ruling(pixels(page)))
    assert sorted((c.row, c.column, c.row_span, c.column_span) for c in table.cells) == [
        (row, column, 1, 1) for row in range(4) for column in range(4)
    ]
    area = next(cell.area for cell in table.cells if (cell.row, cell.column) == (0, 0))
    assert np.abs(np.array([area.x0, area.y0, area.x1, area.y1]) - (202, 302, 498, 418)).max() <= 5


def test_merged_cells_among_wiped_out_rules_stay_merged() -> None:
    page = Page().frame(200, 300, 1400, 780).rule(200, 420, 1400, 420).rule(200, 540, 1400, 540)
    page.rule(200, 660, 1400, 660).rule(600, 300, 600, 420).rule(600, 540, 600, 780).rule(1000, 660, 1000, 780)
    page.draw.rectangle((560, 500, 640, 580), fill="white")
    (table,) = find_tables(find_ruling(pixels(page)))
    assert sorted((c.row, c.column, c.column_span) for c in table.cells) == [
        (0, 0, 1), (0, 1, 2), (1, 0, 3), (2, 0, 1), (2, 1, 2), (3, 0, 1), (3, 1, 1), (3, 2, 1),
    ]  # fmt: skip


def test_what_rules_do_not_enclose_is_no_cell() -> None:
    page = grid(Page(), 2, 3).rule(200, 540, 800, 540)
    assert shape(page)[0] == (2, 3, 6)


def test_lines_of_text_close_together_make_no_rule() -> None:
    page = grid(Page(), 2, 1, step=(1200, 88), width=2)
    page.text(215, 304, "墨河街道总工会年度预算安排万元").text(215, 346, "补助川万元镇财政配套川万元川川")
    assert shape(page) == [(2, 1, 2)]


def test_two_tables_close_together_are_two() -> None:
    page = grid(Page(), 2, 2)
    assert shape(grid(page, 1, 3, step=(200, 80), at=(200, 494))) == [(2, 2, 4), (1, 3, 3)]


def test_a_low_row_that_is_one_cell_stays_one_cell() -> None:
    page = Page().frame(200, 300, 800, 500)
    page.rule(200, 380, 800, 380).rule(200, 416, 800, 416).rule(500, 300, 500, 380).rule(500, 416, 500, 500)
    assert shape(page) == [(3, 2, 5)]


def test_text_keeps_its_feet_on_the_line_it_stands_on() -> None:
    page = Page().text(300, 300, "滨梧县总工会", 34)
    feet = int(np.flatnonzero((pixels(page).min(axis=2) < 100).any(axis=1))[-1])
    plain = pixels(page)[:, :, 0] < 100
    bare, _ = without_rules(pixels(page.rule(280, feet, 900, feet, 2)), find_ruling(pixels(page)))
    still = bare[:, :, 0] < 128
    assert still[plain].mean() > 0.98
    assert not still[feet - 4 : feet + 5, 540:900].any()


def test_the_frame_s_corners_are_found_on_a_leaning_frame() -> None:
    page = Page()
    corners = [(200, 300), (1400, 320), (1420, 1500), (190, 1480)]
    page.draw.polygon(corners, outline=(0, 0, 0), width=4)
    found = frame(find_ruling(pixels(page)))
    assert found is not None
    assert np.abs(found - np.array(corners)).max() < 12


def test_lines_that_make_no_frame_are_none() -> None:
    """Lines to write on and the dark edge of a photo: nothing to set a page square by."""
    page = Page().rule(0, 5, 1640, 5, 4).rule(400, 700, 900, 700).rule(400, 1600, 1300, 1600).rule(5, 5, 5, 300, 4)
    assert frame(find_ruling(pixels(page))) is None


def test_a_photo_on_the_page_is_no_table() -> None:
    page = Page()
    page.draw.rectangle((300, 300, 900, 900), fill=(40, 40, 40))
    assert shape(page) == []


def test_areas_share_what_they_share() -> None:
    assert Area(0, 0, 10, 10).common(Area(5, 5, 20, 20)) == Area(5, 5, 10, 10)
    assert Area(0, 0, 10, 10).common(Area(10, 0, 20, 10)) is None

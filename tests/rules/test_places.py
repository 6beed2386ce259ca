"""Places in words."""

from __future__ import annotations

import pytest

from formflow.model.document import Locator
from formflow.rules.places import column_letters, field_place, locator_words, row_place
from support.programme_values import STEPS, answer, field


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        (Locator("table 1, row 5, column 2"), "第1张表第5行第2列"),
        (Locator("table 1, row 2, column 2, table 1, row 1, column 3"), "第1张表第2行第2列第1张表第1行第3列"),
        (Locator("paragraph 7"), "第7段"),
        (Locator("table 1, row 2, column 2", page=3), "第3页第1张表第2行第2列"),
        (Locator("header 1, paragraph 2"), "第1处页眉第2段"),
        (Locator("body"), ""),
        (Locator("sheet 1"), "第1张工作表"),
        (Locator("sheet 2, row 5, column 3"), "第2张工作表第5行C列"),
        (Locator("sheet 1, row 12, column 28"), "第1张工作表第12行AB列"),
        (Locator("table 1, row 20, column 1, paragraph 3", page=3), "第3页第1张表第20行第1列第3段"),
        (Locator("table 2, row 4", page=2), "第2页第2张表第4行"),
        (Locator("footer, page 2", page=2), "第2页页脚"),
        (Locator("comment, page 4", page=4), "第4页批注"),
        (Locator("page 3, margin", page=3), "第3页页边"),
        (Locator("comment 2"), "第2条批注"),
        (Locator("text box 1, paragraph 2"), "第1个文本框第2段"),
        (Locator("review sheet"), ""),
        (None, ""),
    ],
)
def test_locators(locator: Locator | None, words: str) -> None:
    assert locator_words(locator) == words


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_as_they_are_headed(number: int, letters: str) -> None:
    assert column_letters(number) == letters


def test_the_cover_is_told_by_what_is_printed_there() -> None:
    assert field_place(field("a", region="cover", anchor="时间"), answer("a", "x")) == "封面“时间”一行"
    assert field_place(field("a", region="cover", anchor="", label="填表时间"), None) == "封面填表时间处"


def test_the_body_by_its_place_or_else_its_name() -> None:
    assert field_place(field("a", label="行业"), answer("a", "x")) == "第1张表第4行第2列"
    assert field_place(field("a", label="行业"), answer("a", None, locator=None)) == "“行业”一栏"
    assert field_place(field("a", label="行业"), None) == "“行业”一栏"


def test_rows_are_counted_from_one() -> None:
    assert row_place(STEPS, 0) == "“步骤”表第1行"

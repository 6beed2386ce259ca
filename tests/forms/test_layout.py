"""A document as units in reading order."""

from __future__ import annotations

from formflow.forms.layout import lay_out
from formflow.model.document import Picture
from support.papers import document, paragraph, table


def test_units_in_reading_order_cells_once() -> None:
    sheet = lay_out(document("封面", table([("表头", 2)], ["左", "右"]), "尾"))
    assert [unit.text for unit in sheet.units] == ["封面", "表头", "左", "右", "尾"]
    assert [unit.locator.part for unit in sheet.units][1:4] == [
        "table 1, row 1, column 1",
        "table 1, row 2, column 1",
        "table 1, row 2, column 2",
    ]


def test_an_empty_cell_is_a_unit() -> None:
    assert [unit.text for unit in lay_out(document(table(["左", ""]))).units] == ["左", ""]


def test_a_nested_table_parts_its_cell() -> None:
    sheet = lay_out(document(table(["外", table(["内甲", "内乙"])])))
    assert [unit.text for unit in sheet.units] == ["外", "内甲", "内乙"]
    assert len(sheet.units[1].cells) == 2
    assert sheet.units[1].outer is not sheet.units[1].cell


def test_lines_underlines_and_pictures_are_kept() -> None:
    one = paragraph("单位名称：　　", underlined=((5, 7),), pictures=(Picture("a.png", "seal"),))
    [unit] = lay_out(document(one)).units
    assert unit.underlines == {5}
    assert [picture.look for picture in unit.pictures] == ["seal"]
    [cell] = lay_out(document(table(["一\n二\n三"]))).units
    assert [cell.text[start] for start in cell.starts] == ["一", "二", "三"]

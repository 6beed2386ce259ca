"""Tables as true grids: every cell once, at its top left, with what it covers."""

import pytest

from formflow.model.document import Table
from formflow.reading.docx import read_docx
from formflow.reading.limits import Limits
from support.wordml import p, read, spans, table, tc, tr

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def test_plain() -> None:
    found = table(tr("甲", "乙") + tr("丙", "丁"))
    assert (found.rows, found.columns) == (2, 2)
    assert spans(found) == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 1, 0, 1, 1), ("丁", 1, 1, 1, 1)]
    assert [cell.locator.part for cell in found.cells][-1] == "table 1, row 2, column 2"


def test_column_spans_move_what_follows() -> None:
    found = table(tr(tc("题", span(3))) + tr("甲", tc("乙", span(2))))
    assert spans(found) == [("题", 0, 0, 1, 3), ("甲", 1, 0, 1, 1), ("乙", 1, 1, 1, 2)]
    assert found.columns == 3


@pytest.mark.parametrize("down", [CONTINUE, '<w:vMerge w:val="continue"/>'])
def test_vertical_merge(down: str) -> None:
    found = table(tr(tc("单位", RESTART), "甲") + tr(tc("", down), "乙") + tr(tc("", down), "丙") + tr("丁", "戊"))
    assert spans(found)[0] == ("单位", 0, 0, 3, 1)
    assert [cell.text for cell in found.cells] == ["单位", "甲", "乙", "丙", "丁", "戊"]


def test_one_merge_below_another() -> None:
    found = table(tr(tc("一", RESTART)) + tr(tc("", CONTINUE)) + tr(tc("二", RESTART)) + tr(tc("", CONTINUE)))
    assert spans(found) == [("一", 0, 0, 2, 1), ("二", 2, 0, 2, 1)]


def test_merge_both_ways() -> None:
    found = table(tr(tc("大", span(2) + RESTART), "甲") + tr(tc("", span(2) + CONTINUE), "乙"))
    assert spans(found) == [("大", 0, 0, 2, 2), ("甲", 0, 2, 1, 1), ("乙", 1, 2, 1, 1)]


def test_horizontal_merge() -> None:
    across = tc("", "<w:hMerge/>")
    found = table(tr("甲", tc("乙", '<w:hMerge w:val="restart"/>'), across, across, "丙"))
    assert spans(found) == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 3), ("丙", 0, 4, 1, 1)]


def test_horizontal_and_vertical_merge() -> None:
    top = tr(tc("大", '<w:hMerge w:val="restart"/>' + RESTART), tc("", "<w:hMerge/>" + RESTART))
    below = tr(tc("", '<w:hMerge w:val="restart"/>' + CONTINUE), tc("", "<w:hMerge/>" + CONTINUE))
    assert spans(table(top + below)) == [("大", 0, 0, 2, 2)]


def test_continuing_nothing_stands_for_itself() -> None:
    assert spans(table(tr(tc("孤", CONTINUE), "甲"))) == [("孤", 0, 0, 1, 1), ("甲", 0, 1, 1, 1)]
    unequal = table(tr(tc("上", RESTART), "甲") + tr(tc("下", span(2) + CONTINUE)))
    assert spans(unequal)[-1] == ("下", 1, 0, 1, 2)


def test_grid_before_and_rows_that_do_not_add_up() -> None:
    found = table(tr("甲", "乙", "丙") + tr("丁", props='<w:gridBefore w:val="2"/>') + tr("戊"))
    assert spans(found)[3:] == [("丁", 1, 2, 1, 1), ("戊", 2, 0, 1, 1)]
    assert (found.rows, found.columns) == (3, 3)


def test_deleted_rows_and_cells_are_gone() -> None:
    deleted = '<w:del w:id="1" w:author="a"/>'
    found = table(tr("甲", "乙") + tr("丙", "丁", props=deleted) + tr(tc("戊", '<w:cellDel w:id="2"/>'), "己"))
    assert spans(found) == [("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("己", 1, 0, 1, 1)]
    inserted = table(tr("甲") + tr(tc("乙", '<w:cellIns w:id="3"/>'), props='<w:ins w:id="4" w:author="a"/>'))
    assert inserted.text == "甲\n乙"


def test_tracked_merge() -> None:
    found = table(tr(tc("单位", '<w:cellMerge w:vMerge="rest"/>')) + tr(tc("", '<w:cellMerge w:vMerge="cont"/>')))
    assert spans(found) == [("单位", 0, 0, 2, 1)]


def test_a_table_of_deleted_rows_is_no_table() -> None:
    assert read(p("前") + f"<w:tbl>{tr('甲', props='<w:del/>')}</w:tbl>").text == "前"


@pytest.mark.parametrize("value", ["1000000000", "99999999999999999999", "-5", "x", ""])
def test_absurd_spans_are_bounded(value: str) -> None:
    found = table(tr(tc("甲", f'<w:gridSpan w:val="{value}"/>'), "乙", props=f'<w:gridBefore w:val="{value}"/>'))
    assert [cell.text for cell in found.cells] == ["甲", "乙"]
    assert found.columns <= 3 * Limits().max_columns


def test_nested_table_has_places_of_its_own() -> None:
    inner = f"<w:tbl>{tr('内')}</w:tbl>"
    outer = table(tr("外", tc(inner=p("上") + inner + inner + p("下"))))
    upper, nested, second, lower = outer.cells[1].blocks
    assert isinstance(nested, Table)
    assert nested.cells[0].locator.part == "table 1, row 1, column 2, table 1, row 1, column 1"
    assert isinstance(second, Table)
    assert second.locator.part == "table 1, row 1, column 2, table 2"
    assert (upper.text, lower.text) == ("上", "下")


def test_the_number_of_cells_is_bounded() -> None:
    from formflow.errors import UnreadableError
    from support.wordml import docx

    data = docx(f"<w:tbl>{tr('') * 60}</w:tbl>")
    assert read_docx(data).blocks
    with pytest.raises(UnreadableError) as caught:
        read_docx(data, Limits(max_blocks=100))
    assert caught.value.code == "too_large"

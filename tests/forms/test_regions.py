"""What belongs to a label by the table's geometry."""

from __future__ import annotations

from formflow.forms.anchors import find_hits
from formflow.forms.layout import lay_out
from formflow.forms.printed import printed_on
from formflow.forms.regions import Ground, Region
from formflow.model.document import Document
from support.papers import FORM, cover, document, table


def region(paper: Document, field: str) -> Region:
    sheet = lay_out(paper)
    hits = find_hits(sheet, printed_on(FORM))
    [hit] = [hit for hit in hits if any(f.id == field for f in hit.item.fields)]
    return Ground(sheet, hits).region(hit)


def test_beside_up_to_the_next_label() -> None:
    found = region(document(table(["申请单位", "甲", "所属行业", "乙"])), "applicant")
    assert (found.text, found.manner, found.is_joined) == ("甲", "beside", False)


def test_beside_a_label_that_spans_rows() -> None:
    found = region(
        document(table([("所属行业", 1, 2), "纺织业"], ["服装业"], ["现状及应具备条件符合性", "丙"])), "industry"
    )
    assert (found.text, found.is_joined) == ("纺织业\n服装业", False)


def test_below_in_the_same_columns() -> None:
    found = region(document(table(["申请单位", "所属行业"], ["甲", "乙"])), "applicant")
    assert (found.text, found.manner) == ("甲", "below")


def test_below_a_heading_only_rows_of_one_cell() -> None:
    paper = document(table([("二、工作方案", 2)], [("正文", 2)], ["联系人", "王五"], ["1.经费来源", "工会"]))
    assert region(paper, "plan").text == "正文"


def test_text_behind_a_heading_at_a_tables_end() -> None:
    paper = document(
        table(["所属行业", "甲"], [("二、工作方案", 2)]), "正文一", "正文二", table(["1.经费来源", "工会"])
    )
    found = region(paper, "plan")
    assert found.text == "正文一\n正文二"


def test_a_cover_line_keeps_to_itself() -> None:
    paper = document(*cover("海风镇职工服务中心"), "别的话")
    assert region(paper, "name").text == "海风镇职工服务中心"


def test_two_filled_cells_for_one_are_joined_and_said_so() -> None:
    assert region(document(table(["所属行业", "甲", "乙"])), "industry").is_joined

"""Papers typed behind a form in the same file."""

from __future__ import annotations

from formflow.forms.enclosed import find_enclosed, titles
from formflow.forms.layout import lay_out
from formflow.model.document import Document
from support.papers import ATTACHMENTS, document, table

TEXT = "为做好服务工作，制定本文件。" * 6


def enclosed(paper: Document, after: int = -1) -> list[tuple[str, int]]:
    return [(attachment.id, unit) for attachment, unit in find_enclosed(lay_out(paper), ATTACHMENTS, after)]


def test_titles_with_text_behind_them() -> None:
    assert enclosed(document("某某中心发展规划", TEXT, "实施方案（试行）", TEXT)) == [("plan_paper", 0), ("scheme", 2)]


def test_a_list_of_attachments_is_not_the_attachments() -> None:
    assert enclosed(document("附件：", "1.发展规划", "2.实施方案")) == []


def test_only_behind_the_form() -> None:
    assert enclosed(document("发展规划", TEXT, "申请表"), after=2) == []


def test_a_sentence_or_a_cell_is_no_title() -> None:
    sheet = lay_out(
        document(
            "请按照上级要求认真编制并及时报送本单位今后三年职工服务中心建设的总体思路和分年度工作安排以及发展规划",
            table(["发展规划"]),
        )
    )
    assert [titles(unit, ATTACHMENTS) for unit in sheet.units] == [None, None]

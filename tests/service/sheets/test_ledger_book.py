"""年度台账.xlsx: every unit where it stands, sortable, printable, and nothing in it that could run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from formflow.model.ledger import Ledger, LedgerLetter, LedgerRow, LoosePaper
from formflow.service.sheets.ledger import build_ledger

EVIL = '=HYPERLINK("http://x")'
ROWS = (
    LedgerRow(1, "临江区", "白鹭镇职工服务中心", "白鹭镇总工会", date(2026, 3, 2), 2, "已受理", sheets=5, score="91.20", decision="是", grade="示范",
              letters=(LedgerLetter("受理通知书", "2026-0001-2", date(2026, 3, 9)),
                       LedgerLetter("延期通知", "通工发〔2026〕3号", date(2026, 12, 9), True))),
    LedgerRow(2, "", EVIL, "", None, 1, "待补正", ("实施方案", "盖章"), date(2026, 3, 31), 8, folder="夹"),
)  # fmt: skip
LEDGER = Ledger("职工之友", 2026, date(2026, 4, 13), ROWS)


def book(*ledgers: Ledger, papers: tuple[LoosePaper, ...] = ()) -> Any:
    return load_workbook(BytesIO(build_ledger(ledgers, papers)))


def by_head(page: Any) -> list[dict[str, Any]]:
    head, *lines = list(page.iter_rows(min_row=4))
    names = [cell.value for cell in head]
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_every_unit_stands_with_what_is_known() -> None:
    first, second = by_head(book(LEDGER)["2026 职工之友"])
    assert (first["单位"].value, first["评分表"].value, first["得分"].value, first["决定"].value, first["等次"].value) == (
        "白鹭镇职工服务中心", 5, "91.20", "是", "示范",
    )  # fmt: skip
    assert (
        first["文书"].value == "受理通知书 2026-0001-2 2026年3月9日\n延期通知 通工发〔2026〕3号 2026年12月9日（作废）"
    )
    assert (second["待补内容"].value, second["逾期工作日"].value, second["案卷文件夹"].value) == (
        "实施方案；盖章",
        8,
        "夹",
    )
    assert second["收到日期"].value is None


def test_days_and_counts_can_be_sorted() -> None:
    first, second = by_head(book(LEDGER)["2026 职工之友"])
    assert (first["收到日期"].is_date, second["补正期限"].is_date, second["逾期工作日"].data_type) == (True, True, "n")


def test_what_is_overdue_is_marked() -> None:
    first, second = by_head(book(LEDGER)["2026 职工之友"])
    assert second["逾期工作日"].fill.fgColor.rgb != first["逾期工作日"].fill.fgColor.rgb


def test_the_head_says_the_day_and_the_counts() -> None:
    page = book(LEDGER)["2026 职工之友"]
    assert page["A1"].value == "职工之友 2026年度台账"
    assert page["A2"].value == "截至2026年4月13日。共2个单位：已受理1个，待补正1个；逾期1个；决定：是1个。"


def test_nothing_from_outside_becomes_a_formula() -> None:
    papers = (LoosePaper("=1+1.docx", date(2026, 3, 1), "待人工处理", "-2+3"),)
    cells = [cell for page in book(LEDGER, papers=papers) for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    evil = [cell for cell in cells if cell.value in (EVIL, "=1+1.docx", "-2+3")]
    assert len(evil) == 3
    assert all(cell.quotePrefix for cell in evil)


def test_heads_are_frozen_filtered_and_printed_on_every_page() -> None:
    page = book(LEDGER)["2026 职工之友"]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("D5", "A4:R6", "$4:$4")
    assert (page.page_setup.orientation, str(page.page_setup.paperSize), page.page_setup.fitToWidth) == (
        "landscape",
        "9",
        1,
    )


def test_the_same_content_is_the_same_bytes() -> None:
    assert build_ledger([LEDGER]) == build_ledger([replace(LEDGER)])
    assert build_ledger([LEDGER]) != build_ledger([replace(LEDGER, as_of=date(2026, 4, 14))])


def test_pages_have_names_that_excel_takes() -> None:
    long = replace(LEDGER, programme_name="提升职工生活品质试点单位[示范]创建活动及其后续评估工作：第一期/第二期")
    names = book(long, replace(long, rows=()), LEDGER).sheetnames
    assert len(set(names)) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_without_anything_there_is_still_a_workbook() -> None:
    assert book().sheetnames == ["年度台账"]
    assert by_head(book(replace(LEDGER, rows=()))["2026 职工之友"]) == []


def test_rows_are_as_high_as_their_longest_cell() -> None:
    page = book(LEDGER)["2026 职工之友"]
    two_letters, no_letter = page.row_dimensions[5].height, page.row_dimensions[6].height
    assert two_letters > no_letter > 14
    assert page.row_dimensions[4].height > 28  # 逾期工作日 over two lines

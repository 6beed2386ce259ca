"""Spreadsheets as a person sees them: values, merged ranges, what is hidden, what nobody computed."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from formflow.errors import UnreadableError
from formflow.model.document import Table
from formflow.reading import Limits
from formflow.reading.reader import read_document
from formflow.reading.workbook import read_xlsx
from support.sheets import ods, ods_cell, xlsx
from support.wordml import spans, zipped

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "real"


def sheets(data: bytes) -> list[Table]:
    return [block for block in read_document(data).blocks if isinstance(block, Table)]


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_xlsx(data, limits) if limits else read_document(data)
    return caught.value.code


def test_a_sheet_is_a_table_from_its_first_cell_on() -> None:
    document = read_document(xlsx({"B2": "单位名称", "C2": "通泽区"}))
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert document.format == "xlsx"
    assert [found for found in spans(table) if found[0]] == [("单位名称", 1, 1, 1, 1), ("通泽区", 1, 2, 1, 1)]
    assert (table.rows, table.columns, len(table.cells)) == (2, 3, 6)
    place = next(cell for cell in table.cells if cell.text == "通泽区").locator
    assert place.part == "sheet 1, row 2, column 3"


def test_each_written_sheet_is_one_and_keeps_its_number_and_name() -> None:
    document = read_document(xlsx({"A1": "甲"}, {}, {"A1": "乙"}))
    assert [block.locator.part for block in document.blocks] == ["sheet 1", "sheet 3"]
    assert [(name.text, name.locator.part) for name in document.furniture] == [("表1", "sheet 1"), ("表3", "sheet 3")]


def test_merged_ranges_are_spans() -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A1:C1")
        book.worksheets[0].merge_cells("A2:A3")

    (table,) = sheets(xlsx({"A1": "标题", "A2": "类别", "B2": "一", "B3": "二"}, change=merge))
    assert spans(table) == [
        ("标题", 0, 0, 1, 3),
        ("类别", 1, 0, 2, 1),
        ("一", 1, 1, 1, 1),
        ("", 1, 2, 1, 1),
        ("二", 2, 1, 1, 1),
        ("", 2, 2, 1, 1),
    ]


def test_lines_in_a_cell_are_paragraphs() -> None:
    (table,) = sheets(xlsx({"A1": "第一行\n第二行"}))
    assert [block.text for block in table.cells[0].blocks] == ["第一行", "第二行"]


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    def hide(book: Workbook) -> None:
        book.worksheets[1].sheet_state = "hidden"

    document = read_document(xlsx({"A1": "甲"}, {"A1": "秘密"}, change=hide))
    assert document.text == "甲"
    assert document.remarks == ("隐藏的工作表没有读取：表2",)


def test_formulas_nobody_computed_are_remarked() -> None:
    document = read_document(xlsx({"A1": 3, "A2": 4, "A3": "=SUM(A1:A2)"}))
    assert document.text.split() == ["3", "4"]
    assert "1 个公式没有计算结果" in document.remarks[0]
    assert read_document(xlsx({"A1": 7})).remarks == ()


def test_a_computed_formula_shows_its_value() -> None:
    parts = {}
    with zipfile.ZipFile(BytesIO(xlsx({"A1": "=3+4"}))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = (
        parts[sheet].replace(b"<v />", b"<v>7</v>").replace(b"<v/>", b"<v>7</v>").replace(b"<v></v>", b"<v>7</v>")
    )
    document = read_document(zipped(parts))
    assert (document.text, document.remarks) == ("7", ())


def test_an_empty_workbook_says_so() -> None:
    document = read_document(xlsx({}))
    assert (document.blocks, document.remarks) == ((), ("工作簿里没有填写内容",))


def test_formatting_far_out_does_not_make_the_table_large() -> None:
    def colour(book: Workbook) -> None:
        book.worksheets[0]["Z90"].number_format = "0.00"

    (table,) = sheets(xlsx({"A1": "甲"}, change=colour))
    assert (table.rows, table.columns) == (1, 1)


def test_a_sheet_of_too_many_cells_is_refused() -> None:
    assert refusal(xlsx({"A1": "甲", "Z40": "乙"}), Limits(max_blocks=500)) == "too_large"


def test_one_stray_entry_far_out_does_not_take_all_memory() -> None:
    assert refusal(xlsx({"A1": "甲", "XFD1048576": "乙"})) == "too_large"


def test_formatting_at_the_far_end_is_no_entry() -> None:
    def colour(book: Workbook) -> None:
        book.worksheets[0]["XFD1048576"].number_format = "0.00"

    (table,) = sheets(xlsx({"A1": "甲"}, change=colour))
    assert (table.rows, table.columns) == (1, 1)


def test_open_document_sheets() -> None:
    repeated = f'<table:table-row table:number-rows-repeated="2">{ods_cell("")}</table:table-row>'
    spanned = ods_cell("标题", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
    covered = "<table:covered-table-cell/>"
    data = ods(
        f"<table:table-header-rows><table:table-row>{spanned}{covered}</table:table-row></table:table-header-rows>{repeated}"
        f"<table:table-row>{ods_cell('甲')}{ods_cell('乙', 'table:number-rows-spanned=' + chr(34) + '2' + chr(34))}</table:table-row>"
        f"<table:table-row>{ods_cell('丙')}{covered}</table:table-row>"
    )
    document = read_document(data)
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert document.format == "ods"
    filled = [found for found in spans(table) if found[0]]
    assert filled == [("标题", 0, 0, 1, 2), ("甲", 3, 0, 1, 1), ("乙", 3, 1, 2, 1), ("丙", 4, 0, 1, 1)]


def test_percentages_of_open_document_sheets() -> None:
    share = '<table:table-cell office:value-type="percentage" office:value="0.895" {}><text:p>90%</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="0.895"><text:p>0.9</text:p></table:table-cell>'
    twice = 'table:number-columns-repeated="2"'
    data = ods(
        f'<table:table-row table:number-rows-repeated="2">{share.format(twice)}{number}</table:table-row>'
        f"<table:table-row>{number}{share.format('')}</table:table-row>"
    )
    assert read_document(data).text.split() == ["89.5%", "89.5%", "0.895"] * 2 + ["0.895", "89.5%"]


def test_a_title_merged_over_whole_rows_does_not_widen_the_table() -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("A1:XFD1")
        book.worksheets[0].merge_cells("A3:B5")

    (table,) = sheets(xlsx({"A1": "标题", "A2": "甲", "B2": "乙"}, change=merge))
    assert spans(table) == [("标题", 0, 0, 1, 2), ("甲", 1, 0, 1, 1), ("乙", 1, 1, 1, 1)]
    (table,) = sheets(xlsx({"A1": "甲", "A2": "答"}, change=lambda book: book.worksheets[0].merge_cells("A2:C4")))
    assert spans(table)[-1] == ("答", 1, 0, 3, 3)


def test_ranges_that_lie_over_each_other_give_every_place_once() -> None:
    def merge(book: Workbook) -> None:
        for place in ("B1:C3", "A2:B4", "D2:D2"):
            book.worksheets[0].merge_cells(place)

    (table,) = sheets(xlsx({"B1": "甲", "D4": "乙", "D1": "丙"}, change=merge))
    places = [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(places) == len(set(places)) == 16


def test_sheets_beyond_the_usual_size_have_their_places() -> None:
    (table,) = sheets(xlsx({"A1": "甲", "AH300": "乙"}))
    last = table.cells[-1]
    assert (last.text, last.row, last.column, last.locator.part) == ("乙", 299, 33, "sheet 1, row 300, column 34")
    assert {cell.locator.part for cell in table.cells if cell.row == 1} == {
        f"sheet 1, row 2, column {n}" for n in range(1, 35)
    }


def test_real_workbooks() -> None:
    found = {
        path.name: [(table.rows, table.columns, len(table.cells)) for table in sheets(path.read_bytes())]
        for folder in ("forms_xlsx", "scoring_xlsx")
        for path in (CORPUS / folder).iterdir()
    }
    assert found == {
        "专项支出用款申请书.xls": [(15, 10, 76)],
        "所属领域归并映射表.xlsx": [(298, 3, 894)],
        "泰州市2019年7月存贷款情况.xlsx": [(44, 14, 589)],
        "学生成绩_多级表头.xlsx": [(32, 7, 89), (13, 8, 66)],
    }


def test_an_old_workbook_in_numbers() -> None:
    document = read_document((CORPUS / "forms_xlsx" / "专项支出用款申请书.xls").read_bytes())
    assert document.format == "xls"
    assert "资金性质" in document.text


def test_cut_or_broken_workbooks_are_refused() -> None:
    whole = xlsx({"A1": "甲"})
    assert refusal(whole[:-200]) == "truncated"
    assert refusal(zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""})) == "damaged"
    old = (CORPUS / "forms_xlsx" / "专项支出用款申请书.xls").read_bytes()
    assert refusal(old[:512] + b"\xff" * 8192 + old[8704:]) == "damaged"


def sure(data: bytes) -> list[tuple[str, bool]]:
    """Each text in a cell, and whether it is taken without a look."""
    return [(line.text, line.confidence >= 0.9) for line in read_document(data).paragraphs() if line.text]


@pytest.mark.parametrize("said", ["collapse", "filter"])
def test_hidden_rows_and_columns_of_open_document_sheets_are_unsure(said: str) -> None:
    columns = f'<table:table-column/><table:table-column-group><table:table-column table:visibility="{said}"/></table:table-column-group>'
    group = f'<table:table-row-group><table:table-row table:visibility="{said}">{ods_cell("丙")}</table:table-row></table:table-row-group>'
    rows = f'<table:table-row table:number-rows-repeated="2">{ods_cell("甲")}{ods_cell("乙")}</table:table-row>{group}'
    data = ods(columns + rows)
    assert sure(data) == [("甲", True), ("乙", False), ("甲", True), ("乙", False), ("丙", False)]
    assert any("隐藏的行或列" in remark for remark in read_document(data).remarks)


@pytest.mark.parametrize("said", ['line-through-style="solid"', 'line-through-type="single"'])
def test_what_is_struck_out_in_open_document_sheets_is_unsure(said: str) -> None:
    style = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    styles = "".join(
        f'<style:style {style} style:name="{name}"><style:text-properties style:text-{text}/></style:style>'
        for name, text in (("删", said), ("留", 'line-through-style="none"'))
    )
    part = ods_cell('原<text:span text:style-name="{}">名</text:span>')
    cells = [ods_cell("甲", 'table:style-name="删"'), ods_cell("乙", 'table:style-name="留"')]
    row = "".join((*cells, part.format("删"), part.format("留")))
    data = ods(f"{styles}<table:table-row>{row}</table:table-row>")
    assert sure(data) == [("甲", False), ("乙", True), ("原名", False), ("原名", True)]
    assert any("删除线" in remark for remark in read_document(data).remarks)


def test_formulas_that_failed_in_open_document_sheets_are_told() -> None:
    extension = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    failed = f'<table:table-cell xmlns:c="{extension}" office:value-type="string" office:string-value="" c:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    document = read_document(ods(f"<table:table-row>{ods_cell('甲')}{failed}</table:table-row>"))
    assert document.text.split() == ["甲"]
    assert [" B1 " in remark for remark in document.remarks] == [True]


def test_comments_stand_beside_the_sheets() -> None:
    def note(book: Workbook) -> None:
        book.worksheets[0]["A1"].comment = Comment("此项已撤销", "甲")
        book.worksheets[1]["B1"].comment = Comment("请核对", "乙")

    document = read_document(xlsx({"A1": "一"}, {"A1": "二"}, change=note))
    beside = [(line.text, line.locator.part) for line in document.furniture]
    assert beside[2:] == [("此项已撤销", "comment 1"), ("请核对", "comment 2")]
    assert document.remarks == ("文件含批注，批注不作为填写内容",)
    assert document.text.split() == ["一", "二"]


@pytest.mark.parametrize("part", ["comments/", "worksheets/_rels/"])
def test_damaged_comments_are_no_matter(part: str) -> None:
    def note(book: Workbook) -> None:
        book.worksheets[0]["A1"].comment = Comment("此项已撤销", "甲")

    with zipfile.ZipFile(BytesIO(xlsx({"A1": "一"}, change=note))) as book:
        files = {name: b"<" if part in name else book.read(name) for name in book.namelist()}
    assert read_document(zipped(files)).remarks == ()

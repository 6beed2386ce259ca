"""What the parts of a workbook say beside their values; and workbooks that ask for all memory."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from contextlib import suppress

import pytest
from openpyxl import Workbook

from formflow.errors import UnreadableError
from formflow.model.document import Document, Table
from formflow.reading.limits import DEFAULT
from formflow.reading.reader import read_document
from formflow.reading.spreadsheetml import workbook_facts
from support.sheets import xlsx
from support.wordml import zipped

SHEET, MAIN = "xl/worksheets/sheet1.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def sheet(content: str, more: Mapping[str, bytes] | None = None, prefix: str = "", formats: str = "") -> bytes:
    """A workbook whose only sheet has this inside; `formats` are cell formats beside the usual one (0), from 1 on."""
    root = f'<{prefix}worksheet xmlns{":" + prefix[:-1] if prefix else ""}="{MAIN}">{content}</{prefix}worksheet>'
    book = parts(xlsx({"A1": 1}))
    book[SHEET] = root.encode()
    if formats:
        book["xl/styles.xml"] = formats.encode()
    return zipped({**book, **(more or {})})


def with_texts(content: str, texts: str) -> bytes:
    """The same with shared texts."""
    book = parts(xlsx({"A1": 1}))
    links = book["xl/_rels/workbook.xml.rels"].decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rIdT" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    return sheet(
        content,
        {
            "xl/_rels/workbook.xml.rels": links.replace("</Relationships>", link).encode(),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'.encode(),
        },
    )


def rows(*cells: str) -> str:
    return "<sheetData>" + "".join(f'<row r="{n}">{own}</row>' for n, own in enumerate(cells, 1)) + "</sheetData>"


def sure(document: Document) -> list[bool]:
    """Of each text in a cell, whether it is taken without a look."""
    return [line.confidence >= 0.9 for line in document.paragraphs() if line.text]


def texts(document: Document) -> list[str]:
    (table,) = document.blocks
    assert isinstance(table, Table)
    return [cell.text for cell in table.cells]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_document(data)
    return caught.value.code


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 0.9, "90%"),
        ("0.00%", 0.895, "89.5%"),
        # What the sheet rounds away is there: a threshold is met by the value and not by its picture.
        ("0%", 0.895, "89.5%"),
        ("0.0_);[Red]0.0%", 0.07, "7%"),
        ("0.00%", 0.29, "29%"),
        ("0.00%", 1, "100%"),
        ("0.00%", "九成", "九成"),
        ('0"%"', 0.5, "0.5"),
        ("0.00", 0.895, "0.895"),
        ("General", 0.895, "0.895"),
    ],
)
def test_percentages(code: str, value: object, shown: str) -> None:
    def change(book: Workbook) -> None:
        book.worksheets[0]["B2"].number_format = code

    assert texts(read_document(xlsx({"B2": value}, change=change)))[-1] == shown


def test_percentages_of_the_usual_style() -> None:
    """Cells that name no style have the first."""
    formats = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="10"/><xf numFmtId="0"/></cellXfs></styleSheet>'
    cells = '<c r="A1"><v>0.5</v></c><c r="B1" s="1"><v>0.5</v></c><c r="C1" s="0"><v>0.5</v></c>'
    assert texts(read_document(sheet(rows(cells), formats=formats))) == ["50%", "0.5", "50%"]


@pytest.mark.parametrize("code", ["&quot;约&quot;0%", "[&gt;1]0%;0%", "[>1]0%;0%", "0&#37;", "0.0%"])
def test_percentages_however_their_format_is_written(code: str) -> None:
    formats = (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="177" formatCode="0.00"/>'
        f'<numFmt formatCode="{code}" numFmtId="176"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="177"/>'
        "<xf numFmtId='176'><alignment/></xf></cellXfs></styleSheet>"
    )
    cells = '<c r="A1" s="2"><v>0.5</v></c><c r="B1" s="1"><v>0.5</v></c>'
    assert texts(read_document(sheet(rows(cells), formats=formats))) == ["50%", "0.5"]


def test_percentages_of_styles_that_are_hard_to_tell() -> None:
    """A style nobody uses, one the cell style has and the cell does not, another prefix, quotes of the other kind."""
    formats = (
        f'<x:styleSheet xmlns:x="{MAIN}"><x:numFmts count="1"><x:numFmt numFmtId="176" formatCode="0.0%"/></x:numFmts>'
        '<x:cellStyleXfs><x:xf numFmtId="9"/></x:cellStyleXfs><x:cellXfs count="3"><x:xf numFmtId="0"><x:alignment/></x:xf>'
        "<x:xf numFmtId='176'/><x:xf/></x:cellXfs></x:styleSheet>"
    )
    cells = "<x:c r='A1' s='1'><x:v>0.25</x:v></x:c><x:c r='B1' s='2'><x:v>0.25</x:v></x:c><x:c r='C1'><x:v>0.25</x:v></x:c>"
    data = sheet(f'<x:sheetData><x:row r="1">{cells}</x:row></x:sheetData>', prefix="x:", formats=formats)
    assert texts(read_document(data)) == ["25%", "0.25", "0.25"]


@pytest.mark.parametrize("code", ['yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "yyyy-mm-dd", 'yyyy"年"m"月";@'])
def test_dates_in_chinese_formats(code: str) -> None:
    def change(book: Workbook) -> None:
        book.worksheets[0]["A1"].number_format = code

    assert texts(read_document(xlsx({"A1": 44635}, change=change))) == ["2022-03-15"]


@pytest.mark.parametrize("number", [14, 27, 31, 57, 58])
def test_dates_by_the_numbers_of_chinese_offices(number: int) -> None:
    formats = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    data = sheet(rows('<c r="A1" s="1"><v>44635</v></c>'), formats=formats)
    assert texts(read_document(data)) == ["2022-03-15"]


def test_errors_are_blank_and_told_by_their_places() -> None:
    bad = "".join(f'<c r="{letter}1" t="e"><f>1/0</f><v>#DIV/0!</v></c>' for letter in "ABCDEF")
    document = read_document(sheet(rows(bad, '<c r="AB2"><v>2</v></c>')))
    assert texts(document)[:6] == [""] * 6
    (remark,) = document.remarks
    assert "工作表“表1”的 A1、B1、C1、D1、E1 等单元格" in remark
    one = read_document(sheet(rows("<c r='AB1' t='e'><v>#REF!</v></c><c r='AC1'><v>1</v></c>")))
    assert "的 AB1 单元格" in one.remarks[0]


@pytest.mark.parametrize(
    ("content", "is_told"),
    [
        ('<cols><col min="2" max="2" hidden="1"/></cols>', True),
        ("<cols><col min='2' max='2' hidden='true'/></cols>", True),
        ('<cols><col min="2" max="2" hidden="0"/></cols>', False),
        ("", False),
    ],
)
def test_hidden_columns_are_read_and_told(content: str, is_told: bool) -> None:
    cells = rows('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>')
    document = read_document(sheet(content + cells))
    assert texts(document) == ["1", "2"]
    assert [("隐藏的行或列" in remark) for remark in document.remarks] == [True] * is_told
    assert sure(document) == [True, not is_told]


def test_hidden_rows_are_read_and_told() -> None:
    def hide(book: Workbook) -> None:
        book.worksheets[1].row_dimensions[2].hidden = True

    document = read_document(xlsx({"A1": "甲"}, {"A1": "乙", "A2": "丙"}, change=hide))
    assert document.text.split() == ["甲", "乙", "丙"]
    assert document.remarks == ("工作表“表2”有隐藏的行或列，其中的内容也读取了，请取消隐藏后核对",)
    assert sure(document) == [True, True, False]


@pytest.mark.parametrize(
    ("said", "is_seen"),
    [
        ('hidden="1"', False),
        ("hidden='true'", False),
        ('hidden="0" ht="15"', True),
    ],
)
def test_rows_that_are_not_seen_are_unsure(said: str, is_seen: bool) -> None:
    own = f'<row><c t="inlineStr"><is><t>甲</t></is></c></row><row {said}><c><v>2</v></c></row><row r="4"><c><v>3</v></c></row>'
    document = read_document(sheet(f"<sheetData>{own}</sheetData>"))
    assert list(zip(filter(None, texts(document)), sure(document), strict=True)) == [
        ("甲", True),
        ("2", is_seen),
        ("3", True),
    ]


def test_a_merged_cell_is_seen_while_one_of_its_rows_is() -> None:
    def hide(*rows: int) -> list[bool]:
        def change(book: Workbook) -> None:
            book.worksheets[0].merge_cells("A1:A2")
            for row in rows:
                book.worksheets[0].row_dimensions[row].hidden = True

        return sure(read_document(xlsx({"A1": "甲", "A3": "乙"}, change=change)))

    assert (hide(1), hide(1, 2), hide(3)) == ([True, True], [False, True], [True, False])


FONTS = (
    "<fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>"
    "<cellXfs><xf fontId='0'/><xf fontId='1'/><xf fontId='2'/></cellXfs>"
)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_what_is_struck_out_is_read_and_unsure(prefix: str) -> None:
    styles = f'<styleSheet xmlns="{MAIN}">{FONTS}</styleSheet>'
    cells = '<sheetData><row><c><v>1</v></c><c s="1"><v>2</v></c><c s="2"><v>3</v></c></row><row r="9"><c r="B9" s="1"><v>4</v></c></row></sheetData>'
    own = cells.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}")
    document = read_document(sheet(own, prefix=prefix, formats=styles))
    assert list(zip(filter(None, texts(document)), sure(document), strict=True)) == [
        *(("1", True), ("2", False), ("3", True), ("4", False)),
    ]
    assert [remark.startswith("工作表“表1”有的文字划了删除线") for remark in document.remarks] == [True]


STRUCK_RUN = "<r><rPr><strike/></rPr><t>{}</t></r><r><t>留</t></r>"


@pytest.mark.parametrize(("part", "is_sure"), [("删", False), (" ", True)])
def test_texts_of_which_some_is_struck_out_are_unsure(part: str, is_sure: bool) -> None:
    rich = STRUCK_RUN.format(part)
    shared = with_texts(rows('<c t="s"><v>1</v></c><c t="s"><v>0</v></c>'), f"<si><t>无</t></si><si>{rich}</si>")
    assert sure(read_document(shared)) == [is_sure, True]
    own = rows(f'<c t="inlineStr"><is>{rich}</is></c><c t="inlineStr"><is><t>无</t></is></c>')
    assert sure(read_document(sheet(own))) == [is_sure, True]


def test_a_sheet_that_breaks_off_is_refused_though_something_in_it_is_struck_out() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(sheet("<sheetData><row><c t='inlineStr'><is><r><rPr><strike/></rPr></row></sheetData>"))
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ('<c r="A1"><f>SUM(B1)</f></c>', 1),
        ('<c r="A1"><f>SUM(B1)</f><v/></c>', 1),
        ('<c r="A1"><f t="shared" si="0"/><v></v></c>', 1),
        ('<c r="A1" s="0"><f>SUM(B1)</f><v>0</v></c>', 0),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', 0),
        ('<c r="A1"/>', 0),
    ],
)
def test_formulas_nobody_computed(cell: str, count: int) -> None:
    document = read_document(sheet(rows(cell + '<c r="B1"><v>4</v></c>')))
    assert [remark.split()[1] for remark in document.remarks] == [str(count)] * (count > 0)


def test_formulas_of_other_programs_and_books_give_their_kept_values() -> None:
    cells = '<c r="A1"><f>cmd|\'/c calc\'!A0</f><v>5</v></c><c r="B1"><f>[1]Sheet1!A1</f><v>6</v></c>'
    document = read_document(sheet(rows(cells)))
    assert (texts(document), document.remarks) == (["5", "6"], ())


def test_texts_are_as_they_were_typed() -> None:
    typed = "".join(f"<si><t>{text}</t></si>" for text in ("00123", "１２．５", "<![CDATA[a<b]]>"))
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABC"))
    assert texts(read_document(with_texts(rows(cells), typed))) == ["00123", "１２．５", "a<b"]


def test_a_sheet_that_only_says_to_be_large_is_read() -> None:
    data = sheet('<dimension ref="A1:XFD1048576"/>' + rows('<c r="A1"><v>1</v></c>'))
    assert texts(read_document(data)) == ["1"]


@pytest.mark.parametrize(
    "content",
    [
        rows('<c r="XFD1"><v>1</v></c>') + "<!-- far down -->",
        '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>',
        "<sheetData><row r='9999'><c r='xfd9999'><v>1</v></c></row></sheetData>",
        # Cells that say only their row, or nothing at all.
        '<sheetData><row r="1048576"><c><v>1</v></c></row></sheetData>',
        "<sheetData><row>"
        + "<c/>" * 9
        + "<c><v>1</v></c></row>"
        + "<row><c><v>1</v></c></row>" * 60_000
        + "</sheetData>",
    ],
)
def test_what_would_take_all_memory_is_refused(content: str) -> None:
    cells = content.replace("</sheetData>", '<row r="20000"><c r="A20000"><v>1</v></c></row></sheetData>')
    assert refusal(sheet(cells)) == "too_large"


@pytest.mark.parametrize(
    "tag",
    [
        # Where the tag really ends, and what its place is: no sign in quotes tells.
        '<c x=">" r="XFD1048576">',
        '<c x="<" r="XFD1048576">',
        "<c x='>' r='XFD1048576'>",
        """<c x='">' y=">'" r='XFD1048576'>""",
        """<c x=" r='A1'" r="XFD1048576">""",
        '<c\n r\t=\n"XFD1048576"\n>',
        '<y:c r="XFD1048576">',
        '<y:c\tr="XFD1048576">',
        '<申:c r="XFD1048576">',
    ],
)
def test_a_place_far_out_is_found_however_its_tag_is_written(tag: str) -> None:
    end = f"</{tag[1:].split()[0]}>"
    assert refusal(sheet(rows('<c r="A1"><v>1</v></c>', f"{tag}<v>1</v>{end}"))) == "too_large"


def test_a_place_far_out_is_found_whatever_prefix_the_sheet_seems_to_have() -> None:
    content = rows('<c r="A1"><v>1</v></c>', '<c r="XFD1048576"><v>1</v></c>')
    book = parts(sheet(content))
    for root in (
        "<!-- <x:worksheet -->" + book[SHEET].decode(),
        f'<x:worksheet xmlns:x="{MAIN}">{content}</x:worksheet>',
    ):
        assert refusal(zipped({**book, SHEET: root.encode()})) == "too_large"
    row = '<sheetData><y:row r="1048576"><c><v>1</v></c></y:row><row r="7"><c r="AB7"><v>1</v></c></row></sheetData>'
    assert refusal(sheet(row)) == "too_large"


def test_signs_in_quotes_do_no_harm_by_themselves() -> None:
    cells = """<c x=">" r="A1"><f>B1+1</f></c><c y='"<' r='B1' t='e'><v>#REF!</v></c><c r="C1"><v>3</v></c>"""
    document = read_document(sheet(rows(cells)))
    assert texts(document) == ["", "", "3"]
    assert [("没有计算" in remark, "的 B1 单元格" in remark) for remark in document.remarks] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", SHEET),
        ("/xl/worksheets/sheet1.xml", "/xl/Worksheets/SHEET1.xml", SHEET),
        ("/xl/worksheets/sheet1.xml", "/tables/one.bin", "tables/one.bin"),
    ],
)
def test_a_sheet_is_looked_at_wherever_it_lies(old: str, new: str, name: str) -> None:
    assert refusal(moved(old, new, name, far=True)) == "too_large"
    assert texts(read_document(moved(old, new, name, far=False))) == ["1"]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ('"rId1"', '"rId1" TargetMode="External"', SHEET),
        ("<Relationship ", '<o:Relationship xmlns:o="other" ', SHEET),
        ("relationships/worksheet", "relationships/xlMacrosheet", SHEET),
        ("sheet1.xml", "sheet%31.xml", "xl/worksheets/sheet%31.xml"),
    ],
)
def test_a_sheet_that_was_not_looked_at_is_not_read(old: str, new: str, name: str) -> None:
    """calamine follows links in its own way: it gets no part that we took for something else."""
    assert refusal(moved(old, new, name, far=True)) == "damaged"


def moved(old: str, new: str, name: str, *, far: bool) -> bytes:
    """A workbook whose sheet lies there, perhaps with a place far out, and is linked to as said."""
    book = parts(sheet(rows('<c r="A1"><v>1</v></c>' + '<c r="XFD1048576"><v>1</v></c>' * far)))
    links = book["xl/_rels/workbook.xml.rels"].decode()
    assert old in links
    book["xl/_rels/workbook.xml.rels"] = links.replace(old, new).encode()
    book[name] = book.pop(SHEET)
    return zipped(book)


def test_a_sheet_in_utf_16_is_read() -> None:
    book = parts(sheet(rows('<c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c>')))
    book[SHEET] = book[SHEET].decode().encode("utf-16")
    assert texts(read_document(zipped(book))) == ["1", "甲"]


MERGED = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
TWO = '<c r="A1"><v>1</v></c><c r="B2"><v>2</v></c>'


@pytest.mark.parametrize(
    ("before", "after", "is_merged"),
    [
        ("", f'<pageMargins left="1"/>{MERGED}<pageSetup/>', True),
        ("", "<pageSetup/>", False),
        # What calamine would do of itself, comments and a second list included.
        ("", f"<!-- {MERGED} -->", False),
        ("", f"<!-- {MERGED} -->{MERGED}", True),
        ("<!-- <sheetData> -->", MERGED, True),
        ("<!-- <sheetData/> --><cols/>", "", False),
        (MERGED, "", True),
        ("", f"{MERGED}<mergeCells><mergeCell ref='A2:A3'/></mergeCells>", True),
        ("", "<mergeCells/>", False),
        ("", f"{MERGED}<!-- </sheetData> -->", True),
        ("", f"{MERGED}<?note </sheetData>?>", True),
    ],
)
def test_merged_ranges_are_found_wherever_they_stand(before: str, after: str, is_merged: bool) -> None:
    table = read_document(sheet(before + rows(TWO) + after)).blocks[0]
    assert isinstance(table, Table)
    assert [cell.column_span for cell in table.cells if cell.row == 0] == ([2] if is_merged else [1, 1])


def test_merged_ranges_of_prefixed_sheets() -> None:
    content = rows(TWO) + MERGED
    for tag in ("mergeCells", "mergeCell ", "sheetData", "row ", "row>", "c ", "c>", "v>"):
        content = content.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
    table = read_document(sheet(content, prefix="x:")).blocks[0]
    assert isinstance(table, Table)
    assert table.cells[0].column_span == 2


def test_merged_ranges_are_given_to_calamine_before_the_cells() -> None:
    """It looks for them from the beginning, and reads everything up to them."""
    for after, first in ((f"<pageMargins/>{MERGED}<pageSetup/>", MERGED), ("<pageSetup/>", "<mergeCells/>")):
        given = parts(workbook_facts(sheet(rows(TWO) + after), DEFAULT).vetted)[SHEET].decode()
        assert given.index(first) < given.index("<sheetData>")
        assert given.count("mergeCells") == first.count("mergeCells")
        assert given.endswith(f"</sheetData>{after.replace(MERGED, '')}</worksheet>")


def test_a_sheet_of_charts_is_left_out() -> None:
    def draw(book: Workbook) -> None:
        book.create_chartsheet("图")

    assert texts(read_document(xlsx({"A1": "甲"}, change=draw))) == ["甲"]


def test_long_texts_shown_often_are_refused() -> None:
    noise = random.Random("noise").choices("abcdefghijklmnopqrstuvwxyz", k=1_000_000)
    cells = rows(*("".join(f'<c r="{letter}{row}" t="s"><v>1</v></c>' for letter in "ABCDE") for row in range(1, 101)))
    short, long = "<si><t>短</t></si>", f"<si><t>{''.join(noise)}</t></si>"
    assert refusal(with_texts(cells, short + long)) == "too_large"
    assert texts(read_document(with_texts(cells, long + short))) == ["短"] * 500
    # A cell of which it cannot be told what it shows may show the longest.
    for hard in ('t="s" x=">"', f't="s" x="{" " * 500}"', 't="s"><!-- --'):
        assert refusal(with_texts(cells.replace('t="s"', hard), short + long)) == "too_large"


def test_tags_that_go_on_for_ever_end() -> None:
    assert refusal(sheet("<sheetData>" + '<c r="A1" ' * 200_000 + "</sheetData>")) == "damaged"
    assert refusal(sheet("<sheetData><row>" + "<c><f>1" * 200_000 + "</row></sheetData>")) == "damaged"
    assert refusal(sheet("<sheetData><row><c>" + "<f/></c>" * 200_000 + "</row></sheetData>")) == "damaged"


def test_quotes_that_go_on_for_ever_end() -> None:
    for unclosed in ('<c r="A1', "<c r='A1' x=\"", """<c "'""", "<c a "):
        for end in ("", '">', "'>", ">"):
            with suppress(UnreadableError):
                read_document(sheet("<sheetData>" + unclosed * 100_000 + end + '<c r="XFD9"><v>1</v></c></sheetData>'))


def test_document_types_are_refused() -> None:
    book = parts(xlsx({"A1": 1}))
    book[SHEET] = b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + book[SHEET]
    assert refusal(zipped(book)) == "hostile"

"""Blocks with their places: joined paragraphs, text boxes, pictures, lists."""

import pytest

from formflow.errors import UnreadableError
from formflow.model.document import Paragraph, Table
from formflow.reading.docx import read_docx
from formflow.reading.limits import Limits
from support.wordml import docx, first, p, r, read, sdt, table, tc, tr

DELETED_MARK = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
MOVED_MARK = '<w:rPr><w:moveFrom w:id="1" w:author="a"/></w:rPr>'
U = '<w:u w:val="single"/>'


def text_box(inner: str) -> str:
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
    return f"<w:drawing>{shape}</w:drawing>"


def vml_box(inner: str) -> str:
    return f"<w:pict><v:rect><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:rect></w:pict>"


def parts(*paragraphs: Paragraph) -> list[tuple[str, str]]:
    return [(paragraph.text, paragraph.locator.part) for paragraph in paragraphs]


def test_places_of_the_body() -> None:
    cell = f"<w:tbl>{tr('内')}</w:tbl>"
    blocks = read(p("甲") + cell + sdt(p("乙")) + cell).blocks
    assert [block.locator.part for block in blocks] == ["paragraph 1", "table 1", "paragraph 2", "table 2"]


def test_paragraphs_of_a_cell_have_the_cells_place() -> None:
    cell = table(tr("甲", tc(inner=p("上") + p("下")))).cells[1]
    assert {block.locator for block in cell.blocks} == {cell.locator}
    assert cell.locator.part == "table 1, row 1, column 2"


class TestDeletedMarks:
    @pytest.mark.parametrize("mark", [DELETED_MARK, MOVED_MARK])
    def test_joins_with_the_next(self, mark: str) -> None:
        document = read(p("二〇二二年", props=mark) + p("三月", r("  ", U)) + p("后"))
        joined, last = document.paragraphs()
        assert (joined.text, joined.underlined, joined.locator.part) == ("二〇二二年三月  ", ((7, 9),), "paragraph 1")
        assert last.locator.part == "paragraph 2"

    def test_an_inserted_mark_stays(self) -> None:
        inserted = '<w:rPr><w:ins w:id="1" w:author="a"/></w:rPr>'
        assert read(p("甲", props=inserted) + p("乙")).text == "甲\n乙"

    def test_nothing_to_join_with(self) -> None:
        assert read(p("甲") + p("乙", props=DELETED_MARK)).text == "甲\n乙"
        assert read(p("甲") + p(props=DELETED_MARK)).text == "甲"
        before_table = read(p("甲", props=DELETED_MARK) + f"<w:tbl>{tr('内')}</w:tbl>" + p(props=DELETED_MARK))
        assert [block.text for block in before_table.blocks] == ["甲", "内"]
        assert len(read(p(props=DELETED_MARK) + f"<w:tbl>{tr('内')}</w:tbl>").blocks) == 1

    def test_a_cell_keeps_a_paragraph(self) -> None:
        assert len(table(tr(tc(inner=p(props=DELETED_MARK)))).cells[0].blocks) == 1


class TestTextBoxes:
    @pytest.mark.parametrize("box", [text_box, vml_box])
    def test_follows_its_paragraph(self, box) -> None:
        document = read(p("锚", r(inner=box(p("一") + p("二")))) + p("后"))
        assert parts(*document.paragraphs()) == [
            ("锚", "paragraph 1"),
            ("一", "text box 1, paragraph 1"),
            ("二", "text box 1, paragraph 2"),
            ("后", "paragraph 2"),
        ]

    def test_both_kinds_in_one_alternate_are_one_box(self) -> None:
        both = (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{text_box(p("框"))}</mc:Choice>'
            f"<mc:Fallback>{vml_box(p('框'))}</mc:Fallback></mc:AlternateContent>"
        )
        assert read(p("锚", r(inner=both))).text == "锚\n框"
        inside = f"<w:drawing>{both}</w:drawing>"
        assert read(p("锚", r(inner=inside))).text == "锚\n框"

    def test_in_a_cell_with_a_table_inside(self) -> None:
        box = vml_box(f"<w:tbl>{tr('格')}</w:tbl>" + p("尾"))
        cell = table(tr(tc(inner=p("锚", r(inner=box))))).cells[0]
        assert [type(block) for block in cell.blocks] == [Paragraph, Table, Paragraph]
        assert cell.blocks[1].locator.part == "table 1, row 1, column 1, text box 1, table 1"

    def test_a_box_in_a_box_is_read_once(self) -> None:
        assert read(p("锚", r(inner=text_box(p("外", r(inner=vml_box(p("内")))))))).text == "锚\n外\n内"

    def test_hidden_and_deleted_boxes_are_gone(self) -> None:
        hidden = r(props="<w:vanish/>", inner=vml_box(p("隐")))
        assert read(p("锚", hidden, f"<w:del>{r(inner=vml_box(p('删')))}</w:del>")).text == "锚"


class TestPictures:
    @pytest.mark.parametrize(
        "inner",
        [
            '<w:drawing><a:blip r:embed="seal.png"/></w:drawing>',
            '<w:pict><v:shape><v:imagedata r:id="seal.png"/></v:shape></w:pict>',
            '<w:object><v:shape><v:imagedata r:id="seal.png"/></v:shape></w:object>',
        ],
    )
    def test_stands_in_its_paragraph(self, inner: str) -> None:
        (paragraph,) = read(p("盖章", r(inner=inner)), media={"seal.png": b"no picture"}).paragraphs()
        assert [(picture.name, picture.look) for picture in paragraph.pictures] == [("word/media/seal.png", None)]

    def test_a_link_to_nothing_is_no_picture(self) -> None:
        assert first(p("甲", r(inner='<w:drawing><a:blip r:embed="x"/><a:blip/></w:drawing>'))).pictures == ()


def abstract(*levels: str, key: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


LISTS = (
    abstract(
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    )
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


class TestLists:
    def test_numbers_of_list_paragraphs(self) -> None:
        body = p("甲", props=NUMBERED) + p("乙") + f"<w:tbl>{tr(tc(inner=p('丙', props=NUMBERED)))}</w:tbl>"
        found = [(line.text, line.numbering) for line in read(body, numbering=LISTS).paragraphs()]
        assert found == [("甲", "一、"), ("乙", None), ("丙", "二、")]

    def test_without_the_part_there_are_none(self) -> None:
        assert first(p("甲", props=NUMBERED)).numbering is None

    def test_by_style_and_out_of_it(self) -> None:
        styles = f'<w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/><w:pPr>{NUMBERED}</w:pPr></w:style>'
        out = '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        body = p("甲", props='<w:pStyle w:val="a"/>') + p("乙", props=out)
        lines = list(read(body, numbering=LISTS, styles=styles).paragraphs())
        assert [(line.numbering, line.style) for line in lines] == [("一、", "条"), (None, "条")]


def test_depth_is_bounded() -> None:
    def nested(depth: int) -> bytes:
        return docx("<w:tbl><w:tr><w:tc>" * depth + p("底") + "</w:tc></w:tr></w:tbl>" * depth)

    assert "底" in read_docx(nested(20)).text
    for depth in (30, 80, 10_000):
        with pytest.raises(UnreadableError) as caught:
            read_docx(nested(depth))
        assert caught.value.code == "hostile"


def test_another_document_inside_is_remarked_upon() -> None:
    document = read(p("甲") + '<w:altChunk r:id="x"/>')
    assert document.text == "甲"
    assert any("嵌入" in remark for remark in document.remarks)


def test_the_number_of_pictures_looked_at_is_bounded() -> None:
    inner = "".join(f'<w:drawing><a:blip r:embed="{i}.png"/></w:drawing>' for i in range(3))
    data = docx(p(r(inner=inner)), media={f"{i}.png": _RED_PNG for i in range(3)})
    (paragraph,) = read_docx(data, Limits(max_pictures=2)).paragraphs()
    assert [picture.look for picture in paragraph.pictures] == ["seal", "seal", None]


def _red_png() -> bytes:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (20, 20), (220, 20, 20)).save(buffer, "PNG")
    return buffer.getvalue()


_RED_PNG = _red_png()

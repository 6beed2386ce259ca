"""What an OFD draws: where characters stand, which lines make tables, what cannot be seen."""

from __future__ import annotations

import pytest

from formflow.model.document import Document, Table
from formflow.reading.reader import read_document
from support.ofds import NAMESPACE, grid, ofd, path, resources, text
from support.pictures import ink_png, seal_png
from support.wordml import spans

_RESOURCES = "<ofd:PublicRes>Res.xml</ofd:PublicRes>"


def lines(*pages: str) -> list[str]:
    return [paragraph.text for paragraph in read_document(ofd(*pages)).paragraphs()]


def table(document: Document) -> Table:
    (found,) = document.blocks
    assert isinstance(found, Table)
    return found


def code(words: str, x: float, y: float, more: str) -> str:
    """A text object whose code has steps."""
    return (
        f'<ofd:TextObject ID="1" Boundary="0 0 210 297" Font="1" Size="5"><ofd:TextCode X="{x}" Y="{y}" {more}>{words}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def test_lines_make_a_table_with_spans() -> None:
    """Two over one: the upright line in the middle ends at the second row."""
    drawn = grid((20, 190), (30, 50, 70)) + path("M 100 30 L 100 50")
    words = text("甲", 25, 40) + text("乙", 105, 40) + text("丙", 25, 60)
    assert spans(table(read_document(ofd(drawn + words)))) == [
        ("甲", 0, 0, 1, 1),
        ("乙", 0, 1, 1, 1),
        ("丙", 1, 0, 1, 2),
    ]


@pytest.mark.parametrize(
    "box",
    [
        path("M 20 30 L 190 30 L 190 50 L 20 50 C"),
        path("M 20 30 L 190 30 L 190 50 L 20 50 C", 'CTM="1 0 0 1 0 0"'),
        path("S 40 60 M 40 60 L 380 60 L 380 100 L 40 100 C", 'CTM="0.5 0 0 0.5 0 0"'),
        # Lines drawn as thin filled boxes.
        "".join(
            path(
                f"M {x} {y} L {x + w} {y} L {x + w} {y + h} L {x} {y + h} C",
                'Fill="true" Stroke="false"',
                '<ofd:FillColor Value="0 0 0"/>',
            )
            for x, y, w, h in ((20, 30, 170, 0.2), (20, 50, 170, 0.2), (20, 30, 0.2, 20), (190, 30, 0.2, 20.2))
        ),
    ],
)
def test_ways_to_draw_a_box(box: str) -> None:
    assert [cell.text for cell in table(read_document(ofd(box + text("内", 25, 40)))).cells] == ["内"]


@pytest.mark.parametrize(
    ("more", "inside"),
    [
        ('Visible="false"', ""),
        ('Alpha="0"', ""),
        ('Stroke="false"', ""),
        ("", '<ofd:StrokeColor Value="255 255 255"/>'),
        ("", '<ofd:StrokeColor Value="#ff #ff #ff"/>'),
        ("", '<ofd:StrokeColor Value="0 0 0 0"/>'),
        ("", '<ofd:StrokeColor Value="255"/>'),
        ("", '<ofd:StrokeColor Value="0 0 0" Alpha="0"/>'),
        ('Fill="true" Stroke="false"', '<ofd:FillColor Value="250 250 250"/>'),
    ],
)
def test_lines_nobody_sees_are_none(more: str, inside: str) -> None:
    unseen = path("M 20 30 L 190 30 L 190 50 L 20 50 C", more, inside)
    assert not isinstance(read_document(ofd(unseen + text("甲", 25, 40))).blocks[0], Table)


@pytest.mark.parametrize("colour", ["0 0 0", "#0 #0 #0", "0", "0 0 0 255", "200 0 0"])
def test_colours_that_are_seen(colour: str) -> None:
    seen = path("M 20 30 L 190 30 L 190 50 L 20 50 C", "", f'<ofd:StrokeColor Value="{colour}"/>')
    assert isinstance(read_document(ofd(seen + text("甲", 25, 40))).blocks[0], Table)


def test_the_way_of_drawing_gives_the_colour() -> None:
    styles = f'<ofd:Res {NAMESPACE}><ofd:DrawParams><ofd:DrawParam ID="5"><ofd:StrokeColor Value="255 255 255"/></ofd:DrawParam></ofd:DrawParams></ofd:Res>'
    unseen = path("M 20 30 L 190 30 L 190 50 L 20 50 C", 'DrawParam="5"')
    document = read_document(
        ofd(unseen + text("甲", 25, 40), more={"Doc_0/Res.xml": styles.encode()}, common=_RESOURCES)
    )
    assert not isinstance(document.blocks[0], Table)


def test_what_is_no_path_draws_nothing() -> None:
    assert lines(path("M 20 x L 190 30") + path("L 1 1") + path("Z 9") + path("") + text("甲", 25, 40)) == ["甲"]


def test_steps_say_where_characters_stand() -> None:
    assert lines(code("甲乙丙", 20, 50, 'DeltaX="5 30"')) == [f"甲乙{' ' * 10}丙"]
    assert lines(code("甲乙丙丁", 20, 50, 'DeltaX="g 2 5 30"')) == [f"甲乙丙{' ' * 10}丁"]
    # Steps that nobody wrote are the width of the character before.
    assert lines(code("甲乙丙", 20, 50, "")) == ["甲乙丙"]


def test_a_text_may_go_back_to_the_next_line() -> None:
    words = code("第一行第二行", 20, 50, 'DeltaX="5 5 -10 5 5" DeltaY="0 0 9 0 0"')
    assert lines(words) == ["第一行", "第二行"]


def test_a_repeat_count_beyond_all_measure_does_no_harm() -> None:
    assert lines(code("甲乙", 20, 50, 'DeltaX="g 999999999999 5"')) == ["甲乙"]


def test_text_may_be_scaled_and_shifted_by_its_matrix() -> None:
    words = (
        '<ofd:TextObject ID="1" Boundary="20 45 90 8" CTM="5 0 0 5 0 0" Font="1" Size="1"><ofd:TextCode X="0" Y="1" DeltaX="1 4">甲乙丙'
        "</ofd:TextCode></ofd:TextObject>"
    )
    document = read_document(ofd(words))
    assert document.text == "甲乙      丙"
    box = next(document.paragraphs()).locator.box
    assert box is not None
    assert (box.x0, box.x1) == pytest.approx((20 * 72 / 25.4, 50 * 72 / 25.4), abs=0.1)


def test_a_page_drawn_sideways_is_read_as_it_is_meant() -> None:
    """Lines from the bottom upwards, the first at the left."""
    words = "".join(
        f'<ofd:TextObject ID="1" Boundary="{x} 200 9 99" CTM="0 -1 1 0 0 0" Font="1" Size="5"><ofd:TextCode X="0" Y="0">{line}'
        "</ofd:TextCode></ofd:TextObject>"
        for x, line in ((40, "第二行文字"), (20, "第一行文字"))
    )
    assert lines(words) == ["第一行文字", "第二行文字"]


def test_fake_bold_counts_once_and_what_is_off_the_page_or_askew_not_at_all() -> None:
    askew = text("草稿", 20, 90).replace("Font=", 'CTM="0.7 0.7 -0.7 0.7 60 0" Font=')
    words = text("申请表", 20, 50) + text("申请表", 20.1, 50) + text("看不见", 20, 500) + askew
    assert lines(words) == ["申请表"]


@pytest.mark.parametrize("more", ['Visible="false"', 'Alpha="0"', 'Fill="false"'])
def test_text_nobody_sees_is_remarked(more: str) -> None:
    document = read_document(ofd(text("甲", 20, 50) + text("看不见", 20, 60, more=more)))
    assert document.text == "甲"
    assert any("看不见的文字" in remark for remark in document.remarks)


def test_check_boxes() -> None:
    box, tick = "M {0} 46 L {1} 46 L {1} 50 L {0} 50 C", "M 41 48 L 42 49.5 L 44 46"
    drawn = path(box.format(20, 24)) + path(box.format(40, 44)) + path(tick)
    (line,) = lines(drawn + text("是", 26, 50) + text("否", 46, 50))
    assert line.split() == ["☐是", "☑否"]
    circle = path("M 20 48 A 2 2 0 0 0 24 48 A 2 2 0 0 0 20 48 C")
    assert lines(circle + text("是", 26, 50)) == ["是"]


def test_signs_of_symbol_fonts() -> None:
    fonts = f'<ofd:Res {NAMESPACE}><ofd:Fonts><ofd:Font ID="1" FontName="Wingdings"/></ofd:Fonts></ofd:Res>'.encode()
    data = ofd(text("\uf0fe", 20, 50), more={"Doc_0/Res.xml": fonts}, common=_RESOURCES)
    assert read_document(data).text == "☑"


def test_blocks_and_units_move_what_is_in_them() -> None:
    unit = (
        f'<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="8" Width="9" Height="9"><ofd:Content>'
        f"{text('单元', 0, 5)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    drawn = '<ofd:CompositeObject ID="1" Boundary="20 60 50 9" ResourceID="8"/>' + (
        f'<ofd:PageBlock ID="2">{text("块内", 20, 50)}</ofd:PageBlock>'
    )
    document = read_document(ofd(drawn, more={"Doc_0/Res.xml": unit.encode()}, common=_RESOURCES))
    assert document.text == "块内\n单元"


def test_pictures_with_their_looks() -> None:
    more = {
        "Doc_0/Res.xml": resources(["seal.png", "ink.png"]),
        "Doc_0/Res/seal.png": seal_png(),
        "Doc_0/Res/ink.png": ink_png(),
    }
    drawn = (
        text("盖章", 20, 60)
        + '<ofd:ImageObject ID="3" Boundary="40 50 20 20" ResourceID="100"/>'
        + '<ofd:ImageObject ID="4" Boundary="80 50 30 12" CTM="30 0 0 12 0 0" ResourceID="101"/>'
        + '<ofd:ImageObject ID="5" Boundary="120 50 3 3" ResourceID="101"/>'
    )
    document = read_document(ofd(drawn, more=more, common=_RESOURCES))
    assert [picture.look for p in document.paragraphs() for picture in p.pictures] == ["seal", "ink"]


def test_what_was_put_on_the_page_later() -> None:
    """What was typed over it is read, a watermark is not."""

    def annotation(kind: str, words: str, y: float) -> str:
        return f'<ofd:Annot ID="1" Type="{kind}"><ofd:Appearance Boundary="20 {y} 50 9">{text(words, 0, 5)}</ofd:Appearance></ofd:Annot>'

    own = annotation("Stamp", "后加", 60) + annotation("Watermark", "水印", 80)
    more = {
        "Doc_0/Annots/A.xml": f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="1"><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'.encode(),
        "Doc_0/Annots/P.xml": f"<ofd:PageAnnot {NAMESPACE}>{own}</ofd:PageAnnot>".encode(),
    }
    data = ofd(text("甲", 20, 50), more=more, tail="<ofd:Annotations>Annots/A.xml</ofd:Annotations>")
    assert read_document(data).text == "甲\n后加"

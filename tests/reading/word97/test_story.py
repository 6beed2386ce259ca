"""What stands in the paragraphs of a Word 97 file, and in the stories beside the body."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest
from PIL import Image

from formflow.errors import UnreadableError
from formflow.model.document import Document
from formflow.reading.limits import Limits
from formflow.reading.reader import read_document
from formflow.reading.word97 import Unfamiliar, as_docx
from support.pictures import ink_png, seal_png
from support.word97 import ROW_END, Doc, Par, container, inside, row, sprm

SPECIAL = sprm(0x0855)
STYLES, FOOTNOTE_PLACES, FOOTNOTES, COMMENTS, SECTIONS, HEADERS, FONTS = 1, 2, 3, 5, 6, 11, 15
DRAWINGS, SHAPES, TEXT_BOXES, LISTS, LIST_USES = 40, 50, 56, 73, 74


def plc(places: list[int], size: int, *entries: bytes) -> bytes:
    return struct.pack(f"<{len(places)}I", *places) + b"".join(entry.ljust(size, b"\0") for entry in entries)


def text(content: str) -> bytes:
    """A counted text with a zero after it."""
    return struct.pack("<H", len(content)) + content.encode("utf-16-le") + b"\0\0"


def read(doc: Doc) -> Document:
    return read_document(doc.bytes())


def line(content: str, *runs: tuple[int, int, bytes], **more: object) -> str:
    """The text of the first paragraph, given its characters and runs."""
    return next(read(Doc([Par(f"{content}\r")], runs, **more)).paragraphs()).text  # type: ignore[arg-type]


def test_signs_breaks_and_hyphens() -> None:
    assert line("甲\x0b乙\t丙\x1e丁\x1f戊（己）(庚)\xa0&<>") == "甲\n乙\t丙-丁戊（己）(庚)\xa0&<>"
    assert line("一\x0c二") == "一\n二"
    assert line("\ud842\udfb7野") == "𠮷野"


def test_hidden_deleted_and_underlined() -> None:
    assert line("藏露", (0, 1, sprm(0x083C))) == "露"
    assert line("删增留", (0, 1, sprm(0x0800)), (1, 2, sprm(0x0801))) == "增留"
    paragraph = next(read(Doc([Par("名：    。\r")], [(2, 6, sprm(0x2A3E))])).paragraphs())
    assert paragraph.underlined == ((2, 6),)


@pytest.mark.parametrize("code", [0x0837, 0x2A53])
def test_what_is_struck_out_is_read_and_unsure(code: int) -> None:
    found = read(Doc([Par("删除\r"), Par("保留\r")], [(0, 2, sprm(code))]))
    assert [(line.text, line.confidence < 0.9) for line in found.paragraphs()] == [("删除", True), ("保留", False)]


def test_a_deleted_mark_joins_paragraphs() -> None:
    found = read(Doc([Par("前\r"), Par("后\r")], [(1, 2, sprm(0x0800))]))
    assert [paragraph.text for paragraph in found.paragraphs()] == ["前后"]


def fonts(*names: str) -> bytes:
    """The fonts, each entry with its length before it and its name 39 bytes after."""
    entries = (bytes(39) + name.encode("utf-16-le") + b"\0\0" for name in names)
    return struct.pack("<HH", len(names), 0) + b"".join(bytes([len(entry)]) + entry for entry in entries)


def test_signs_of_symbol_fonts() -> None:
    named = {FONTS: fonts("宋体", "Wingdings 2")}
    ticked = sprm(0x6A09, struct.pack("<HH", 1, 0xF052))
    assert line("(是", (0, 1, ticked), structures=named) == "☑是"
    assert line("R是R", (0, 1, sprm(0x4A4F, 1)), structures=named) == "☑是R"


def test_fields_show_their_results() -> None:
    assert line("在\x13 DATE \x14三月\x15止") == "在三月止"


def form_field(kind: int, result: int, default: int, *entries: str) -> bytes:
    """A form field in the data stream."""
    field = struct.pack("<IHHH", 0xFFFFFFFF, kind | result << 2, 0, 0) + text("Check1")
    field += struct.pack("<H", default) + text("") * 5
    if entries:
        held = b"".join(struct.pack("<H", len(entry)) + entry.encode("utf-16-le") for entry in entries)
        field += struct.pack("<HHH", 0xFFFF, len(entries), 0) + held
    return struct.pack("<iH62x", 68 + len(field), 68) + field


@pytest.mark.parametrize(("result", "default", "shown"), [(1, 0, "☑"), (0, 1, "☐"), (25, 1, "☑"), (25, 0, "☐")])
def test_boxes_of_form_fields(result: int, default: int, shown: str) -> None:
    held = SPECIAL + sprm(0x0806) + sprm(0x6A03, 4)
    found = line("\x13 FORMCHECKBOX \x01\x14\x15是", (15, 16, held), data=bytes(4) + form_field(1, result, default))
    assert found == f"{shown}是"


def test_lists_to_choose_from() -> None:
    held = SPECIAL + sprm(0x0806) + sprm(0x6A03, 0)
    for result, default in ((1, 0), (25, 1)):
        data = form_field(2, result, default, "甲", "乙", "丙")
        assert line("\x13 FORMDROPDOWN \x01\x14\x15。", (15, 16, held), data=data) == "乙。"


def test_a_text_field_shows_its_text() -> None:
    held = SPECIAL + sprm(0x0806) + sprm(0x6A03, 0)
    found = line("\x13 FORMTEXT \x01\x14李木\x15", (11, 12, held), data=form_field(0, 0, 0))
    assert found == "李木"


def style(base: int, name: str, kind: int, based_on: int, *properties: bytes) -> bytes:
    """A style; what stands before its name takes `base` bytes."""
    held = b"".join(struct.pack("<H", len(one)) + one + bytes(len(one) % 2) for one in properties)
    head = struct.pack("<HHHHH", 0, kind | based_on << 4, len(properties), 0, 0).ljust(base, b"\0")
    whole = head + text(name) + held
    return struct.pack("<H", len(whole)) + whole + bytes(len(whole) % 2)


@pytest.mark.parametrize("base", [10, 18])
def test_styles_by_name_with_what_they_inherit(base: int) -> None:
    numbered = struct.pack("<H", 1) + sprm(0x460B, 1)
    sheet = struct.pack("<HHH", 18, 4, base) + bytes(14) + style(base, "Normal", 1, 0xFFF)
    sheet += style(base, "标题", 1, 0, numbered, sprm(0x2A3E)) + b"\0\0" + style(base, "强", 2, 0xFFF, sprm(0x083C))
    found = read(
        Doc(
            [Par("题\r", style=1), Par("藏文\r")],
            [(2, 3, sprm(0x4A30, 3))],
            structures={STYLES: sheet, LISTS: LIST, LIST_USES: USES},
            after={LISTS: LEVELS},
        )
    )
    title, plain = found.paragraphs()
    assert (title.style, title.underlined, title.numbering) == ("标题", ((0, 1),), "一、")
    assert (plain.style, plain.text) == ("Normal", "文")


def level(form: int, printed: str, flags: int = 0) -> bytes:
    return struct.pack("<iBB22x", 1, form, flags) + struct.pack("<H", len(printed)) + printed.encode("utf-16-le")


# One list of nine levels, the third in plain figures throughout, used twice: the second time its first level begins anew, at 5. The levels stand behind the list of lists.
LIST = struct.pack("<hI22xH", 1, 77, 0)
LEVELS = level(39, "\0、") + level(39, "（\1）") + level(0, "\0.\1.\2", 4) + level(0, "\3") * 6
USES = struct.pack("<I", 2) + struct.pack("<I8xI", 77, 0) + struct.pack("<I8xI", 77, 1)
USES += struct.pack("<I", 0) + struct.pack("<I", 0) + struct.pack("<iI", 5, 0x10)


def test_automatic_numbers() -> None:
    def item(content: str, use: int, at: int) -> Par:
        return Par(f"{content}\r", sprm(0x460B, use) + sprm(0x260A, at))

    paragraphs = [
        item("总则", 1, 0),
        item("目的", 1, 1),
        item("依据", 1, 1),
        item("细", 1, 2),
        item("分则", 1, 0),
        item("起", 2, 0),
    ]
    found = read(Doc(paragraphs, structures={LISTS: LIST, LIST_USES: USES}, after={LISTS: LEVELS}))
    assert [paragraph.numbering for paragraph in found.paragraphs()] == [
        "一、",
        "（一）",
        "（二）",
        "1.2.1",
        "二、",
        "五、",
    ]


def test_sections_end_paragraphs_and_pages_do_not() -> None:
    whole = "一\x0c二\x0c三\r"
    found = read(Doc([Par("一\x0c二\x0c"), Par("三\r")], structures={SECTIONS: plc([0, 4, len(whole)], 12, b"", b"")}))
    assert [paragraph.text for paragraph in found.paragraphs()] == ["一\n二", "三"]


def test_notes_headers_and_comments_stand_beside_the_body() -> None:
    """Stories follow one another: body, footnotes, headers, (nothing,) comments."""
    body, notes, headers, comments = "正文\x02\r", "\x02脚注\r\r", "页眉\r\r", "\x05批注\r\r"
    places = [0] * 8 + [3, 3, 3, 3, 3]  # six separators, then even and odd header …: the second is the odd one
    found = read(
        Doc(
            [Par(part) for part in (body, notes, headers, comments)],
            [(2, 3, SPECIAL), (4, 5, SPECIAL)],
            structures={
                FOOTNOTE_PLACES: plc([2, 4], 2, b"\1"),
                FOOTNOTES: plc([0, 4, 5], 0),
                HEADERS: plc([*places, 4], 0),
                COMMENTS: plc([0, 4, 5], 0),
            },
            beside=(5, 4, 0, 5),
        )
    )
    assert found.text == "正文"
    said = {paragraph.locator.part.split()[0]: paragraph.text for paragraph in found.furniture}
    assert said == {"footnote": "脚注", "header": "页眉", "comment": "批注"}
    assert "批注" in "".join(found.remarks)


def record(kind: int, content: bytes, instance: int = 0, version: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | version, kind, len(content)) + content


def held(kind: int, *inner: bytes) -> bytes:
    return record(kind, b"".join(inner), version=0xF)


def png(content: bytes, checksums: int = 1) -> bytes:
    return record(0xF01E, bytes(16 * checksums + 1) + content, 0x6DF + checksums)


def shape(number: int, *properties: tuple[int, int]) -> bytes:
    table = b"".join(struct.pack("<HI", *one) for one in properties)
    return held(0xF004, record(0xF00A, struct.pack("<II", number, 0)), record(0xF00B, table, len(properties), 3))


def test_pictures_in_the_line() -> None:
    art = shape(1) + png(seal_png(), 2)
    found = read(Doc([Par("章\x01\r")], [(1, 2, SPECIAL + sprm(0x6A03, 3))], data=bytes(3) + inline(art)))
    (paragraph,) = found.paragraphs()
    assert [picture.look for picture in paragraph.pictures] == ["seal"]


def drawn(*shapes: bytes, store: bytes = b"") -> bytes:
    """The drawings of a document: what all share, then those of the body."""
    return held(0xF000, store) + b"\0" + held(0xF002, held(0xF003, *shapes))


def test_floating_pictures_and_text_boxes() -> None:
    entry = bytes(36) + png(ink_png())
    store = held(0xF001, record(0xF007, entry))
    group = held(0xF003, shape(20), shape(21, (0x80, 1 << 16)), shape(22, (0x0104 | 0x4000, 1)))
    box = "框内\r\r"
    found = read(
        Doc(
            [Par("甲\x08\r"), Par("乙\r"), Par(box[:3]), Par(box[3:])],
            [(1, 2, SPECIAL)],
            structures={
                SHAPES: drawn(shape(10), group, store=store),
                DRAWINGS: plc([1, 5], 26, struct.pack("<I", 20)),
                TEXT_BOXES: plc([0, 3, 4], 22, struct.pack("<14xI", 21), b""),
            },
            beside=(0, 0, 0, 0, 0, len(box)),
        )
    )
    assert [paragraph.text for paragraph in found.paragraphs()] == ["甲", "框内", "乙"]
    assert [picture.look for picture in next(found.paragraphs()).pictures] == ["ink"]


def test_a_picture_stored_in_the_main_stream() -> None:
    """What is drawn often lies apart from the drawings: the entry tells where."""
    doc = Doc([Par("\x08\r"), Par("后\r")], [(0, 1, SPECIAL)])
    image = png(seal_png())
    at = 100_000
    entry = struct.pack("<20xIII4x", len(image), 1, at)
    doc.structures = {
        SHAPES: drawn(shape(5), shape(7, (0x0104, 1)), store=held(0xF001, record(0xF007, entry))),
        DRAWINGS: plc([0, 4], 26, struct.pack("<I", 7)),
    }
    streams = doc.streams()
    streams["WordDocument"] = streams["WordDocument"].ljust(at, b"\0") + image
    found = read_document(container(streams))
    assert [picture.look for picture in next(found.paragraphs()).pictures] == ["seal"]


def inline(art: bytes) -> bytes:
    """A picture as it lies in the data stream."""
    return struct.pack("<iHh60x", 68 + len(art), 68, 0x64) + art


def body_of(doc: Doc) -> str:
    """The XML of the body of the .docx that says the same."""
    with zipfile.ZipFile(io.BytesIO(as_docx(doc.bytes()))) as archive:
        return archive.read("word/document.xml").decode()


def test_a_picture_is_cropped_and_turned_as_it_is_shown() -> None:
    """Shares of 65536 and degrees of 65536 become those of DrawingML."""
    art = shape(1, (0x0102, 6554), (0x0101, 32768), (0x0004, 90 << 16)) + png(ink_png())
    body = body_of(Doc([Par("\x01\r")], [(0, 1, SPECIAL + sprm(0x6A03, 0))], data=inline(art)))
    assert '<a:srcRect l="10000" b="50000"/>' in body
    assert '<a:xfrm rot="5400000"/>' in body


def test_the_name_of_a_linked_picture_stands_before_it() -> None:
    picture = struct.pack("<iHh60x", 68 + 4 + len(png(seal_png())), 68, 0x66) + b"\x03abc" + png(seal_png())
    found = read(Doc([Par("\x01\r")], [(0, 1, SPECIAL + sprm(0x6A03, 0))], data=picture))
    assert [picture.look for picture in next(found.paragraphs()).pictures] == ["seal"]


def test_bitmaps_without_the_head_of_a_file_get_one() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 0, 0)).save(buffer, "BMP")
    art = record(0xF01F, bytes(17) + buffer.getvalue()[14:], 0x7A8)
    found = read(Doc([Par("\x01\r")], [(0, 1, SPECIAL + sprm(0x6A03, 0))], data=inline(art)))
    assert [picture.look for picture in next(found.paragraphs()).pictures] == ["seal"]


def test_what_one_file_repeats_is_written_once() -> None:
    """A text box hung up a thousand times, and pictures that all are the same bytes: no more comes out than is in the file."""
    count, box = 1000, "框内\r\r"
    doc = Doc(
        [Par("\x08" * count + "\r"), Par(box[:3]), Par(box[3:])],
        [(0, count, SPECIAL)],
        structures={
            SHAPES: drawn(shape(20), shape(21)),
            DRAWINGS: plc([*range(count), count], 26, *[struct.pack("<I", 21)] * count),
            TEXT_BOXES: plc([0, 3, 4], 22, struct.pack("<14xI", 21), b""),
        },
        beside=(0, 0, 0, 0, 0, len(box)),
    )
    assert read(doc).text.count("框内") == 1
    # Fifty heads, each of which says that its picture begins where the one picture is.
    picture = png(random.Random(1).randbytes(20_000))
    ends = [(50 - at) * 68 for at in range(50)]
    heads = b"".join(struct.pack("<iHh60x", end + len(picture), end, 0x64) for end in ends)
    runs = [(at, at + 1, SPECIAL + sprm(0x6A03, 68 * at)) for at in range(50)]
    many = Doc([Par("\x01" * 50 + "\r")], runs, data=heads + picture).bytes()
    assert picture[25:] in as_docx(many)
    assert len(as_docx(many)) < 3 * len(many)


def test_runs_that_may_be_second_copies_are_for_a_person() -> None:
    """What a content control becomes where a program cannot save it: the text once more, in a run whose modifiers are no modifiers."""
    broken = sprm(0x0855, 0x6A) + sprm(0x0000, 0)
    with pytest.raises(UnreadableError) as caught:
        read(Doc([Par("甲\r"), Par("甲\r")], [(2, 3, broken)]))
    assert caught.value.code == "damaged"
    assert "重复" in caught.value.message


def test_embedded_objects_are_told() -> None:
    found = read(Doc([Par("甲\x01\r")], [(1, 2, SPECIAL + sprm(0x0856))]))
    assert any("对象" in remark for remark in found.remarks)


def test_too_much_text_is_refused_before_it_is_written_out() -> None:
    data = Doc([Par("字" * 300 + "\r")]).bytes()
    with pytest.raises(UnreadableError) as caught:
        as_docx(data, Limits(max_text=200))
    assert caught.value.code == "too_large"


def test_protected_files_and_stories_over_one_another_are_not_read() -> None:
    for flags in (0x0300, 0x8200):
        with pytest.raises(Unfamiliar):
            as_docx(Doc([Par("甲\r")], flags=flags).bytes())
    edges = struct.pack("<9I", 0, 0, 0, 0, 0, 0, 3, 0, 3)
    with pytest.raises(Unfamiliar):
        as_docx(Doc([Par("甲\r"), Par("页眉\r")], structures={HEADERS: edges}, beside=(0, 3)).bytes())


def test_a_deleted_mark_at_the_end_of_a_cell_joins_nothing() -> None:
    numbered = sprm(0x460B, 1) + inside()
    paragraphs = [Par("甲\x07", numbered), Par("\x07", inside() + ROW_END + row((0, 1000))), Par("后\r")]
    lists = {LISTS: LIST, LIST_USES: USES}
    found = read(Doc(paragraphs, [(1, 2, sprm(0x0800))], structures=lists, after={LISTS: LEVELS}))
    assert [(one.text, one.numbering) for one in found.paragraphs()] == [("甲", "一、"), ("后", None)]


def test_signs_before_the_items_and_levels_that_go_on_counting() -> None:
    """A bullet is a character of its own font; a level that never begins anew goes on after higher ones."""
    marked = struct.pack("<iBB22x", 1, 23, 0)[:24] + bytes([len(sprm(0x4A4F, 1)), 0, 0, 0])
    marked += sprm(0x4A4F, 1) + struct.pack("<H", 1) + "\xfc".encode("utf-16-le")
    levels = level(0, "\0.") + level(0, "\1)", 8) + marked + level(0, "\3") * 6
    items = [("一", 0), ("甲", 1), ("二", 0), ("乙", 1), ("点", 2)]
    found = read(
        Doc(
            [Par(f"{content}\r", sprm(0x460B, 1) + sprm(0x260A, at)) for content, at in items],
            structures={LISTS: LIST, LIST_USES: USES, FONTS: fonts("宋体", "Wingdings")},
            after={LISTS: levels},
        )
    )
    assert [one.numbering for one in found.paragraphs()] == ["1.", "1)", "2.", "2)", "√"]

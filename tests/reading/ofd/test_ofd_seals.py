"""Electronic seals: where they are stamped, and what they look like."""

from __future__ import annotations

import pytest

from formflow.model.document import PictureLook
from formflow.reading.reader import read_document
from support.ofds import grid, ofd, path, signed, text
from support.pictures import ink_png, seal_png
from support.wordml import zipped

_BODY = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"


def drawn(colour: str) -> bytes:
    """A seal drawn as an OFD of its own."""
    page = path("M 0 0 L 9 9", "", f'<ofd:StrokeColor Value="{colour}"/>')
    return zipped({"OFD.xml": b"", "Doc_0/Pages/Page_0/Content.xml": page.encode()})


def looks(picture: bytes, kind: bytes = b"png") -> list[PictureLook | None]:
    data = ofd(text("盖章", 20, 60), more=signed([(1, "20 50 40 40", picture)], kind), body=_BODY)
    return [picture.look for p in read_document(data).paragraphs() for picture in p.pictures]


def test_a_seal_stands_in_the_cell_it_is_stamped_on() -> None:
    form = grid((20, 100, 190), (30, 80)) + text("左", 25, 40) + text("右", 105, 40)
    data = ofd(form, text("次页", 20, 20) + form, more=signed([(2, "120 40 40 40", seal_png())]), body=_BODY)
    document = read_document(data)
    found = [(p.locator.page, p.locator.part) for p in document.paragraphs() if p.pictures]
    assert found == [(2, "table 2, row 1, column 2, paragraph 2")]
    assert any("真伪没有验证" in remark for remark in document.remarks)


@pytest.mark.parametrize(
    ("picture", "kind", "look"),
    [
        (seal_png(), b"png", "seal"),
        (seal_png(), b"PNG", "seal"),
        (ink_png(), b"png", "ink"),
        (b"no picture", b"jpg", None),
        (b"PK\x03\x04 cut off", b"ofd", None),
        (seal_png(), b"xyz", None),
    ],
)
def test_the_look_of_the_picture_inside(picture: bytes, kind: bytes, look: PictureLook | None) -> None:
    assert looks(picture, kind) == [look]


def test_a_seal_drawn_with_lines_is_one_if_it_is_red() -> None:
    assert looks(drawn("230 20 20"), b"ofd") == ["seal"]
    assert looks(drawn("#e6 #14 #14"), b"ofd") == ["seal"]
    assert looks(drawn("0 0 0"), b"ofd") == [None]


def test_a_signature_without_a_stamp_is_no_seal() -> None:
    more = signed([(1, "20 50 40 40", seal_png())])
    name = "Doc_0/Signs/Sign_0/Signature.xml"
    more[name] = more[name].replace(b"StampAnnot", b"Nothing")
    document = read_document(ofd(text("甲", 20, 60), more=more, body=_BODY))
    assert not any(p.pictures for p in document.paragraphs())
    assert document.remarks == ()

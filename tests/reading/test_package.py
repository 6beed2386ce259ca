"""A container that lies, is cut, or wants too much is refused with the right word; one that is merely unusual is read."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from formflow.errors import UnreadableError
from formflow.reading.docx import read_docx
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.package import Package
from support.wordml import TYPES, body_part, docx, members, p, relationships, zipped

MAIN = "word/document.xml"


def code_of(data: bytes, limits: Limits = DEFAULT) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_docx(data, limits)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


def main_part(xml: str | bytes) -> bytes:
    return zipped(members("") | {MAIN: xml.encode() if isinstance(xml, str) else xml})


class TestUnusualButSound:
    def test_main_part_by_relationship_not_by_name(self) -> None:
        files = {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": relationships({"a": ("officeDocument", "/Inhalt/haupt.xml")}).encode(),
            "Inhalt/haupt.xml": body_part(p("正文")).encode(),
        }
        assert read_docx(zipped(files)).text == "正文"

    def test_without_relationships(self) -> None:
        assert read_docx(zipped({MAIN: body_part(p("正文")).encode()})).text == "正文"

    def test_names_in_another_case_and_with_backslashes(self) -> None:
        files = {name.replace("/", "\\").upper(): data for name, data in members(p("正文")).items()}
        assert read_docx(zipped(files)).text == "正文"

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf_16(self, encoding: str) -> None:
        xml = body_part(p("正文")).replace('encoding="UTF-8"', 'encoding="UTF-16"')
        assert read_docx(main_part(xml.encode(encoding))).text == "正文"

    def test_utf_8_with_byte_order_mark(self) -> None:
        assert read_docx(main_part(b"\xef\xbb\xbf" + body_part(p("正文")).encode())).text == "正文"

    def test_strict_namespaces(self) -> None:
        strict = {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
        }
        files = members(
            p("正文", props='<w:pStyle w:val="a"/>'), styles='<w:style w:styleId="a"><w:name w:val="题"/></w:style>'
        )
        for old, new in strict.items():
            files = {name: data.replace(old.encode(), new.encode()) for name, data in files.items()}
        (paragraph,) = read_docx(zipped(files)).paragraphs()
        assert (paragraph.text, paragraph.style) == ("正文", "题")

    def test_comments_and_instructions_in_the_xml(self) -> None:
        assert (
            read_docx(
                main_part(body_part("<!-- x --><w:p><w:r><w:t>正<!-- <!DOCTYPE a> -->文</w:t></w:r></w:p><?x y?>"))
            ).text
            == "正文"
        )

    def test_junk_before_the_container(self) -> None:
        assert read_docx(b"junk" + docx(p("正文"))).text == "正文"


class TestBroken:
    def test_cut_off(self) -> None:
        data = docx(p("正文" * 1000))
        assert {code_of(data[: len(data) * part // 10]) for part in range(1, 10)} == {"truncated"}

    def test_altered(self) -> None:
        data = bytearray(zipped(members(p("正文")), zipfile.ZIP_STORED))
        at = bytes(data).rindex("正文".encode())
        data[at : at + 6] = "反文".encode()
        assert code_of(bytes(data)) == "damaged"

    def test_hole_in_the_middle(self) -> None:
        data = bytearray(docx(p("正文") * 3000))
        data[len(data) // 2 : len(data) // 2 + 100] = bytes(100)
        assert code_of(bytes(data)) == "damaged"

    def test_no_main_part(self) -> None:
        assert code_of(zipped({"[Content_Types].xml": TYPES.encode()})) == "damaged"

    @pytest.mark.parametrize("xml", ["", "<w:document", "<a>&nbsp;</a>", '<w:document xmlns:w="x"></w:body>'])
    def test_unsound_xml(self, xml: str) -> None:
        assert code_of(main_part(xml)) == "damaged"

    def test_odd_utf_16(self) -> None:
        assert code_of(main_part(b"\xff\xfe<\x00x")) == "damaged"

    def test_unknown_encoding(self) -> None:
        assert code_of(main_part('<?xml version="1.0" encoding="x-none"?><a/>')) == "damaged"

    def test_unsound_styles(self) -> None:
        assert code_of(docx(p("正文"), styles="<w:style>")) == "damaged"

    def test_not_a_document(self) -> None:
        assert code_of(main_part("<workbook/>")) == "not_word"

    def test_no_body(self) -> None:
        assert code_of(main_part(body_part("").replace("<w:body></w:body>", ""))) == "damaged"

    def test_a_damaged_picture_does_not_spoil_the_text(self) -> None:
        body = '<w:p><w:r><w:t>正文</w:t><w:drawing><a:blip r:embed="a.png"/></w:drawing></w:r></w:p>'
        data = zipped(members(body, media={"a.png": b"0123456789"}), zipfile.ZIP_STORED).replace(
            b"0123456789", b"9876543210"
        )
        (paragraph,) = read_docx(data).paragraphs()
        assert (paragraph.text, paragraph.pictures[0].look) == ("正文", None)


def patched(data: bytes, name: str, offset: int, layout: str, value: int) -> bytes:
    """The container with one number of a member's central directory entry changed."""
    changed = bytearray(data)
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    struct.pack_into(layout, changed, entry + offset, value)
    return bytes(changed)


class TestHostile:
    def test_a_directory_that_points_before_the_beginning(self) -> None:
        data = bytearray(docx(p("甲")))
        at = data.rindex(b"PK\x05\x06") + 16
        struct.pack_into("<I", data, at, struct.unpack_from("<I", data, at)[0] + 100_000)
        assert code_of(bytes(data)) == "damaged"

    def test_entities(self) -> None:
        inner = body_part(p("&x;")).split("?>", 1)[1]
        assert code_of(main_part(f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{inner}')) == "hostile"
        assert code_of(main_part(f'<!-- <a --><!DOCTYPE a [<!ENTITY x "y">]>{inner}')) == "hostile"
        laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
        assert code_of(main_part(f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]>{inner}')) == "hostile"

    def test_entities_in_utf_16(self) -> None:
        assert code_of(main_part('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"))) == "hostile"

    def test_bomb(self) -> None:
        assert code_of(main_part(b" " * 30_000_000 + body_part("").encode())) == "hostile"

    def test_size_in_the_directory_understated(self) -> None:
        data = patched(main_part(b" " * 30_000_000 + body_part("").encode()), MAIN, 24, "<I", 100)
        tracemalloc.start()
        assert code_of(data) == "damaged"
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 3_000_000, "no more than the stated size may be unpacked"

    def test_size_in_the_directory_overstated(self) -> None:
        assert code_of(patched(docx(p("正文")), MAIN, 24, "<I", 3_000_000)) == "damaged"

    @pytest.mark.parametrize("limits", [Limits(max_part=1000), Limits(max_total=1000), Limits(max_entries=2)])
    def test_too_much(self, limits: Limits) -> None:
        assert code_of(docx(p("正" * 1000)), limits) == "too_large"

    @pytest.mark.parametrize("name", ["../../evil.xml", "word/../../x", "..\\evil.xml", "C:/evil.xml"])
    def test_names_that_climb(self, name: str) -> None:
        assert code_of(zipped(members(p("正文")) | {name: b"x"})) == "hostile"

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_members_of_one_name(self) -> None:
        buffer = io.BytesIO(docx(p("正文")))
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("WORD/document.xml", body_part(p("另一")))
        assert code_of(buffer.getvalue()) == "hostile"

    def test_encrypted_member(self) -> None:
        assert code_of(patched(docx(p("正文")), MAIN, 8, "<H", 1)) == "encrypted"

    def test_methods_that_unpack_without_bounds(self) -> None:
        assert code_of(zipped(members(p("正文")), zipfile.ZIP_LZMA)) == "damaged"

    def test_checksum_of_a_wrong_stream(self) -> None:
        assert code_of(patched(docx(p("正文")), MAIN, 16, "<I", zlib.crc32(b"x"))) == "damaged"


def test_links_cannot_leave_the_container() -> None:
    files = members(p("正文"))
    outside = '<Relationship Id="b" Type="x/image" Target="http://x/y.png" TargetMode="External"/>'
    rels = relationships({"a": ("image", "../../../../etc/passwd"), "s": ("styles", "/word/my%20styles.xml#x")})
    files["word/_rels/document.xml.rels"] = rels.replace("</", outside + "</").encode()
    links = Package(zipped(files), Limits()).relationships(MAIN)
    assert {key: link.target for key, link in links.items()} == {"a": "etc/passwd", "s": "word/my styles.xml"}

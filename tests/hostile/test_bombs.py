"""Files made to hurt, and real ones that are broken or locked: each is read or put before a person with a note, and the next paper goes on."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.reading.opener import Opener
from formflow.reading.sandbox import SandboxLimits
from support import offices
from support.archives import attached, mail, sevenzip, zipped
from support.packing import pack, unpack
from support.pdfs import pdf
from support.sheets import ods, ods_cell, xlsx
from support.wordml import body_part, docx, members, p, r

ROBUSTNESS = Path(__file__).parents[3] / "shared" / "corpus" / "real" / "robustness"
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def png(width: int, height: int) -> bytes:
    """A picture that says it is large, and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def _pictured() -> bytes:
    blip = '<w:drawing><a:graphic><a:graphicData><a:blip r:embed="bomb.png"/></a:graphicData></a:graphic></w:drawing>'
    return docx(p(r(inner=blip)), media={"bomb.png": png(60_000, 60_000)})


def _nested(depth: int) -> bytes:
    data = zipped({"x.txt": b"x"})
    for _ in range(depth):
        data = zipped({"x.zip": data})
    return data


def _pages(count: int) -> bytes:
    def draw(paper: object) -> None:
        for _ in range(count):
            paper.turn_page()  # type: ignore[attr-defined]

    return pdf(draw)


def _overlapping(count: int) -> bytes:
    """Many names for one packed megabyte."""
    data = zipped({"a.docx": bytes(1_000_000)})
    directory, end = data.find(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    entries = b"".join(data[directory:end].replace(b"a.docx", b"%06d" % number) for number in range(count))
    tail = bytearray(data[end:])
    struct.pack_into("<HHII", tail, 8, count, count, len(entries), directory)
    return data[:directory] + entries + bytes(tail)


def _link() -> bytes:
    """A file that is a link out of the archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("申请表.docx")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def _sheet(*changes: tuple[bytes, bytes], texts: bytes = b"", name: str = "sheet1.xml") -> bytes:
    """A small workbook with its sheet's XML changed, and perhaps one shared text that no part links to."""
    parts = unpack(xlsx({"A1": "单位", "B2": 12.5}))
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    for before, after in changes:
        assert before in sheet
        sheet = sheet.replace(before, after)
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"sheet1.xml", name.encode())
    parts |= {f"xl/worksheets/{name}": sheet, "xl/_rels/workbook.xml.rels": links}
    if texts:
        namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (namespace, texts)
    return pack(parts)


def _page(box: bytes, more: bytes = b"", objects: bytes = b"") -> bytes:
    """One page of a PDF with a word on it."""
    content = b"BT /F 9 Tf 50 800 Td (abc) Tj ET"
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox" + box + b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>" + more + b">>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(content), content)
        + b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + objects + b"trailer<</Root 1 0 R>>\n%%EOF"
    )  # fmt: skip


_CELL = ods_cell("x", 'table:number-columns-repeated="2000000000"')
BOMBS: dict[str, Callable[[], bytes]] = {
    "billion laughs.docx": lambda: zipped(members("") | {"word/document.xml": (_LAUGHS + "]>" + body_part(p("&i;"))).encode()}),
    "zeros.docx": lambda: zipped(members("") | {"word/document.xml": bytes(100_000_000)}),
    "deep.docx": lambda: docx("<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000),
    "tables in tables.docx": lambda: docx("<w:tbl><w:tr><w:tc>" * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300),
    "wide.docx": lambda: docx('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
    "picture.docx": _pictured,
    "one name twice.docx": lambda: zipped({"word/document.xml": b"x"}) + zipped({"word/document.xml": b"y"}),
    "many.docx": lambda: zipped(members("") | {f"word/{number}.xml": b"" for number in range(6_000)}),
    "wide.ods": lambda: ods(f'<table:table-row table:number-rows-repeated="1000000000">{_CELL}</table:table-row>'),
    "nested.zip": lambda: _nested(12),
    "zeros.zip": lambda: zipped({f"{number}.docx": bytes(60_000_000) for number in range(5)}),
    "many.zip": lambda: zipped({f"{number}.txt": b"x" for number in range(20_000)}),
    "climbing.zip": lambda: zipped({"../../x.docx": b"x", "C:/x.docx": b"x"}),
    "many.eml": lambda: mail(*(attached(f"{number}.doc", b"x") for number in range(3_000))),
    "pages.pdf": lambda: _pages(3_000),
    "pages in pages.pdf": lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "sizes that lie.zip": lambda: zipped({"a.txt": bytes(20_000_000)}).replace(struct.pack("<I", 20_000_000), struct.pack("<I", 10)),
    "overlapping.zip": lambda: _overlapping(400),
    "link.zip": _link,
    "zeros.7z": lambda: sevenzip({"a.txt": bytes(60_000_000)}),
    "dimension.xlsx": lambda: _sheet((b'ref="A1:B2"', b'ref="A1:XFD1048576"')),
    "far.xlsx": lambda: _sheet((b'r="B2"', b'r="XFD1048576"'), (b'<row r="2"', b'<row r="1048576"')),
    "far.dat.xlsx": lambda: _sheet((b'r="B2"', b'r="XFD30000"'), (b'<row r="2"', b'<row r="30000"'), name="sheet1.dat"),
    "merged.xlsx": lambda: _sheet((b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "shared text.xlsx": lambda: _sheet((b"</sheetData>", b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(3, 40_000)) + b"</sheetData>"), texts=b"x" * 32_000),
    "styles in circles.docx": lambda: docx(p("x", props='<w:pStyle w:val="a"/>'), styles="".join(f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>' for one, other in ("ab", "ba"))),
    "numbers.docx": lambda: docx(p("x", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 200, numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="2000000000"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'),
    "spans.docx": lambda: docx("<w:tbl>" + '<w:tr><w:trPr><w:gridBefore w:val="100000000"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>' * 2_000 + "</w:tbl>"),
    "nested.eml": lambda: b"From: a\r\nTo: b\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" * 10_000 + b"x",
    "deep.html": lambda: b"<html><body>" + b"<table><tr><td>" * 20_000 + b"x",
    "wide.html": lambda: b"<html><body><table><tr>" + b"<td colspan=1000 rowspan=65534>x" * 5_000,
    "long.txt": lambda: ("单位名称：某镇总工会，时间。\n" * 700_000).encode("gbk"),
    "huge page.pdf": lambda: _page(b"[0 0 1e9 1e9]"),
    "fields in circles.pdf": lambda: _page(b"[0 0 595 842]", b"/Annots[6 0 R 6 0 R]", b"6 0 obj<</T(a)/FT/Tx/Kids[6 0 R 6 0 R]/Parent 6 0 R/Subtype/Widget/Rect[0 0 9 9]>>endobj\n"),
    "zeros.xls": lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3_000_000),
}  # fmt: skip


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    with Opener(SandboxLimits(memory_mb=1024, cpu_s=30, wall_s=60)) as made:
        yield made


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_each_bomb_is_read_or_refused_in_words_and_the_next_paper_is_read(
    opener: Opener, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    try:
        opener.open(path)
    except UnreadableError as problem:
        told = problem
        assert told.message
        assert told.remedy
        assert told.code not in ("crashed", "time_out")
    assert "单位名称" in opener.open(docx(p("单位名称"))).text  # type: ignore[union-attr]


def test_every_file_of_the_collection_ends_where_a_person_finds_it(tmp_path: Path, opener: Opener) -> None:
    # The archive among them holds six sound papers, each to be converted: it has its own tests.
    papers = [path for path in sorted(ROBUSTNESS.iterdir()) if not path.name.startswith("~$") and path.suffix != ".rar"]
    assert len(papers) > 10
    with offices.office(tmp_path, read=opener.open) as office:
        from formflow.service import engine

        for path in papers:
            offices.drop(tmp_path, path)
        offices.drop(tmp_path, offices.COMPLETE)
        summary = engine.work_off(office)
    assert {path.name for path in papers} <= {done.name.split("/")[0] for done in summary.done}
    assert "accepted" in [done.result for done in summary.done]
    found = set(offices.tree(tmp_path / "outbox").values())
    assert {offices.tree(path.parent)[path.name] for path in papers} <= found
    aside = [path for path in (tmp_path / "outbox" / "_待人工处理").iterdir() if not path.name.endswith("说明.txt")]
    assert all(path.with_name(f"{path.name}.说明.txt").is_file() for path in aside)
    assert "Traceback" not in "".join(path.read_text("utf-8") for path in (tmp_path / "outbox").rglob("*.txt"))

"""Files made to hurt, and real ones that are broken or locked: each is read or put before a person with a note, and the next paper goes on."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formflow.errors import UnreadableError
from formflow.reading.opener import Opener
from formflow.reading.sandbox import SandboxLimits
from support import offices
from support.archives import attached, mail, zipped
from support.pdfs import pdf
from support.sheets import ods, ods_cell
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

"""Old Word files as programs save them: what is in them is what is in the .docx of the same paper."""

from __future__ import annotations

import io
import random
import struct
from bisect import bisect_left
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PIL import Image

from formflow.model.document import Block, Cell, Document, Table
from formflow.reading import scan
from formflow.reading.contents import Foreign, Scanned
from formflow.reading.docx import read_docx
from formflow.reading.reader import open_file, read_document
from support.corpus import Paper, has_libreoffice, make
from support.evaluate import evaluate
from support.more_layouts import LAYOUTS
from support.office import read_paper
from support.resaved import resaved
from support.word97 import Doc, Par, sprm
from support.wordml import docx as written
from support.wordml import p, r, tc, tr

REAL = Path(__file__).parents[4] / "shared" / "corpus" / "real"
needs_libreoffice = pytest.mark.skipif(not has_libreoffice(), reason="LibreOffice is not installed")


def grid(blocks: tuple[Block, ...]) -> list[object]:
    """Paragraphs that say anything, and tables with the place and the content of each cell, white space aside."""
    found: list[object] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append([(*_span(block, cell), grid(cell.blocks)) for cell in block.cells])
            continue
        looks = [picture.look for picture in block.pictures]
        text = "".join(f"{block.numbering or ''}{block.text}".split())
        found += [(text, looks)] if text or looks else []
    return found


def _span(table: Table, cell: Cell) -> tuple[int, int, int, int]:
    """Row, column and spans, counted in rows and columns in which a cell begins: files differ in those in which none does."""
    rows, columns = (sorted({getattr(one, name) for one in table.cells}) for name in ("row", "column"))
    top, left = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
    bottom, right = bisect_left(rows, cell.row + cell.row_span), bisect_left(columns, cell.column + cell.column_span)
    return top, left, bottom - top, right - left


@pytest.mark.parametrize("twin", sorted(REAL.glob("*/*.expected.docx")), ids=lambda path: path.name[:12])
def test_files_of_an_office_say_what_their_twins_say(twin: Path) -> None:
    """Saved as .wps by WPS Office, and as .docx by another program."""
    stem = twin.name.removesuffix(".expected.docx")
    (path,) = REAL.glob(f"*/{stem}.wps")
    found = read_document(path.read_bytes())
    assert found.format in ("doc", "wps")  # not every one says that it is from WPS
    assert grid(found.blocks) == grid(read_docx(twin.read_bytes()).blocks)


def test_there_are_twins() -> None:
    assert len(list(REAL.glob("*/*.expected.docx"))) >= 5


@needs_libreoffice
def test_forms_of_every_layout_give_the_same_records() -> None:
    papers = [make(960_000 + at, layout, 3) for at, layout in enumerate([*LAYOUTS, "blank"] * 2)]
    saved = resaved({paper.name: paper.data for paper in papers}, "doc")
    old: list[Paper] = [replace(paper, data=saved[paper.name]) for paper in papers]
    scores = evaluate(read_paper, old)
    assert scores.mistakes == (), "\n".join(map(str, scores.mistakes[:20]))
    assert {open_file(paper.data).format for paper in old} == {"doc"}  # type: ignore[union-attr]


def drawn(seed: int) -> bytes:
    """A form drawn by a library: cells merged at random, tables in cells, nothing after the last table."""
    rng = random.Random(f"old word {seed}")
    document = docx.Document()
    if rng.random() < 0.5:
        document.add_paragraph("某某申报表")
    rows, columns = rng.randint(3, 8), rng.randint(2, 6)
    table = document.add_table(rows, columns, style=rng.choice((None, "Table Grid")))
    for row in range(rows):
        for column in range(columns):
            table.cell(row, column).text = rng.choice(("", f"标签{row}{column}", f"答案{row}-{column}\n第二段"))
    used: set[tuple[int, int]] = set()
    for _ in range(rng.randint(1, 6)):
        top, left = rng.randrange(rows), rng.randrange(columns)
        bottom, right = min(rows - 1, top + rng.choice((0, 0, 2))), min(columns - 1, left + rng.choice((0, 1, 3)))
        area = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if not area & used:
            used |= area
            table.cell(top, left).merge(table.cell(bottom, right))
    if rng.random() < 0.4:
        inner = table.cell(rows - 1, 0).add_table(2, 2)
        inner.cell(0, 0).text, inner.cell(1, 1).text = "内一", "内二"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@needs_libreoffice
def test_forms_drawn_by_a_library_keep_their_tables() -> None:
    files = {f"{seed}": drawn(seed) for seed in range(24)}
    again = resaved(files, "doc")
    assert again.keys() == files.keys()
    for name, data in again.items():
        assert grid(read_document(data).blocks) == grid(read_docx(files[name]).blocks), name


def _box(is_on: bool) -> str:
    data = f'<w:ffData><w:enabled/><w:checkBox><w:sizeAuto/><w:default w:val="0"/>{"<w:checked/>" * is_on}</w:checkBox></w:ffData>'
    begun = r(inner=f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>')
    ends = "".join(r(inner=f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("separate", "end"))
    return begun + r(inner="<w:instrText> FORMCHECKBOX </w:instrText>") + ends


def _deeper(inner: str, depth: int) -> str:
    return inner if depth == 0 else _table(tr(f"第{depth}层", tc(inner=_deeper(inner, depth - 1) + p("后"))), 2)


def _table(rows: str, columns: int) -> str:
    width = f'<w:gridCol w:w="{9000 // columns}"/>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid>{width * columns}</w:tblGrid>{rows}</w:tbl>'


FEATURES = {
    "boxes": p(_box(True), "男", _box(False), "女") + _table(tr(tc(inner=p(_box(True), "是")), tc(inner=p(_box(False)))), 2) + p(),
    "signs": p(r(inner='<w:sym w:font="Wingdings" w:char="F0FE"/>'), "是", r(inner='<w:sym w:font="Wingdings 2" w:char="F0A3"/>')),
    "rare characters": p("𠮷野家𠀀字", "（括号）(半角)—…“引”é€"),
    "deep tables": _table(tr("外", tc(inner=_deeper(_table(tr("内", "里"), 2) + p(), 3) + p())), 2) + p("尾"),
    "many cells": _table(tr(*[f"{at}" for at in range(60)]) * 3, 60) + p(),
    "many pages": "".join(p(f"第{at}段" + "内容" * 30) for at in range(300)) + _table(tr("行", "值" * 20) * 200, 2) + p(),
    "empty cells": _table(tr("", "", "") * 3, 3) + p(),
    "tracked": p("甲", f'<w:ins w:id="1" w:author="a">{r("增")}</w:ins>', '<w:del w:id="2" w:author="a"><w:r><w:delText>删</w:delText></w:r></w:del>'),
}  # fmt: skip


@needs_libreoffice
def test_what_a_paper_can_hold() -> None:
    files = {name: written(body) for name, body in FEATURES.items()}
    again = resaved(files, "doc")
    assert again.keys() == files.keys()
    for name, data in again.items():
        assert grid(read_document(data).blocks) == grid(read_docx(files[name]).blocks), name


def test_what_is_older_or_otherwise_built_is_left_to_be_converted() -> None:
    sound = Doc([Par("甲\r")])
    assert isinstance(open_file(sound.bytes()), Document)
    assert open_file(replace(sound, version=0x68).bytes()) == Foreign("doc")
    assert open_file(replace(sound, structures={33: b"\2"}).bytes()) == Foreign("doc")


def test_pages_pasted_as_pictures_are_for_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: (True, ""))
    buffer = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(buffer, "PNG")
    art = struct.pack("<HHI", 0x6E00, 0xF01E, 17 + len(buffer.getvalue())) + bytes(17) + buffer.getvalue()
    picture = struct.pack("<iHh60x", 68 + len(art), 68, 0x64) + art
    page = Doc([Par("\x01\r")], [(0, 1, sprm(0x0855) + sprm(0x6A03, 0))], data=picture)
    assert open_file(page.bytes()) == Scanned("doc")

"""What Word, WPS and people leave in the XML of a paper without changing what it says.

Each edit takes the root of document.xml and a random source and changes the tree in place; a reader must give the same text.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from copy import deepcopy
from itertools import pairwise
from typing import Any

from lxml import etree

from support.packing import pack, unpack
from support.wordxml import NAMESPACES, W

_STRICT = "http://purl.oclc.org/ooxml"
_TRANSITIONAL = "http://schemas.openxmlformats.org"
_STRICT_SPACES = (
    (f"{_TRANSITIONAL}/wordprocessingml/2006/main", f"{_STRICT}/wordprocessingml/main"),
    (f"{_TRANSITIONAL}/officeDocument/2006/relationships", f"{_STRICT}/officeDocument/relationships"),
    (f"{_TRANSITIONAL}/drawingml/2006/main", f"{_STRICT}/drawingml/main"),
    (f"{_TRANSITIONAL}/drawingml/2006/picture", f"{_STRICT}/drawingml/picture"),
    (f"{_TRANSITIONAL}/drawingml/2006/wordprocessingDrawing", f"{_STRICT}/drawingml/wordprocessingDrawing"),
)
_REVISION = {"author": "审核人", "date": "2022-03-09T10:00:00Z"}


def w(tag: str, *children: Any, **attributes: str) -> Any:
    element = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W})
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name}", value)
    element.extend(children)
    return element


def q(tag: str) -> str:
    return f"{{{W}}}{tag}"


def text_runs(root: Any) -> list[Any]:
    """Runs that hold nothing but one piece of text, not yet inside any wrapper."""
    runs = []
    for run in root.iter(q("r")):
        content = [child for child in run if child.tag != q("rPr")]
        if len(content) == 1 and content[0].tag == q("t") and content[0].text and run.getparent().tag == q("p"):
            runs.append(run)
    return runs


def sample(rng: random.Random, items: list[Any], share: float) -> list[Any]:
    return [item for item in items if rng.random() < share]


def wrap(element: Any, *shells: Any) -> None:
    """Puts the element into the innermost of nested shells, in its place."""
    element.getparent().replace(element, shells[0])
    for outer, inner in pairwise(shells):
        outer.append(inner)
    element.tail = None
    shells[-1].append(element)


def _rsid(rng: random.Random) -> str:
    return f"{rng.randrange(16**8):08X}"


def split_runs(root: Any, rng: random.Random) -> None:
    """Runs broken anywhere, with revision ids and spelling marks in between."""
    for run in sample(rng, text_runs(root), 0.7):
        text = run.find(q("t")).text
        if len(text) < 2:
            continue
        cuts = sorted({0, len(text), *(rng.randrange(1, len(text)) for _ in range(2))})
        for start, end in pairwise(cuts):
            piece = deepcopy(run)
            piece.tail = None
            piece.set(q("rsidR"), _rsid(rng))
            piece.find(q("t")).text = text[start:end]
            piece.find(q("t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(w("proofErr", type=rng.choice(("spellStart", "gramEnd"))))
            run.addprevious(piece)
        run.getparent().remove(run)


def bookmarks(root: Any, rng: random.Random) -> None:
    for number, run in enumerate(sample(rng, text_runs(root), 0.3)):
        run.addprevious(w("bookmarkStart", id=str(number), name=f"_GoBack{number}"))
        run.addnext(w("bookmarkEnd", id=str(number)))


def _sdt() -> tuple[Any, Any]:
    """The shell of a content control and its content."""
    content = w("sdtContent")
    return w("sdt", w("sdtPr", w("alias", val="内容"), w("id", val="1"))), content


def sdt_cells(root: Any, rng: random.Random) -> None:
    for cell in sample(rng, list(root.iter(q("tc"))), 0.3):
        wrap(cell, *_sdt())


def sdt_rows(root: Any, rng: random.Random) -> None:
    for row in sample(rng, list(root.iter(q("tr"))), 0.25):
        wrap(row, *_sdt())


def sdt_runs(root: Any, rng: random.Random) -> None:
    for run in sample(rng, text_runs(root), 0.3):
        wrap(run, *_sdt())


def sdt_blocks(root: Any, rng: random.Random) -> None:
    """Content controls round whole paragraphs of a cell or of the body."""
    paragraphs = [p for p in root.iter(q("p")) if p.getparent().tag in (q("tc"), q("body"))]
    for paragraph in sample(rng, paragraphs, 0.2):
        wrap(paragraph, *_sdt())


def smart_tags(root: Any, rng: random.Random) -> None:
    for run in sample(rng, text_runs(root), 0.2):
        wrap(run, w("smartTag", element="place"), w("smartTag", element="date"))


def hyperlinks(root: Any, rng: random.Random) -> None:
    for run in sample(rng, text_runs(root), 0.15):
        wrap(run, w("hyperlink", anchor="_GoBack0"))


def simple_fields(root: Any, rng: random.Random) -> None:
    for run in sample(rng, text_runs(root), 0.15):
        wrap(run, w("fldSimple", instr=" MERGEFIELD 内容 "))


def complex_fields(root: Any, rng: random.Random) -> None:
    """The run as the shown result of a field whose code must not be read."""
    for run in sample(rng, text_runs(root), 0.15):
        code = w("instrText")
        code.text = ' REF 单位名称 \\* MERGEFORMAT "承担单位" '
        for before in (w("fldChar", fldCharType="begin"), code, w("fldChar", fldCharType="separate")):
            run.addprevious(w("r", before))
        run.addnext(w("r", w("fldChar", fldCharType="end")))


def insertions(root: Any, rng: random.Random) -> None:
    for number, run in enumerate(sample(rng, text_runs(root), 0.3)):
        wrap(run, w("ins", id=str(900 + number), **_REVISION))


def deletions(root: Any, rng: random.Random) -> None:
    """Words struck out beside the ones that stand."""
    for number, run in enumerate(sample(rng, text_runs(root), 0.3)):
        gone = w("delText")
        gone.text = rng.choice(("旧稿", "待补充", "2021年", "承担单位："))
        deleted = w("del", w("r", gone), id=str(700 + number), **_REVISION)
        (run.addprevious if rng.random() < 0.5 else run.addnext)(deleted)


def deleted_rows(root: Any, rng: random.Random) -> None:
    """A row struck out as a whole: a copy of one that stands, every run deleted."""
    rows = [
        row for row in root.iter(q("tr")) if not row.findall(f".//{q('vMerge')}") and row.getparent().tag == q("tbl")
    ]
    for row in sample(rng, rows, 0.15):
        copy = deepcopy(row)
        properties = copy.find(q("trPr"))
        if properties is None:
            properties = w("trPr")
            copy.insert(0, properties)
        properties.append(w("del", id="600", **_REVISION))
        for run in list(copy.iter(q("r"))):
            for text in run.findall(q("t")):
                text.tag = q("delText")
            wrap(run, w("del", id="601", **_REVISION))
        row.addnext(copy)


def moves(root: Any, rng: random.Random) -> None:
    """Moved text: the place it left still holds plain w:t, which nobody sees."""
    for number, run in enumerate(sample(rng, text_runs(root), 0.15)):
        source = deepcopy(run)
        source.tail = None
        run.addprevious(w("moveFrom", source, id=str(500 + number), **_REVISION))
        wrap(run, w("moveTo", id=str(400 + number), **_REVISION))


def text_boxes(root: Any, rng: random.Random) -> None:
    """A line of the cover in a text box, said twice for old and new programs."""
    body = root.find(q("body"))
    lines = [
        p for p in body.iterchildren(q("p")) if "单位：" in "".join(p.itertext()) or "单位:" in "".join(p.itertext())
    ]
    for paragraph in sample(rng, lines[:3], 0.5):
        holder = w("p")
        paragraph.addprevious(holder)
        old = deepcopy(paragraph)
        holder.append(w("r", _alternate_content(paragraph, old)))


def _alternate_content(new: Any, old: Any) -> Any:
    mc, wps, v, wp, a = (f"{{{NAMESPACES[key]}}}" for key in ("mc", "wps", "v", "wp", "a"))
    content = etree.Element(f"{mc}AlternateContent", nsmap={key: NAMESPACES[key] for key in ("mc", "wps", "v")})
    choice = etree.SubElement(content, f"{mc}Choice", Requires="wps")
    inline = etree.SubElement(etree.SubElement(choice, q("drawing")), f"{wp}inline")
    etree.SubElement(inline, f"{wp}extent", cx="3600000", cy="360000")
    etree.SubElement(inline, f"{wp}docPr", id="9", name="文本框")
    data = etree.SubElement(etree.SubElement(inline, f"{a}graphic"), f"{a}graphicData", uri=NAMESPACES["wps"])
    shape = etree.SubElement(data, f"{wps}wsp")
    etree.SubElement(shape, f"{wps}cNvSpPr", txBox="1")
    etree.SubElement(etree.SubElement(shape, f"{wps}spPr"), f"{a}prstGeom", prst="rect")
    etree.SubElement(shape, f"{wps}txbx").append(w("txbxContent", new))
    etree.SubElement(shape, f"{wps}bodyPr")
    drawn = etree.SubElement(etree.SubElement(etree.SubElement(content, f"{mc}Fallback"), q("pict")), f"{v}shape")
    etree.SubElement(drawn, f"{v}textbox").append(w("txbxContent", old))
    return content


def nested_tables(root: Any, rng: random.Random) -> None:
    """The last paragraph of a long answer set as a small table inside the cell, its text cut in two cells."""
    for cell in list(root.iter(q("tc"))):
        paragraphs = cell.findall(q("p"))
        text = "".join(paragraphs[-1].itertext()) if paragraphs else ""
        if len(paragraphs) < 3 or len(text) < 45 or rng.random() < 0.4:
            continue
        parts = (text[: len(text) // 2], text[len(text) // 2 :])
        inner = w("tbl", w("tblPr"), w("tblGrid", w("gridCol", w="2000"), w("gridCol", w="2000")))
        row = w("tr")
        for part in parts:
            piece = w("t")
            piece.text = part
            row.append(w("tc", w("tcPr"), w("p", w("r", piece))))
        inner.append(row)
        cell.replace(paragraphs[-1], inner)
        cell.append(w("p"))


def merged_old_style(root: Any, rng: random.Random) -> None:
    """Horizontal merges as w:hMerge over single grid columns instead of w:gridSpan."""
    for cell in list(root.iter(q("tc"))):
        span = cell.find(f"{q('tcPr')}/{q('gridSpan')}")
        if span is None or cell.getparent().tag != q("tr") or rng.random() < 0.5:
            continue
        count = int(span.get(q("val")))
        properties = span.getparent()
        properties.replace(span, w("hMerge", val="restart"))
        merge = properties.find(q("vMerge"))
        for _ in range(count - 1):
            follower = w("tcPr", w("hMerge", val="continue"))
            if merge is not None:
                follower.append(deepcopy(merge))
            cell.addnext(w("tc", follower, w("p")))


HAND_EDITS: dict[str, Callable[[Any, random.Random], None]] = {
    edit.__name__: edit
    for edit in (
        text_boxes, nested_tables, merged_old_style, deleted_rows, deletions, insertions, moves, complex_fields, simple_fields,
        hyperlinks, smart_tags, sdt_runs, bookmarks, split_runs, sdt_blocks, sdt_cells, sdt_rows,
    )
}  # fmt: skip


def edit_by_hand(data: bytes, names: Iterable[str], rng: random.Random) -> bytes:
    """The .docx with the named edits made in its document.xml, in the order of `HAND_EDITS`."""
    parts = unpack(data)
    root = etree.fromstring(parts["word/document.xml"])
    for name, edit in HAND_EDITS.items():
        if name in names:
            edit(root, rng)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack(parts)


def as_strict(data: bytes) -> bytes:
    """The .docx in the namespaces of ISO 29500 Strict."""
    parts = unpack(data)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
            for old, new in _STRICT_SPACES:
                part = part.replace(old.encode(), new.encode())
            parts[name] = part
    return pack(parts)

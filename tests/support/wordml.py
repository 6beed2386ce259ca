"""The smallest Word files: a body in WordprocessingML, the parts beside it, and what came out of reading them.

Unlike `wordxml`, which draws forms, this writes single features, and lets a test get the container wrong on purpose.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from formflow.model.document import Cell, Document, Paragraph, Table
from formflow.reading.docx import read_docx

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": _OFFICE,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
}
_XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/></Types>"""
# The parts `docx` knows by a short name: where they lie, their root, the relationship's type.
_PARTS = {
    "styles": ("word/styles.xml", "styles", "styles"),
    "numbering": ("word/numbering.xml", "numbering", "numbering"),
    "footnotes": ("word/footnotes.xml", "footnotes", "footnotes"),
    "endnotes": ("word/endnotes.xml", "endnotes", "endnotes"),
    "comments": ("word/comments.xml", "comments", "comments"),
    "header": ("word/header1.xml", "hdr", "header"),
    "footer": ("word/footer1.xml", "ftr", "footer"),
}


def part(root: str, inner: str) -> str:
    """A part's XML with every namespace declared."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} {_XMLNS}>{inner}</w:{root}>'


def body_part(body: str) -> str:
    return part("document", f"<w:body>{body}</w:body>")


def relationships(links: Mapping[str, tuple[str, str]], office: str = _OFFICE) -> str:
    """A relationships part: id → (the type's last word, target)."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{to}"/>' for key, (kind, to) in links.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def members(body: str, media: Mapping[str, bytes] | None = None, **parts: str) -> dict[str, bytes]:
    """The files of a docx by name. `parts` are inner XML by a name of `_PARTS`; `media` are pictures, linked by their bare names."""
    files = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships({"rId1": ("officeDocument", "word/document.xml")}),
    }
    links = {}
    for key, inner in parts.items():
        path, root, kind = _PARTS[key]
        files[path] = part(root, inner)
        links[key] = (kind, path.removeprefix("word/"))
    for name in media or {}:
        links[name] = ("image", f"media/{name}")
    files["word/_rels/document.xml.rels"] = relationships(links)
    files["word/document.xml"] = body_part(body)
    pictures = {f"word/media/{name}": data for name, data in (media or {}).items()}
    return {name: text.encode() for name, text in files.items()} | pictures


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(body: str, media: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    return zipped(members(body, media, **parts))


def read(body: str, media: Mapping[str, bytes] | None = None, **parts: str) -> Document:
    return read_docx(docx(body, media, **parts))


def first(body: str, **parts: str) -> Paragraph:
    """The first paragraph of what was read."""
    return next(read(body, **parts).paragraphs())


def table(rows: str, **parts: str) -> Table:
    """The first table of what was read, given its rows."""
    blocks = read(f"<w:tbl>{rows}</w:tbl>", **parts).blocks
    return next(block for block in blocks if isinstance(block, Table))


def spans(found: Table) -> list[tuple[str, int, int, int, int]]:
    """(text, row, column, row span, column span) of each cell."""
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in found.cells]


def p(*runs: str, props: str = "") -> str:
    """A paragraph of runs; plain text is put into a run."""
    inner = "".join(piece if piece.startswith("<") else r(piece) for piece in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inner}</w:p>"


def r(text: str = "", props: str = "", inner: str = "") -> str:
    shown = f'<w:t xml:space="preserve">{text}</w:t>' if text else ""
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{shown}{inner}</w:r>"


def tc(text: str = "", props: str = "", inner: str = "") -> str:
    return f"<w:tc>{f'<w:tcPr>{props}</w:tcPr>' if props else ''}{inner or p(text)}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{inner}</w:tr>"


def sdt(inner: str, props: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def cell_at(found: Table, row: int, column: int) -> Cell:
    return next(cell for cell in found.cells if (cell.row, cell.column) == (row, column))

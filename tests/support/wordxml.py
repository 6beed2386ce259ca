"""Word files written by hand: strings of WordprocessingML and the smallest package that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from support.packing import pack

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, underline: bool = False, font: str = "宋体", size: int = 24) -> str:
    """A run (or runs); "\\n" becomes a soft break and "\\t" a tab. `size` in half points."""
    props = f'<w:rFonts w:hint="eastAsia" w:eastAsia="{font}"/><w:sz w:val="{size}"/>'
    props += '<w:u w:val="single"/>' if underline else ""
    pieces = []
    for number, line in enumerate(text.split("\n")):
        pieces.append("<w:br/>" if number else "")
        for at, part in enumerate(line.split("\t")):
            pieces.append("<w:tab/>" if at else "")
            pieces.append(f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "")
    return f"<w:r><w:rPr>{props}</w:rPr>{''.join(pieces)}</w:r>"


def para(*runs: str, align: str = "", numbered: int | None = None) -> str:
    """A paragraph of runs; plain text is put into a run. `numbered` names a list of `numbering.xml`."""
    props = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>' if numbered else ""
    props += f'<w:jc w:val="{align}"/>' if align else ""
    inner = "".join(piece if piece.startswith("<w:") else run(piece) for piece in runs if piece)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inner}</w:p>"


def paras(text: str) -> str:
    """A paragraph for each line; one empty paragraph when there is no text."""
    return "".join(para(run(line)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Tc:
    """A cell: its paragraphs, the grid columns it covers, and its part in a vertical merge ("restart", "continue" or "")."""

    inner: str
    span: int = 1
    merge: str = ""

    def xml(self) -> str:
        span = f'<w:gridSpan w:val="{self.span}"/>' if self.span > 1 else ""
        merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[self.merge]
        return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{span}{merge}</w:tcPr>{self.inner or "<w:p/>"}</w:tc>'


def table(rows: list[list[Tc]], columns: int) -> str:
    """A bordered table; every row must cover all grid columns."""
    assert all(sum(cell.span for cell in row) == columns for row in rows), "a row does not fill the grid"
    edges = "".join(
        f'<w:{e} w:val="single" w:sz="4"/>' for e in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = f'<w:gridCol w:w="{9000 // columns}"/>' * columns
    body = "".join(f"<w:tr>{''.join(cell.xml() for cell in row)}</w:tr>" for row in rows)
    props = f'<w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{props}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1453" w:bottom="1440" w:left="1453"/></w:sectPr>'
# Lists 1 and 2: 一、二、… and 1.2.…
_NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    for number, form, text in ((1, "chineseCountingThousand", "%1、"), (2, "decimal", "%1."))
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))


def picture(relation: str, name: str, width_cm: float) -> str:
    """A run with an inline picture."""
    emu = int(width_cm * 360000)
    blip = f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    shape = f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu}" cy="{emu}"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
    head = f'<pic:nvPicPr><pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
    graphic = f'<a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic>{head}{blip}{shape}</pic:pic></a:graphicData></a:graphic>'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{emu}" cy="{emu}"/><wp:docPr id="1" name="{name}"/>{graphic}'
        "</wp:inline></w:drawing></w:r>"
    )


def _root(tag: str, inner: str) -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return f'{_DECLARATION}<w:{tag} {spaces} mc:Ignorable="w14">{inner}</w:{tag}>'.encode()


def package(body: str, media: dict[str, bytes] | None = None) -> bytes:
    """The body as a .docx; `media` are pictures by relation id."""
    media = media or {}
    types = "".join(
        f'<Default Extension="{ext}" ContentType="{kind}"/>'
        for ext, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
        )
    ) + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_MAIN}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"))
    )
    relations = "".join(
        f'<Relationship Id="rIdP{n}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(("styles", "numbering"))
    ) + "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/image" Target="media/{key}.png"/>' for key in media)
    first = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    parts = {
        "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'.encode(),
        "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{first}</Relationships>'.encode(),
        "word/document.xml": _root("document", f"<w:body>{body}{_SECTION}</w:body>"),
        "word/styles.xml": _root("styles", style),
        "word/numbering.xml": _root("numbering", _NUMBERING),
        "word/_rels/document.xml.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'.encode(),
    }
    return pack(parts | {f"word/media/{key}.png": data for key, data in media.items()})

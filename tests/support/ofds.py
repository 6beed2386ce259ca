"""The smallest OFD files: pages of placed text."""

from __future__ import annotations

from support.wordml import zipped

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float, y: float, size: float = 5) -> str:
    """Words whose baseline begins at x, y (mm)."""
    return (
        f'<ofd:TextObject ID="1" Boundary="0 0 210 297" Font="1" Size="{size}">'
        f'<ofd:TextCode X="{x}" Y="{y}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(*pages: str, prologue: str = "") -> bytes:
    """An OFD with a page for each string of text objects. `prologue` stands before the first page's root."""
    files = {
        "OFD.xml": f'<ofd:OFD {_NS} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f"<ofd:Document {_NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        "</ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        body = f'<ofd:Page {_NS}><ofd:Content><ofd:Layer ID="9">{page}</ofd:Layer></ofd:Content></ofd:Page>'
        files[f"Doc_0/Pages/{number}.xml"] = (prologue if number == 0 else "") + body
    return zipped({name: xml.encode() for name, xml in files.items()})

"""OFD files written by hand: pages of placed text and drawn paths, seals stamped on them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from support.wordml import zipped

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float, y: float, size: float = 5, more: str = "") -> str:
    """Words whose baseline begins at x, y (mm)."""
    return (
        f'<ofd:TextObject ID="1" Boundary="0 0 210 297" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="{x}" Y="{y}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(written: str, more: str = "", inside: str = "") -> str:
    """A path (mm), stroked in black unless `more` or `inside` say otherwise."""
    return f'<ofd:PathObject ID="2" Boundary="0 0 210 297" {more}>{inside}<ofd:AbbreviatedData>{written}</ofd:AbbreviatedData></ofd:PathObject>'


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The lines of a table."""
    level = [f"M {xs[0]} {y} L {xs[-1]} {y}" for y in ys]
    upright = [f"M {x} {ys[0]} L {x} {ys[-1]}" for x in xs]
    return "".join(map(path, (*level, *upright)))


def page(layers: str, before: str = "") -> str:
    """A page's markup; `before` stands before its content."""
    return f'<ofd:Page {NAMESPACE}>{before}<ofd:Content><ofd:Layer ID="9">{layers}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(
    *pages: str,
    prologue: str = "",
    more: Mapping[str, bytes] | None = None,
    common: str = "",
    body: str = "",
    tail: str = "",
) -> bytes:
    """An OFD with a page for each string of objects. `prologue` stands before the first page's root; `more` are further parts, which `common`
    (in the document's common data), `body` (in the file's list of documents) and `tail` (at the document's end) refer to."""
    files = document([f"Pages/{n}.xml" for n in range(len(pages))], common, body, tail)
    for number, objects in enumerate(pages):
        files[f"Doc_0/Pages/{number}.xml"] = ((prologue if number == 0 else "") + page(objects)).encode()
    return zipped({**files, **(more or {})})


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a container, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def document(pages: Sequence[str], common: str = "", body: str = "", tail: str = "") -> dict[str, bytes]:
    """The parts that hold a document of these pages together."""
    listed = "".join(f'<ofd:Page ID="{number + 1}" BaseLoc="{name}"/>' for number, name in enumerate(pages))
    root = f'<ofd:OFD {NAMESPACE} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>'
    main = (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{tail}</ofd:Document>"
    )
    return {"OFD.xml": root.encode(), "Doc_0/Document.xml": main.encode()}


def resources(pictures: Iterable[str]) -> bytes:
    """A list of picture files in the folder Res, numbered from 100 on."""
    listed = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for number, name in enumerate(pictures, 100)
    )
    return f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias>{listed}</ofd:MultiMedias></ofd:Res>'.encode()


def signed(seals: Iterable[tuple[int, str, bytes]], kind: bytes = b"png") -> dict[str, bytes]:
    """A signature for each seal: the number of its page, where it is stamped ("x y w h"), its picture."""
    files = {}
    listed = ""
    for number, (page_number, box, picture) in enumerate(seals):
        folder = f"Doc_0/Signs/Sign_{number}"
        listed += f'<ofd:Signature ID="{number}" Type="Seal" BaseLoc="/{folder}/Signature.xml"/>'
        files[f"{folder}/Signature.xml"] = (
            f'<ofd:Signature {NAMESPACE}><ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="{page_number}" Boundary="{box}"/></ofd:SignedInfo>'
            "<ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>"
        ).encode()
        files[f"{folder}/SignedValue.dat"] = _seal(picture, kind)
    files["Doc_0/Signs/Signatures.xml"] = f"<ofd:Signatures {NAMESPACE}>{listed}</ofd:Signatures>".encode()
    return files


def _seal(picture: bytes, kind: bytes) -> bytes:
    """The part of a seal (GB/T 38540) that matters here: the kind and bytes of its picture, its width and height in mm."""
    return _der(
        0x30,
        _der(0x30, _der(0x16, b"ES"), _der(0x02, b"\x04"))
        + _der(0x30, _der(0x16, kind) + _der(0x04, picture) + _der(0x02, b"\x2a") * 2),
    )


def _der(tag: int, content: bytes, *more: bytes) -> bytes:
    body = b"".join((content, *more))
    size = len(body)
    length = (
        bytes([size])
        if size < 128
        else (lambda b: bytes([0x80 | len(b)]) + b)(size.to_bytes((size.bit_length() + 7) // 8, "big"))
    )
    return bytes([tag]) + length + body

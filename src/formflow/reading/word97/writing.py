"""The parts of a .docx that says what a Word 97–2003 file says, put into one container."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.refusals import refuse
from formflow.reading.word97.drawings import Drawings, Media
from formflow.reading.word97.fib import Streams, streams_of
from formflow.reading.word97.lists import numbering_part
from formflow.reading.word97.story import Stories, fonts_of
from formflow.reading.word97.stylesheet import styles_part
from formflow.reading.word97.trouble import Unfamiliar
from formflow.reading.word97.xml import part, quoted

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DOCUMENT = "word/document.xml"


def as_docx(data: bytes, limits: Limits = DEFAULT) -> bytes:
    """The .docx; `Unfamiliar` for a file that is not built as Word 97 to 2003 built them, `UnreadableError` for one that is too large or
    has tables that do not come out even."""
    try:
        return _container(_parts(streams_of(data), limits))
    except (struct.error, IndexError) as error:
        raise Unfamiliar("tables that do not hold together") from error


def _parts(streams: Streams, limits: Limits) -> dict[str, bytes]:
    start, end = streams.story("body")
    if end - start > limits.max_text:
        raise refuse("too_large", f"文字超过 {limits.max_text // 10_000} 万字")
    fonts = fonts_of(streams.structure("fonts"))
    media = Media(limits.max_pictures, len(streams.main) + len(streams.table) + len(streams.data))
    stories = Stories(streams, Drawings(streams, media), fonts)
    links: dict[str, tuple[str, str]] = {"rIdS": ("styles", "styles.xml"), "rIdN": ("numbering", "numbering.xml")}
    # The levels of the lists follow behind what the file calls the lists.
    lists, uses = streams.structure("lists", is_open=True), streams.structure("list uses")
    parts = {
        "word/styles.xml": styles_part(streams.structure("styles")),
        "word/numbering.xml": numbering_part(lists, uses, fonts),
    }
    body = stories.body()
    # Pictures in headers and notes are no part of what is read there: their links stand with the body's.
    for number, (name, root, inner) in enumerate(_beside(stories)):
        links[f"rIdB{number}"] = (name, f"{name}{number}.xml")
        parts[f"word/{name}{number}.xml"] = part(root, inner)
    parts[_DOCUMENT] = part("document", f"<w:body>{body}</w:body>")
    links |= {link: ("image", name) for link, name in media.links.items()}
    parts |= {f"word/{name}": content for name, content in media.files.items()}
    return parts | {"word/_rels/document.xml.rels": _relationships(links)}


def _beside(stories: Stories) -> list[tuple[str, str, str]]:
    """(kind of link, root, content) of the parts beside the body that hold anything."""
    found = [
        ("footer", "ftr", inner) if is_footer else ("header", "hdr", inner) for is_footer, inner in stories.headers()
    ]
    found += [(f"{kind}s", f"{kind}s", stories.notes(kind)) for kind in ("footnote", "endnote", "comment")]
    return [entry for entry in found if entry[2]]


def _relationships(links: Mapping[str, tuple[str, str]]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{link}" Type="{_OFFICE}/{kind}" Target={quoted(target)}/>'
        for link, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def _container(parts: Mapping[str, bytes]) -> bytes:
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{_DOCUMENT}" ContentType="{_MAIN}"/></Types>'
    )
    first = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", _DOCUMENT)}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (first | dict(parts)).items():
            archive.writestr(name, content)
    return buffer.getvalue()

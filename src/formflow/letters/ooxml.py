"""The little of Word's file format that letters need: a package written from parts, and styles by name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>formflow</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2012-07-01T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">2012-07-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
)
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


# Nothing outside the file is ever fetched or expanded: the file may be a stranger's.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def parse_xml(data: bytes) -> etree._Element:
    """The root of a part's XML."""
    return etree.fromstring(data, _PARSER)


def write_package(document: str, furniture: Mapping[str, str], styles: str, settings: str) -> bytes:
    """A .docx from the inner XML of its parts. `furniture` are header and footer parts by name ("header1"); their relationship ids
    are their names. The same parts always give the same bytes."""
    parts = {
        "[Content_Types].xml": _content_types(tuple(furniture)),
        "_rels/.rels": _relationships(
            (("document", _RELATIONS + "officeDocument", "word/document.xml"),
             ("core", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"))
        ),
        "docProps/core.xml": _CORE,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relationships(
            (*(((name, _RELATIONS + name.rstrip("0123456789"), f"{name}.xml")) for name in furniture),
             ("styles", _RELATIONS + "styles", "styles.xml"), ("settings", _RELATIONS + "settings", "settings.xml"))
        ),
        "word/styles.xml": styles,
        "word/settings.xml": settings,
        **{f"word/{name}.xml": xml for name, xml in furniture.items()},
    }  # fmt: skip
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (_DECLARATION + xml).encode())
    return written.getvalue()


def _content_types(furniture: tuple[str, ...]) -> str:
    overrides = [("/word/document.xml", f"{_WORD_TYPES}document.main+xml"), ("/word/styles.xml", f"{_WORD_TYPES}styles+xml"),
                 ("/word/settings.xml", f"{_WORD_TYPES}settings+xml"),
                 ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]  # fmt: skip
    overrides += [(f"/word/{name}.xml", f"{_WORD_TYPES}{name.rstrip('0123456789')}+xml") for name in furniture]
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
        + "</Types>"
    )


def _relationships(relations: tuple[tuple[str, str, str], ...]) -> str:
    inner = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in relations)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


# A letter has the styles of its template, and of templates there are few.
@lru_cache(maxsize=16)
def style_names(styles: bytes | None) -> Mapping[str, str]:
    """Paragraph style names by style id; {} without a styles part."""
    if styles is None:
        return {}
    found: dict[str, str] = {}
    for style in parse_xml(styles).iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None and style.get(f"{W}type") == "paragraph":
            found[style.get(f"{W}styleId") or ""] = name.get(f"{W}val") or ""
    return found

"""Zip files that come out the same every time: fixed order, fixed time stamps."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

EPOCH = (2022, 3, 7, 0, 0, 0)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip, in the order given (Word wants [Content_Types].xml first)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(data: bytes) -> bytes:
    """The same zip without the moment it was written."""
    return pack(unpack(data))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What the writing library's own template brings along and no form of ours uses.
_BALLAST = re.compile(r"word/stylesWithEffects\.xml|docProps/thumbnail\..*|customXml/.*|word/webSettings\.xml")


def lean(data: bytes) -> bytes:
    """A Word file without the styles and parts it does not use: a form is handed out by mail a thousand times."""
    parts = {name: part for name, part in unpack(data).items() if not _BALLAST.fullmatch(name)}
    for name in [name for name in parts if name.endswith(".rels") or name == "[Content_Types].xml"]:
        parts[name] = _without_dangling(name, parts)
    story = b"".join(part for name, part in parts.items() if name.startswith("word/") and name != "word/styles.xml")
    styles = etree.fromstring(parts["word/styles.xml"])
    wanted = {found.decode() for found in re.findall(rb'<w:(?:p|r|tbl)Style w:val="([^"]+)"', story)}
    by_id = {style.get(_W + "styleId"): style for style in styles.findall(_W + "style")}
    wanted |= {key for key, style in by_id.items() if style.get(_W + "default") == "1"}
    queue = list(wanted)
    while queue:
        style = by_id.get(queue.pop())
        for tag in ("basedOn", "link", "next"):
            other = style.find(_W + tag) if style is not None else None
            if other is not None and other.get(_W + "val") not in wanted:
                wanted.add(other.get(_W + "val"))
                queue.append(other.get(_W + "val"))
    for key, style in by_id.items():
        if key not in wanted:
            styles.remove(style)
    parts["word/styles.xml"] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack(parts)


def _without_dangling(name: str, parts: dict[str, bytes]) -> bytes:
    """Relationships and content types without those of parts that are gone."""
    root = etree.fromstring(parts[name])
    base = name.split("_rels/")[0] if "_rels/" in name else ""
    for entry in list(root):
        target = entry.get("PartName", "").lstrip("/") or (
            entry.get("TargetMode") != "External" and entry.get("Target")
        )
        if target and posixpath.normpath(posixpath.join(base, target)) not in parts:
            root.remove(entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

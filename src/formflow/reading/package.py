"""An Office Open XML container, opened with suspicion: bytes → parts, relationships, parsed XML.

Nothing is written to disk, nothing outside the container is ever fetched, no entity is resolved. Whatever zipfile, zlib or lxml have
to say about a bad file leaves here as an `UnreadableError`; later stages meet sound XML only. It does not know Word.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from urllib.parse import unquote

from lxml import etree

from formflow.errors import UnreadableError
from formflow.model.quick import maker
from formflow.reading.directory import DEFLATED, STORED, Entry, container, entries, packed, unpacked
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_METHODS = (STORED, DEFLATED)  # what OPC allows; others unpack without bounds
# Strict (ISO 29500-1) namespaces → the Transitional ones everyone else writes.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: tuple[tuple[bytes, bytes], ...] = tuple(
    (_STRICT + strict, b"http://schemas.openxmlformats.org/" + transitional)
    for strict, transitional in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/picture", b"drawingml/2006/picture"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
    )
)
_ROOT_START = re.compile(rb"<[A-Za-z_]")
# Takes one document at a time, whichever thread it comes from; making one for each would cost as much as parsing a small part does.
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another: its type's last word ("header", "image"), the target's name in the container."""

    kind: str
    target: str


_relationship, _entry = maker(Relationship), maker(Entry)


class Package:
    """The parts of one container, by name without leading slash; names know no case."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._members = _vetted(entries(data), limits)
        self._relationships: dict[str, dict[str, Relationship]] = {}

    def has(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """A part's bytes; `damaged` if it is missing, cut or altered, `encrypted`, `too_large`."""
        entry = self._members.get(name.lower())
        if entry is None:
            raise refuse("damaged", f"缺少部件 {name}")
        if entry.flags & 0x1:
            raise refuse("encrypted")
        if entry.method not in _METHODS:
            raise refuse("damaged", "压缩方式不合规范")
        try:
            data = unpacked(self._data, entry)
        except (zlib.error, struct.error) as error:
            raise _broken(name) from error
        if len(data) != entry.size or zlib.crc32(data) != entry.checksum:
            raise _broken(name)
        return data

    def alone(self, names: Iterable[str], contents: Mapping[str, bytes]) -> bytes:
        """A container of some parts only: those of `contents` as they are given there, and not packed; those of `names` as they are here."""
        return container((*map(self._here, filter(self.has, names)), *starmap(self._given, contents.items())))

    def _here(self, name: str) -> tuple[Entry, bytes]:
        entry = self._members[name.lower()]
        try:
            return entry, packed(self._data, entry)
        except struct.error as error:
            raise _broken(name) from error

    def _given(self, name: str, content: bytes) -> tuple[Entry, bytes]:
        own, size = self._members[name.lower()].name, len(content)
        return _entry(own, 0, STORED, zlib.crc32(content), size, size, 0), content

    def xml(self, name: str) -> bytes:
        """An XML part's bytes for `parse_xml`: in UTF-8, with Transitional namespaces where the part is Strict."""
        return _normalised(self.read(name))

    def parse(self, name: str) -> etree._Element:
        """An XML part's root element, see `xml` and `parse_xml`."""
        return parse_xml(self.xml(name))

    def relationships(self, name: str = "") -> dict[str, Relationship]:
        """The links of a part (of the whole container for ""), by id; links to the outside are left out."""
        if name not in self._relationships:
            self._relationships[name] = self._read_relationships(name)
        return self._relationships[name]

    def _read_relationships(self, name: str) -> dict[str, Relationship]:
        folder, slash, base = name.rpartition("/")
        rels = f"{folder}{slash}_rels/{base}.rels"
        if not self.has(rels):
            return {}
        found = {}
        for link in self.parse(rels).iterchildren(_RELATIONSHIP):
            if link.get("TargetMode") != "External":
                kind = (link.get("Type") or "").rpartition("/")[2]
                found[link.get("Id") or ""] = _relationship(kind, _resolve(folder, link.get("Target") or ""))
        return found

    def main_part(self) -> str:
        """The name of the main part, found by its relationship; Word's usual name where the relationships do not say."""
        links = self.relationships().values()
        named = (link.target for link in links if link.kind == "officeDocument" and self.has(link.target))
        main = next(named, "word/document.xml")
        if not self.has(main):
            raise refuse("damaged", "找不到正文")
        return main


def _broken(name: str) -> UnreadableError:
    return refuse("damaged", f"部件 {posixpath.basename(name)} 的内容不完整或校验不符")


def parse_xml(data: bytes) -> etree._Element:
    """The root element of a part's bytes; `damaged` or `hostile` if they are not sound. Comments and processing instructions are dropped."""
    root_start = _ROOT_START.search(data)
    if data.find(b"<!DOCTYPE", 0, root_start.start() if root_start else len(data)) >= 0:
        raise refuse("hostile", "文件内含有文档类型定义")
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        deep = "depth" in str(error)
        raise refuse("hostile" if deep else "damaged", "嵌套层数过多" if deep else "内部结构有错误") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse("hostile", "文件内含有文档类型定义")
    return root


def _vetted(found: Sequence[Entry], limits: Limits) -> dict[str, Entry]:
    """The entries by lower-case name (OPC names know no case), or a refusal if the directory as a whole is not to be trusted."""
    if len(found) > limits.max_entries:
        raise refuse("too_large", "内部文件过多")
    members: dict[str, Entry] = {}
    total = 0
    for entry in found:
        name = entry.name.replace("\\", "/").lstrip("/").lower()
        _vet(entry, name, limits)
        if name in members:
            raise refuse("hostile", "内部有同名文件")
        members[name] = entry
        total += entry.size
    if total > limits.max_total:
        raise refuse("too_large", "解压后过大")
    return members


def _vet(entry: Entry, name: str, limits: Limits) -> None:
    if (".." in name and ".." in name.split("/")) or ":" in name.partition("/")[0]:
        raise refuse("hostile", "内部文件名异常")
    if entry.size > limits.max_part and name.endswith((".xml", ".rels")):
        raise refuse("too_large", "解压后过大")
    if entry.size > limits.ratio_from and entry.size > limits.max_ratio * max(entry.packed_size, 1):
        raise refuse("hostile", "压缩比异常")


@lru_cache(maxsize=1024)
def _resolve(folder: str, target: str) -> str:
    """A target relative to its part's folder, as a member name; it cannot climb out of the container."""
    path = unquote(target.replace("\\", "/").partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _normalised(data: bytes) -> bytes:
    """UTF-8 (whatever the part was in) with Transitional namespaces: what follows can look for plain words in the bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
        encoding = "utf-16" if data[0] >= 0xFE else ("utf-16-le" if data[0] == 0x3C else "utf-16-be")
        try:
            data = _DECLARATION.sub("", data.decode(encoding), count=1).encode()
        except UnicodeError as error:
            raise refuse("damaged", "内部编码有错误") from error
    if _STRICT in data:
        for strict, transitional in _TRANSITIONAL:
            data = data.replace(strict, transitional)
    return data

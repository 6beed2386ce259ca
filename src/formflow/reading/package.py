"""An Office Open XML container, opened with suspicion: bytes → parts, relationships, parsed XML.

Nothing is written to disk, nothing outside the container is ever fetched, no entity is resolved. Whatever zipfile, zlib or lxml have
to say about a bad file leaves here as an `UnreadableError`; later stages meet sound XML only. It does not know Word.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from lxml import etree

from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what OPC allows; others unpack without bounds
_END_OF_DIRECTORY = b"PK\x05\x06"
# An entry's own header: signature, lengths of the name and the extra field, which follow it.
_LOCAL_HEADER, _LOCAL_SIGNATURE = struct.Struct("<4s22xHH"), b"PK\x03\x04"
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
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another: its type's last word ("header", "image"), the target's name in the container."""

    kind: str
    target: str


class Package:
    """The parts of one container, by name without leading slash. A context manager."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._archive = _open(data)
        try:
            self._members = _vetted(self._archive, limits)
        except BaseException:
            self._archive.close()
            raise
        self._relationships: dict[str, dict[str, Relationship]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def has(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """A part's bytes; `damaged` if it is missing, cut or altered, `encrypted`, `too_large`."""
        info = self._members.get(name.lower())
        if info is None:
            raise refuse("damaged", f"缺少部件 {name}")
        if info.flag_bits & 0x1:
            raise refuse("encrypted")
        if info.compress_type not in _METHODS:
            raise refuse("damaged", "压缩方式不合规范")
        try:
            data = _unpacked(self._data, info)
        except (zlib.error, struct.error) as error:
            raise refuse("damaged", f"部件 {posixpath.basename(name)} 的内容不完整或校验不符") from error
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise refuse("damaged", f"部件 {posixpath.basename(name)} 的内容不完整或校验不符")
        return data

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
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(rels):
            return {}
        found = {}
        for link in self.parse(rels).iterchildren(_RELATIONSHIP):
            if link.get("TargetMode") != "External":
                kind = (link.get("Type") or "").rsplit("/", 1)[-1]
                found[link.get("Id") or ""] = Relationship(kind, _resolve(folder, link.get("Target") or ""))
        return found

    def main_part(self) -> str:
        """The name of the main part, found by its relationship; Word's usual name where the relationships do not say."""
        links = self.relationships().values()
        named = (link.target for link in links if link.kind == "officeDocument" and self.has(link.target))
        main = next(named, "word/document.xml")
        if not self.has(main):
            raise refuse("damaged", "找不到正文")
        return main


def parse_xml(data: bytes) -> etree._Element:
    """The root element of a part's bytes; `damaged` or `hostile` if they are not sound. Comments and processing instructions are dropped."""
    root_start = _ROOT_START.search(data)
    if data.find(b"<!DOCTYPE", 0, root_start.start() if root_start else len(data)) >= 0:
        raise refuse("hostile", "文件内含有文档类型定义")
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        deep = "depth" in str(error)
        raise refuse("hostile" if deep else "damaged", "嵌套层数过多" if deep else "内部结构有错误") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse("hostile", "文件内含有文档类型定义")
    return root


def _unpacked(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """An entry's content, not checked, and at most one byte longer than the directory says: one that understates a size gains nothing.
    (zipfile's own file objects take longer than unpacking most parts does.)"""
    if info.header_offset < 0:
        raise struct.error("an entry before the beginning of the file")
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    if signature != _LOCAL_SIGNATURE:
        raise struct.error("no entry where the directory says")
    start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    packed = data[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        return packed
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error, UnicodeDecodeError) as error:
        is_cut = _END_OF_DIRECTORY not in data[-66_000:]
        raise refuse("truncated" if is_cut else "damaged") from error


def _vetted(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The members by lower-case name (OPC names know no case), or a refusal if the directory as a whole is not to be trusted."""
    infos = archive.infolist()
    if len(infos) > limits.max_entries:
        raise refuse("too_large", "内部文件过多")
    if sum(info.file_size for info in infos) > limits.max_total:
        raise refuse("too_large", "解压后过大")
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/").lstrip("/").lower()
        _vet(info, name, limits)
        if name in members:
            raise refuse("hostile", "内部有同名文件")
        members[name] = info
    return members


def _vet(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if ".." in name.split("/") or ":" in name.split("/", 1)[0]:
        raise refuse("hostile", "内部文件名异常")
    is_xml = name.endswith((".xml", ".rels"))
    if is_xml and info.file_size > limits.max_part:
        raise refuse("too_large", "解压后过大")
    if info.file_size > limits.ratio_from and info.file_size > limits.max_ratio * max(info.compress_size, 1):
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


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )

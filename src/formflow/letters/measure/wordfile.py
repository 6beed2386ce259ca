"""A .docx in, its paragraphs with the properties that are really in force out: direct formatting over styles over defaults.

Any producer's file: style chains are followed, frames, text boxes and floating tables are walked. A theme font beats a name beside it
in Word, so such text has no known font here. Lengths in millimetres, sizes in points.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from formflow.letters.measure.opened import MeasureError
from formflow.letters.measure.wordprops import (
    POINT_MM,
    attributes_of,
    borders_of,
    font_of,
    has_flag,
    indents_of,
    is_on,
    points,
)
from formflow.letters.ooxml import W, parse_xml

_LARGEST_PART = 64 << 20
# What a broken or locked container, or a part of one, is met with.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, KeyError, OSError, EOFError, ValueError, RuntimeError, etree.XMLSyntaxError,
)  # fmt: skip
_NOT_WHOLE = "不是完好的 Word 文件（.docx），无法测量。"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look. `font` is the East Asian face, THEME if a theme decides; `squeeze` extra points a character."""

    text: str
    font: str
    latin: str
    size: float
    color: str
    is_bold: bool
    squeeze: float


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. `where` is body, table, header or footer; `pitch` the exact line distance in points (None if not exact)."""

    where: str
    runs: tuple[Run, ...]
    text: str
    align: str
    left_mm: float
    right_mm: float
    first_mm: float
    before_pt: float
    after_pt: float
    pitch: float | None
    keep_next: bool
    new_page: bool
    borders: Mapping[str, tuple[str, float, float, str]]

    @property
    def main(self) -> Run | None:
        """The run most of the text stands in."""
        return max(self.runs, key=lambda run: len(run.text.strip()), default=None)

    @property
    def size(self) -> float:
        return self.main.size if self.main else 0.0

    @property
    def color(self) -> str:
        return self.main.color if self.main else "auto"


@dataclass(frozen=True, slots=True)
class Section:
    """Page set-up of one section, in mm."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float
    has_own_first_page: bool
    furniture: Mapping[str, str]


class WordFile:
    """One opened file. Parts are read when asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise MeasureError(_NOT_WHOLE) from error
        self._body = self._part("word/document.xml").find(f"{W}body")
        if self._body is None:
            raise MeasureError("Word 文件里没有正文，无法测量。")
        if self._body.find(f".//{W}sectPr") is None:
            raise MeasureError("Word 文件里没有页面设置，无法测量。")

    def _part(self, name: str) -> etree._Element:
        try:
            if self._zip.getinfo(name).file_size > _LARGEST_PART:
                raise MeasureError("Word 文件里的内容大得不合常理，没有测量。")
            return parse_xml(self._zip.read(name))
        except _BROKEN as error:
            raise MeasureError(_NOT_WHOLE) from error

    @cached_property
    def _styles(self) -> dict[str, etree._Element]:
        if "word/styles.xml" not in self._zip.namelist():
            return {}
        root = self._part("word/styles.xml")
        found = {style.get(f"{W}styleId") or "": style for style in root.findall(f"{W}style")}
        for style in root.findall(f"{W}style"):
            if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
                found["*default*"] = style
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            found["*docDefaults*"] = defaults
        return found

    @cached_property
    def has_even_pages(self) -> bool:
        names = self._zip.namelist()
        return "word/settings.xml" in names and is_on(self._part("word/settings.xml"), "evenAndOddHeaders")

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        relations = {}
        if "word/_rels/document.xml.rels" in self._zip.namelist():
            relations = {node.get("Id"): node.get("Target") for node in self._part("word/_rels/document.xml.rels")}
        assert self._body is not None
        return tuple(_section(node, relations) for node in self._body.iter(f"{W}sectPr"))

    @cached_property
    def paragraphs(self) -> tuple[Para, ...]:
        """Of the body, with frames, text boxes and tables, in file order."""
        assert self._body is not None
        return tuple(self._walk(self._body, "body"))

    def furniture(self, section: Section, use: str) -> tuple[Para, ...]:
        """Paragraphs of a header or footer: use "header first", "footer default" …"""
        target = section.furniture.get(use)
        name = f"word/{target}" if target else ""
        return tuple(self._walk(self._part(name), use.split()[0])) if name in self._zip.namelist() else ()

    @property
    def tables(self) -> list[etree._Element]:
        assert self._body is not None
        return list(self._body.iter(f"{W}tbl"))

    def _walk(self, container: etree._Element, where: str) -> Iterator[Para]:
        skipped: set[etree._Element] = set()
        for node in container.iter(f"{W}p"):
            if any(parent in skipped for parent in node.iterancestors()):
                continue
            for fallback in node.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"):
                skipped.add(fallback)
            inside = any(parent.tag == f"{W}tc" for parent in node.iterancestors())
            floats = any(
                parent.tag == f"{W}tbl" and parent.find(f"{W}tblPr/{W}tblpPr") is not None
                for parent in node.iterancestors()
            )
            yield self._para(node, "imprint" if floats else "table" if inside and where == "body" else where)

    def _chain(self, style_id: str | None) -> list[etree._Element]:
        """Styles from the nearest to the farthest, then the default."""
        chain: list[etree._Element] = []
        style = self._styles.get(style_id or "*default*")
        while style is not None and style not in chain:
            chain.append(style)
            based = style.find(f"{W}basedOn")
            style = None if based is None else self._styles.get(based.get(f"{W}val") or "")
        return chain

    def _para(self, node: etree._Element, where: str) -> Para:
        direct = node.find(f"{W}pPr")
        style = None if direct is None else direct.find(f"{W}pStyle")
        chain = self._chain(None if style is None else style.get(f"{W}val"))
        sources = [direct, *(one.find(f"{W}pPr") for one in chain), self._default("pPr")]
        runs = tuple(self._run(run, chain) for run in node.iter(f"{W}r") if _owner(run) is node)
        size = max((run.size for run in runs), default=16.0)
        spacing = attributes_of(sources, "spacing")
        line = points(spacing.get("line"), default=12)
        return Para(
            where, runs, "".join(run.text for run in runs), attributes_of(sources, "jc").get("val", "both"),
            *indents_of(attributes_of(sources, "ind"), size),
            points(spacing.get("before")), points(spacing.get("after")),
            line if spacing.get("lineRule") == "exact" else None,
            has_flag(sources, "keepNext"), has_flag(sources, "pageBreakBefore"), borders_of(sources),
        )  # fmt: skip

    def _default(self, kind: str) -> etree._Element | None:
        defaults = self._styles.get("*docDefaults*")
        return None if defaults is None else defaults.find(f"{W}{kind}Default/{W}{kind}")

    def _run(self, node: etree._Element, chain: list[etree._Element]) -> Run:
        direct = node.find(f"{W}rPr")
        character = None if direct is None else direct.find(f"{W}rStyle")
        own = self._chain(character.get(f"{W}val")) if character is not None else []
        sources = [direct, *(one.find(f"{W}rPr") for one in (*own, *chain)), self._default("rPr")]
        return Run(
            _run_text(node), font_of(sources, "eastAsia"), font_of(sources, "ascii"),
            points(attributes_of(sources, "sz").get("val"), 2, 10.5), attributes_of(sources, "color").get("val", "auto"),
            has_flag(sources, "b"), points(attributes_of(sources, "spacing").get("val")),
        )  # fmt: skip


def _owner(run: etree._Element) -> etree._Element | None:
    return next((parent for parent in run.iterancestors() if parent.tag == f"{W}p"), None)


def _run_text(node: etree._Element) -> str:
    """The run's text; "\n" is a line break, "\f" a page break."""
    pieces = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
    return "".join(
        (child.text or "")
        if child.tag == f"{W}t"
        else "\f"
        if child.get(f"{W}type") == "page"
        else pieces[child.tag] or ""
        for child in node
        if child.tag in pieces
    )


def _section(node: etree._Element, relations: Mapping[str | None, str | None]) -> Section:
    size, margins = node.find(f"{W}pgSz"), node.find(f"{W}pgMar")

    def mm(source: etree._Element | None, name: str) -> float:
        return points(source.get(f"{W}{name}") if source is not None else None) * POINT_MM

    furniture = {}
    for kind in ("header", "footer"):
        for reference in node.findall(f"{W}{kind}Reference"):
            rid = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
            furniture[f"{kind} {reference.get(f'{W}type') or 'default'}"] = relations.get(rid) or ""
    return Section(
        mm(size, "w"), mm(size, "h"), mm(margins, "top"), mm(margins, "bottom"), mm(margins, "left") + mm(margins, "gutter"),
        mm(margins, "right"), mm(margins, "header"), mm(margins, "footer"), is_on(node, "titlePg"), furniture,
    )  # fmt: skip

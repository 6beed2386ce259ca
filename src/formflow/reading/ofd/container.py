"""An OFD file's parts → its pages: their size, what is drawn on each, and by which resources.

Comes in: the container, already known to be honest about its sizes. Goes out: `OfdPage`s in order, those that are missing left out and told
of. Paths are looked for where the standard and where careless producers put them. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from ofdkit import OFDError, OFDLimitError
from ofdkit.package import Package

from formflow.reading.ofd.markup import Area, area, children, find, text
from formflow.reading.ofd.seals import Stamp, stamps

MAX_PAGES = 500
_A4: Area = (0, 0, 210, 297)
_BEHIND = "Background"
# Annotations that are no part of what was written.
_NOT_WRITTEN = frozenset({"Watermark", "Highlight", "Link"})


@dataclass(slots=True)
class Resources:
    """What pages refer to by number: picture files (names in the container), fonts (their names), graphic units, ways of drawing."""

    pictures: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    styles: dict[str, Element] = field(default_factory=dict)

    def __or__(self, other: Resources) -> Resources:
        return Resources(
            self.pictures | other.pictures,
            self.fonts | other.fonts,
            self.units | other.units,
            self.styles | other.styles,
        )


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page: 1-based number, its box (mm), the contents drawn one over the other, the appearances of annotations, the seals stamped."""

    number: int
    box: Area
    contents: tuple[Element, ...]
    resources: Resources
    annotations: tuple[Element, ...] = ()
    stamps: tuple[Stamp, ...] = ()


class _Parts(Package):  # type: ignore[misc]
    """ofdkit's container, which knows the encodings, paths and broken markup that are about. What zipfile stumbles over in a directory
    gone wrong (places before the beginning, empty names) is an OFDError here, too."""

    def __init__(self, data: bytes) -> None:
        try:
            super().__init__(data)
        except (ValueError, IndexError) as error:
            raise OFDError(str(error)) from error

    def read(self, name: str) -> bytes:
        try:
            found: bytes = super().read(name)
        except (ValueError, IndexError) as error:
            raise OFDError(str(error)) from error
        return found


class Container:
    """An opened OFD file. `is_incomplete` once a part that others refer to was missing or not to be read."""

    def __init__(self, data: bytes) -> None:
        self._package: Any = _Parts(data)
        self.is_incomplete = False

    def __enter__(self) -> Container:
        return self

    def __exit__(self, *_: object) -> None:
        self._package.close()

    def read(self, name: str) -> bytes:
        """A part's bytes, b"" if they are not to be had."""
        try:
            found: bytes = self._package.read(name)
        except OFDLimitError:
            raise
        except OFDError:
            self.is_incomplete = True
            return b""
        return found

    def pages(self) -> Iterator[OfdPage]:
        """The pages of all documents in the file."""
        entry = self._package.find("OFD.xml")
        if entry is None:
            raise OFDError("no OFD.xml")
        number = 0
        for body in children(self._package.read_xml(entry), "DocBody"):
            main = self.wanted(entry, text(body, "DocRoot"))
            if main is None:
                continue
            signatures = self.at(entry, text(body, "Signatures"))
            for page in _Document(self, main, stamps(self, signatures) if signatures else {}).pages(number + 1):
                number = page.number
                yield page

    def element(self, name: str | None) -> Element | None:
        """A part's root."""
        if name is None:
            return None
        try:
            root: Element = self._package.read_xml(name)
        except OFDLimitError:
            raise
        except OFDError:
            self.is_incomplete = True
            return None
        return root

    def at(self, base: str, location: str | None) -> str | None:
        """A part's name by how another part (`base`) refers to it; None if it does not, or there is no such part."""
        name: str | None = self._package.resolve(base, location)
        return name

    def wanted(self, base: str, location: str | None) -> str | None:
        """The same; that it is missing is remembered."""
        name = self.at(base, location)
        self.is_incomplete |= name is None
        return name


class _Document:
    """One document of a file."""

    def __init__(self, container: Container, main: str, signed: Mapping[str, tuple[Stamp, ...]]) -> None:
        self._container, self._main, self._signed = container, main, signed
        self._root = container.element(main)
        common = find(self._root, "CommonData")
        self._box = area(text(common, "PageArea", "PhysicalBox")) or _A4
        self._templates = {each.get("ID") or "": each.get("BaseLoc") for each in children(common, "TemplatePage")}
        self._resources = Resources()
        for kind in ("PublicRes", "DocumentRes"):
            for each in children(common, kind):
                self._resources |= self._loaded(main, each.text)
        self._annotations = self._annotated()
        self._drawn_templates: dict[str, tuple[Element | None, Resources]] = {}

    def pages(self, first: int) -> Iterator[OfdPage]:
        """Its pages, counted from `first`."""
        number = first
        for reference in children(find(self._root, "Pages"), "Page"):
            name = self._container.wanted(self._main, reference.get("BaseLoc"))
            root = self._container.element(name)
            if name is not None and root is not None:
                yield self._page(number, name, root, (reference.get("ID") or "").strip())
                number += 1

    def _page(self, number: int, name: str, root: Element, key: str) -> OfdPage:
        resources = self._resources
        for each in children(root, "PageRes"):
            resources |= self._loaded(name, each.text)
        behind: list[Element] = []
        before: list[Element] = []
        for reference in children(root, "Template"):
            template, own = self._template((reference.get("TemplateID") or "").strip())
            if template is not None:
                (behind if reference.get("ZOrder", _BEHIND) == _BEHIND else before).append(template)
                resources = own | resources
        box = area(text(root, "Area", "PhysicalBox")) or self._box
        annotations, signed = self._annotations.get(key, ()), self._signed.get(key, ())
        return OfdPage(number, box, (*behind, root, *before), resources, annotations, signed)

    def _template(self, key: str) -> tuple[Element | None, Resources]:
        if key not in self._drawn_templates:
            name = self._container.wanted(self._main, self._templates.get(key))
            root = self._container.element(name)
            own = Resources()
            for each in children(root, "PageRes"):
                own |= self._loaded(name or "", each.text)
            self._drawn_templates[key] = root, own
        return self._drawn_templates[key]

    def _loaded(self, base: str, location: str | None) -> Resources:
        """The resources a part refers to."""
        name = self._container.wanted(base, location)
        root = self._container.element(name)
        found = Resources()
        if name is None or root is None:
            return found
        folder = f"{root.get('BaseLoc')}/" if root.get("BaseLoc") else ""
        for media in children(find(root, "MultiMedias"), "MultiMedia"):
            file = text(media, "MediaFile")
            at = self._container.at(name, folder + file) or self._container.at(name, file)
            if at and (media.get("Type") or "Image") == "Image":
                found.pictures[media.get("ID") or ""] = at
        for font in children(find(root, "Fonts"), "Font"):
            found.fonts[font.get("ID") or ""] = font.get("FontName") or ""
        for unit in children(find(root, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
            found.units[unit.get("ID") or ""] = unit
        for style in children(find(root, "DrawParams"), "DrawParam"):
            found.styles[style.get("ID") or ""] = style
        return found

    def _annotated(self) -> dict[str, tuple[Element, ...]]:
        """Page id → the appearances of what was put on the page later: a stamp, something typed over it."""
        index = self._container.at(self._main, text(self._root, "Annotations"))
        found: dict[str, tuple[Element, ...]] = {}
        for page in children(self._container.element(index), "Page"):
            root = self._container.element(self._container.at(index or "", text(page, "FileLoc")))
            shown = (each for each in children(root, "Annot") if each.get("Type") not in _NOT_WRITTEN)
            looks = [look for each in shown if each.get("Visible") != "false" for look in children(each, "Appearance")]
            found[(page.get("PageID") or "").strip()] = tuple(looks)
        return found

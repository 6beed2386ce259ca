"""Properties of Word in force: what the nearest of several sources says, from direct formatting over styles to the defaults.

In: `w:pPr` or `w:rPr` elements, nearest first, None where there is none. Out: plain values; lengths in millimetres, sizes in points.
"""

from __future__ import annotations

import re

from lxml import etree

from formflow.letters.ooxml import W

POINT_MM = 25.4 / 72
_POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"\s*([-+]?\d{1,9}(?:\.\d{0,9})?)(mm|cm|in|pt|pc|pi)?\s*", re.ASCII)
THEME = "（主题字体）"


def points(text: str | None, per_point: int = 20, default: float = 0.0) -> float:
    """A length in points, told in parts of one (`per_point`: 20 twips, 8 eighths) or, as Strict files do, with its unit; the default where
    nothing is said, or nothing that is a length."""
    match = _MEASURE.fullmatch(text or "")
    if match is None:
        return default
    return float(match[1]) * _POINTS[match[2]] if match[2] else float(match[1]) / per_point


def attributes_of(sources: list[etree._Element | None], name: str) -> dict[str, str]:
    """The attributes of one property, each from the nearest source that has it."""
    found: dict[str, str] = {}
    for source in sources:
        node = None if source is None else source.find(f"{W}{name}")
        if node is not None:
            for key, value in node.attrib.items():
                found.setdefault(etree.QName(key).localname, str(value))
    return found


def is_on(source: etree._Element, name: str) -> bool:
    """Whether a switch stands in the source and is not turned off."""
    node = source.find(f"{W}{name}")
    return node is not None and node.get(f"{W}val") not in ("0", "false", "off")


def has_flag(sources: list[etree._Element | None], name: str) -> bool:
    """A switch as the nearest source that has it says."""
    for source in sources:
        if source is not None and source.find(f"{W}{name}") is not None:
            return is_on(source, name)
    return False


def font_of(sources: list[etree._Element | None], script: str) -> str:
    """The face of a script; a theme attribute at any level nearer than a name makes it unknown."""
    for source in sources:
        node = None if source is None else source.find(f"{W}rFonts")
        if node is None:
            continue
        if node.get(f"{W}{script}Theme"):
            return THEME
        if node.get(f"{W}{script}"):
            return node.get(f"{W}{script}") or ""
    return ""


def indents_of(values: dict[str, str], size: float) -> tuple[float, float, float]:
    """Left, right and first-line indent in mm; a count of characters beats a length when it is not 0, as in Word."""

    def length(name: str, *others: str) -> float:
        for one in (name, *others):
            chars = points(values.get(f"{one}Chars"), 1)
            if chars:
                return chars / 100 * size * POINT_MM
            if one in values:
                return points(values[one]) * POINT_MM
        return 0.0

    first = (
        -length("hanging") if values.get("hanging") or points(values.get("hangingChars"), 1) else length("firstLine")
    )
    return length("left", "start"), length("right", "end"), first


def borders_of(sources: list[etree._Element | None]) -> dict[str, tuple[str, float, float, str]]:
    """(kind of line, weight in pt, distance in pt, colour) by side."""
    for source in sources:
        node = None if source is None else source.find(f"{W}pBdr")
        if node is not None:
            return {
                etree.QName(side).localname: (side.get(f"{W}val") or "", points(side.get(f"{W}sz"), 8),
                                              points(side.get(f"{W}space"), 1), side.get(f"{W}color") or "auto")
                for side in node.iterchildren("*")
            }  # fmt: skip
    return {}

"""Properties of Word in force: what the nearest of several sources says, from direct formatting over styles to the defaults.

In: `w:pPr` or `w:rPr` elements, nearest first, None where there is none. Out: plain values; lengths in millimetres, sizes in points.
"""

from __future__ import annotations

from lxml import etree

from formflow.letters.ooxml import W

POINT_MM = 25.4 / 72
THEME = "（主题字体）"


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
            chars = float(values.get(f"{one}Chars", 0))
            if chars:
                return chars / 100 * size * POINT_MM
            if one in values:
                return float(values[one]) / 20 * POINT_MM
        return 0.0

    first = -length("hanging") if values.get("hanging") or float(values.get("hangingChars", 0)) else length("firstLine")
    return length("left", "start"), length("right", "end"), first


def borders_of(sources: list[etree._Element | None]) -> dict[str, tuple[str, float, float, str]]:
    """(kind of line, weight in pt, distance in pt, colour) by side."""
    for source in sources:
        node = None if source is None else source.find(f"{W}pBdr")
        if node is not None:
            return {
                etree.QName(side).localname: (side.get(f"{W}val") or "", float(side.get(f"{W}sz") or 0) / 8,
                                              float(side.get(f"{W}space") or 0), side.get(f"{W}color") or "auto")
                for side in node
            }  # fmt: skip
    return {}

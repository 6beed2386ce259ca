"""What depends on the texts of a finished letter: where 署名 stands (GB/T 9704 7.3.5.1), how large the 发文机关标志 can be (7.2.4).

The date stands four characters from the right, the name is centred on the date. Word cannot centre one paragraph on another, so a
filled-in Word file gets the indents that follow from its texts; the PDF is drawn from the same sum.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from lxml import etree

from formflow.letters.elements import DATE, MARK, SIGNATURE, mark_size
from formflow.letters.geometry import CHARS_PER_LINE, TEXT_WIDTH_MM, twips

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def width_in_chars(text: str) -> float:
    """Width in characters: a wide one counts 1, a half-width one ½."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def signature_indent(name: str, date: str) -> tuple[float, float]:
    """Left and right indent, in characters, of the box in which the name is centred. A name too long for the room right of the
    left edge keeps the date's middle and is set in as many lines as it takes."""
    middle = CHARS_PER_LINE - DATE.right - width_in_chars(date) / 2
    room_right = CHARS_PER_LINE - middle
    half = min(room_right, middle)
    return middle - half, CHARS_PER_LINE - middle - half


def place_signature(document: etree._Element, styles: Mapping[str, str]) -> None:
    """Set the indents of each 发文机关署名 paragraph from its own text and that of the 成文日期 after it, in place.

    `styles` are style names by id: Word gives styles new ids whenever it saves a file."""
    signer: etree._Element | None = None
    for paragraph in document.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = styles.get(style.get(f"{_W}val") or "") if style is not None else None
        if name == SIGNATURE.name:
            signer = paragraph
        elif name == DATE.name and signer is not None:
            _indent(signer, *signature_indent(_text(signer), _text(paragraph)))
            signer = None


def fit_mark(part: etree._Element, styles: Mapping[str, str]) -> None:
    """Make each 发文机关标志 small enough to stand on one line of the text area, in place."""
    for paragraph in part.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is None or styles.get(style.get(f"{_W}val") or "") != MARK.name:
            continue
        size = mark_size(_text(paragraph))
        if size == MARK.size:
            continue
        for run in paragraph.iter(f"{_W}r"):
            _resize(run, size)


def _resize(run: etree._Element, points: float) -> None:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = etree.Element(f"{_W}rPr")
        run.insert(0, properties)
    for tag in ("sz", "szCs"):
        for old in properties.findall(f"{_W}{tag}"):
            properties.remove(old)
        etree.SubElement(properties, f"{_W}{tag}").set(f"{_W}val", str(round(points * 2)))


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))


def _indent(paragraph: etree._Element, left: float, right: float) -> None:
    properties = paragraph.find(f"{_W}pPr")
    assert properties is not None  # it has a style
    for old in properties.findall(f"{_W}ind"):
        properties.remove(old)
    indent = etree.Element(f"{_W}ind")
    for side, chars in (("left", left), ("right", right)):
        indent.set(f"{_W}{side}Chars", "0")
        indent.set(f"{_W}{side}", str(twips(chars * TEXT_WIDTH_MM / CHARS_PER_LINE)))
    indent.set(f"{_W}firstLine", "0")
    _insert(properties, indent)


# What the schema puts behind `ind` in a paragraph's properties; Word refuses another order.
_BEHIND = ("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap",
           "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange")  # fmt: skip


def _insert(properties: etree._Element, indent: etree._Element) -> None:
    for index, child in enumerate(properties):
        if etree.QName(child).localname in _BEHIND:
            properties.insert(index, indent)
            return
    properties.append(indent)

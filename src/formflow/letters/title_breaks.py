"""Line breaks in the titles of a finished Word file, where Word itself would break anywhere.

In: the parsed document. Changed in place: each 公文标题, 附件标题 or 回执标题 that is longer than a line and has no break of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from formflow.letters.elements import ENCLOSURE_TITLE, SLIP_TITLE, TITLE
from formflow.letters.ooxml import W
from formflow.letters.titles import break_title

TITLES = frozenset((TITLE.name, ENCLOSURE_TITLE.name, SLIP_TITLE.name))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def break_titles(document: etree._Element, styles: Mapping[str, str], names: Iterable[str] = ()) -> None:
    """Breaks long titles; `names` are kept whole where they can be. `styles` are style names by id."""
    known = tuple(names)
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or styles.get(style.get(f"{W}val") or "") not in TITLES:
            continue
        texts = list(paragraph.iter(f"{W}t"))
        is_broken = any(True for _ in paragraph.iter(f"{W}br", f"{W}cr"))
        whole = "".join(text.text or "" for text in texts)
        lines = break_title(whole, known)
        if len(lines) > 1 and not is_broken:
            _break(texts, [len(line) for line in lines], whole)


def _break(texts: list[etree._Element], lengths: list[int], whole: str) -> None:
    """Puts a break after each line but the last; a space between two lines goes."""
    ends, place = [], len(whole) - len(whole.lstrip())
    for length in lengths[:-1]:
        place += length
        ends.append(place)
        place += len(whole[place:]) - len(whole[place:].lstrip(" "))
    start = 0
    for text in texts:
        content = text.text or ""
        inside = [end - start for end in ends if start < end <= start + len(content)]
        if inside:
            _split(text, content, inside)
        start += len(content)


def _split(text: etree._Element, content: str, ends: list[int]) -> None:
    pieces = [content[a:b] for a, b in zip([0, *ends], [*ends, len(content)], strict=True)]
    text.text = pieces[0]
    for piece in pieces[1:]:
        line = etree.Element(f"{W}br")
        text.addnext(line)
        after = etree.Element(f"{W}t", {_SPACE: "preserve"})
        after.text = piece.lstrip(" ")
        line.addnext(after)
        text = after

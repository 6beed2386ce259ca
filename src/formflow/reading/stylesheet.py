"""styles.xml, cut into its styles: each is parsed when it is first asked for.

The part's bytes (UTF-8) come in, w:style elements by id go out. Word lists hundreds of latent styles in each file, and files made from its
full template carry hundreds of real ones: several times the cost of parsing the form itself, which uses three of them. What a style says
is `styles`' matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from formflow.reading import names as n
from formflow.reading.package import parse_xml

_ROOT = re.compile(rb"<w:styles\s[^>]*>")
_ID = re.compile(rb'\sw:styleId="([^"&<>]*)"')
_BEGIN, _END, _ROOT_END = b"<w:style ", b"</w:style>", b"</w:styles>"


class Stylesheet:
    """The styles of one document, by id."""

    def __init__(self, data: bytes | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        # Styles not parsed yet: the bytes of their start tag, and all up to the end tag.
        self._pieces: dict[str, tuple[bytes, bytes]] = {}
        self._head = b""
        if data is not None and not self._cut(data):
            self._pieces.clear()
            root = parse_xml(data)
            self._elements = {style.get(n.STYLE_ID) or "": style for style in root.iterchildren(n.STYLE)}

    def _cut(self, data: bytes) -> bool:
        """Cuts the bytes into pieces; False if they might be read another way: comments, other prefixes, ends that do not match."""
        before, *pieces = data.split(_BEGIN)
        root = _ROOT.search(before)
        if root is None or b"!" in data or _END in before or not pieces:
            return False
        self._head = data[: root.end()]
        for piece in pieces:
            content, end, between = piece.partition(_END)
            start = content[: content.find(b">")]
            style_id = _ID.search(b" " + start)
            if style_id is None or not end or between.strip() not in (b"", _ROOT_END):
                return False
            self._pieces[style_id[1].decode("utf-8", "replace")] = start, content
        return True

    def get(self, style_id: str | None) -> etree._Element | None:
        """The style of that id, None if there is none."""
        if style_id in self._pieces:
            _, content = self._pieces.pop(style_id)
            self._elements[style_id] = parse_xml(self._head + _BEGIN + content + _END + _ROOT_END)[0]
        return self._elements.get(style_id or "")

    def default(self) -> str | None:
        """The id of the default paragraph style, None if there is none."""
        for style_id in self._maybe_default():
            style = self.get(style_id)
            if style is not None and style.get(n.TYPE) == "paragraph" and n.is_on(style.get(n.DEFAULT, "0")):
                return style_id
        return None

    def _maybe_default(self) -> Iterator[str]:
        yield from list(self._elements)
        yield from [style_id for style_id, (start, _) in self._pieces.items() if b"w:default=" in start]

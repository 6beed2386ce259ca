"""Pieces of WordprocessingML as strings: what the other modules write their elements with."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
}
_SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
# What XML 1.0 does not allow; halves of a pair are put together or lost before.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """A text of UTF-16 units as one of characters, without those no XML can hold."""
    if any("\ud800" <= unit <= "\udfff" for unit in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _FORBIDDEN.sub("", text)


def said(text: str) -> str:
    """A text as the content of an element."""
    return escape(clean(text))


def quoted(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks."""
    return quoteattr(clean(text))


def value(tag: str, text: str | int) -> str:
    """An element with nothing but a w:val."""
    return f"<w:{tag} w:val={quoted(str(text))}/>"


def switch(tag: str, is_on: bool | None, on: str = "1", off: str = "0") -> str:
    """A property that is on or off; "" where nothing is said."""
    return "" if is_on is None else value(tag, on if is_on else off)


def wrapped(tag: str, inner: str) -> str:
    """An element round something; "" round nothing."""
    return f"<w:{tag}>{inner}</w:{tag}>" if inner else ""


def part(tag: str, inner: str) -> bytes:
    """A whole part."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{tag} {_SPACES}>{inner}</w:{tag}>'.encode()

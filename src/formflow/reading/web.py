"""A web page's bytes → `Document`: what a reader of the page sees of it, without what leads elsewhere.

Scripts, styles, hidden text, menus and lists of links are left out; heads, feet and side columns are furniture, as is what the page says
of itself (title, source, day, address). Word's and other programs' forms saved as web pages keep their tables; tables that only place
things are passed through. Reaches nobody: pictures, styles and frames are not fetched.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

from lxml import etree, html

from formflow.model.document import Document, Locator, Paragraph
from formflow.reading.encodings import decoded
from formflow.reading.limits import Limits
from formflow.reading.refusals import refuse
from formflow.reading.unsettled import STRUCK_OUT
from formflow.reading.web_body import Body, squeezed

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4096
# What pages say of themselves, by the names they give it, with the words it is told in here.
_NAMED = (
    (("og:site_name", "application-name"), ""),
    (("source", "contentsource", "mediaid", "copyfrom", "article:source"), "来源："),
    (("author", "article:author"), "作者："),
    (("pubdate", "publishdate", "publishtime", "article:published_time", "date", "firstpublishedtime"), "发布时间："),
)
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//base/@href")


def read_html(data: bytes, limits: Limits) -> Document:
    """The document of a web page, saved alone or as one file with what it shows (MHTML). `UnreadableError`: "empty" where it says nothing,
    "damaged", "hostile", "too_large"."""
    markup, charset, address = _markup(data)
    root = _parsed(decoded(markup, charset or _declared(markup)))
    body = Body(limits)
    body.read(root)
    if not body.blocks:
        raise refuse("empty", "网页里没有可以读取的文字")
    beside = (*_about(root, address), *body.furniture)
    remarks = (STRUCK_OUT,) if body.has_struck else ()
    return Document("html", tuple(body.blocks), tuple(_placed(beside)), remarks)


def _markup(data: bytes) -> tuple[bytes, str, str]:
    """The page's own bytes, their encoding and the page's address, "" where nobody says."""
    head = data[:_HEAD].lstrip()
    if b"<html" in head.lower()[:1024] or not re.match(rb"[A-Za-z-]+:", head):
        return data, "", ""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            address = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
            return content, part.get_content_charset() or "", str(address)
    return data, "", ""


def _declared(markup: bytes) -> str:
    found = _DECLARED.search(markup[:_HEAD])
    return found[1].decode("ascii", "replace") if found else ""


def _parsed(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_pis=True)
    try:
        # A declaration of the encoding has been heeded; lxml refuses one in what is text already.
        root = html.document_fromstring(_XML_DECLARATION.sub("", text).replace("\x00", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise refuse("empty", "网页里没有可以读取的文字") from error
    except ValueError as error:
        raise refuse("damaged") from error
    return root


def _about(root: html.HtmlElement, address: str) -> Iterator[str]:
    """What the page says of itself."""
    if title := squeezed(str(root.findtext(".//title") or "")):
        yield title
    told = {
        (meta.get("name") or meta.get("property") or "").lower(): squeezed(meta.get("content") or "")
        for meta in root.iter("meta")
    }
    for names, words in _NAMED:
        if said := next((told[name] for name in names if told.get(name)), ""):
            yield words + said
    addresses = [address, *(str(found) for path in _ADDRESSES for found in root.xpath(path))]
    addresses += [
        found[1] for comment in root.xpath("//comment()") if (found := _SAVED_FROM.search(comment.text or ""))
    ]
    addresses += [found[1] for found in _SAVED_FROM.finditer(_before(root))]
    yield from dict.fromkeys(f"网址：{found}" for found in addresses if found.startswith(("http:", "https:")))


def _before(root: html.HtmlElement) -> str:
    """Comments that stand before the page's own element."""
    found = []
    before = root.getprevious()
    while before is not None:
        found.append(before.text or "")
        before = before.getprevious()
    return "\n".join(found)


def _placed(lines: tuple[str, ...]) -> Iterator[Paragraph]:
    for number, line in enumerate(lines, 1):
        yield Paragraph(line, Locator(f"header {number}"))

"""A Word file (.docx, .docm, .dotx; Transitional or Strict) → `Document`, by one direct walk over its parts.

Reads the text a person sees with all tracked changes accepted, tables as true grids, marks, underlined blanks, pictures, and what
stands beside the body. Does not lay out pages, evaluate fields, run macros, follow links to the outside or open embedded files.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from formflow.model.document import Block, Document, Paragraph
from formflow.reading import names as n
from formflow.reading.limits import DEFAULT, Limits
from formflow.reading.numbering import Numbering
from formflow.reading.package import Package
from formflow.reading.refusals import refuse, refuse_kind
from formflow.reading.story import Scope, Story
from formflow.reading.styles import Styles
from formflow.reading.stylesheet import Stylesheet
from formflow.reading.unsettled import STRUCK_OUT

# Parts beside the body: relationship kind → (what a place in it is called, its entries' tag; None: the whole part is one).
_FURNITURE: dict[str, tuple[str, str | None]] = {
    "header": ("header", None),
    "footer": ("footer", None),
    "footnotes": ("footnote", n.FOOTNOTE),
    "endnotes": ("endnote", n.ENDNOTE),
    "comments": ("comment", n.COMMENT),
}
_REFERENCES = {"footnotes": n.FOOTNOTE_REFERENCE, "endnotes": n.ENDNOTE_REFERENCE}
_TRACKED = (n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO, n.CELL_DEL, n.CELL_MERGE)
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, limits: Limits = DEFAULT) -> Document:
    """The document in a Word file's bytes; `UnreadableError` if it is none, or not sound."""
    package = Package(data, limits)
    main = package.main_part()
    root = package.parse(main)
    body = next(root.iterchildren(n.BODY), None)
    if root.tag != n.DOCUMENT or body is None:
        raise refuse_kind("unknown") if root.tag != n.DOCUMENT else refuse("damaged", "找不到正文")
    parts = {link.kind: link.target for link in package.relationships(main).values()}
    styles_part, numbering_part = (_existing(package, parts.get(kind)) for kind in ("styles", "numbering"))
    styles = Styles(Stylesheet(package.xml(styles_part) if styles_part else None))
    numbering = cache(lambda: Numbering(package.parse(numbering_part) if numbering_part else None))
    story = Story(package, limits, styles, numbering)
    blocks = story.read(main, root, body, Scope())
    furniture = tuple(_furniture(package, story, main, root))
    unread = tuple(_unread(root, story))
    remarks = tuple(_remarks(root, story, blocks, parts, unread))
    return Document("docx", blocks, furniture, remarks, unread=unread)


def _existing(package: Package, name: str | None) -> str | None:
    """The name of a part that a document can do without, if the document has it."""
    return name if name is not None and package.has(name) else None


def _furniture(package: Package, story: Story, main: str, root: etree._Element) -> Iterator[Paragraph]:
    """The paragraphs beside the body that say anything, in the order of the parts."""
    counts: dict[str, int] = {}
    for link in package.relationships(main).values():
        if link.kind not in _FURNITURE or not package.has(link.target) or _is_unused(link.kind, root):
            continue
        word, entry_tag = _FURNITURE[link.kind]
        part = package.parse(link.target)
        for entry in [part] if entry_tag is None else part.iterchildren(entry_tag):
            if entry.get(n.TYPE) in _SEPARATORS:
                continue
            counts[word] = counts.get(word, 0) + 1
            blocks = story.read(link.target, part, entry, Scope(f"{word} {counts[word]}, "))
            yield from (paragraph for paragraph in Document("docx", blocks).paragraphs() if paragraph.text.strip())


def _is_unused(kind: str, root: etree._Element) -> bool:
    """Word writes parts for notes into every document; without a reference in the body they hold none."""
    reference = _REFERENCES.get(kind)
    return reference is not None and next(root.iter(reference), None) is None


def _unread(root: etree._Element, story: Story) -> Iterator[str]:
    if story.has_chunks:
        yield "文件中嵌入了另一份文档，嵌入部分没有读取，请打开核对"
    if next(root.iter(n.OBJECT), None) is not None:
        yield "文件中嵌有其他文件或对象，其内容没有读取，请打开核对"


def _remarks(
    root: etree._Element, story: Story, blocks: tuple[Block, ...], parts: dict[str, str], unread: tuple[str, ...]
) -> Iterator[str]:
    if next(root.iter(*_TRACKED), None) is not None:
        yield "文件含修订痕迹，已按接受全部修订后的内容读取"
    if story.has_struck:
        yield STRUCK_OUT
    if "comments" in parts:
        yield "文件含批注，批注不作为填写内容"
    yield from unread
    if "vbaProject" in parts:
        yield "文件含宏，宏没有运行"
    if not any(paragraph.text.strip() for paragraph in Document("docx", blocks).paragraphs()):
        yield "正文没有文字，可能是把扫描件或照片贴进了文件" if _has_pictures(blocks) else "正文没有文字"


def _has_pictures(blocks: tuple[Block, ...]) -> bool:
    return any(paragraph.pictures for paragraph in Document("docx", blocks).paragraphs())

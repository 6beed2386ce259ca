"""A document → the articles in it: one in a file, or a whole page of a newspaper whose text comes in any order.

Comes in: a document and the programme whose registry knows the media. Goes out: every article with its title, byline, medium and date,
and its own text alone. What cannot be told is a question to a person. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from formflow.forms import articles_marks as marks
from formflow.forms.articles_claims import claims_in
from formflow.forms.articles_lines import Line, lines_of, spliced
from formflow.forms.articles_media import Page, date_of, page_of, place_of
from formflow.forms.articles_pieces import Piece, pieces_of
from formflow.forms.articles_titles import headline_of
from formflow.model.document import Document, Locator
from formflow.model.evidence import Article, Genre
from formflow.model.programme import Programme

_COMMENDS = re.compile(
    r"^(?:中共|中华|[\u4e00-\u9fff]{2,30})?关于(?:表彰|表扬|命名|授予|通报表扬|公布|确定|认定|评选)[^，。]{2,60}的(?:决定|通报|通知|公告|命令)$|^(?:荣誉证书|奖状|表扬信|感谢信|证\s*书)$"
)
# A text that begins behind the beginning of its first sentence closes a quote it never opened.
_BEHIND_BEGINNING = re.compile(r"^[^“‘（(。]*[”’]|^[，。、；：！？）》]")
_SHORTEST = 20


def articles_in(document: Document, programme: Programme) -> tuple[Article, ...]:
    """Every article of a document in the order in which they begin; empty where the document holds no running text."""
    lines = lines_of(document)
    page = page_of(lines, document, programme.media)
    made = (_article(piece, page) for piece in pieces_of(lines))
    return tuple(article for article in made if len(article.text) >= _SHORTEST)


@dataclass(frozen=True, slots=True)
class _Beginning:
    """How a text begins, taken off it: who reports, by which agency."""

    who: str
    agency: str
    text: str


def _article(piece: Piece, page: Page) -> Article:
    paragraphs = _paragraphs(piece)
    start = _beginning(paragraphs)
    paragraphs = [start.text, *paragraphs[1:]] if paragraphs else []
    signature = piece.signature
    credit = piece.credit or (marks.credit_of(paragraphs[-1]) if paragraphs and piece.is_photo else "")
    if paragraphs:
        paragraphs = [marks.without_signature(paragraph) if signature else paragraph for paragraph in paragraphs]
        paragraphs[-1] = marks.without_credit(paragraphs[-1]) if piece.is_photo else paragraphs[-1]
    text = "\n".join(paragraph for paragraph in paragraphs if paragraph)
    headline = headline_of(piece.heads, text)
    place = place_of(piece, start.agency, start.who, page)
    date = date_of(piece, page)
    who = " ".join(filter(None, (*(line.who for line in piece.bylines), start.who, signature, credit)))
    return Article(
        title=headline.title,
        text=text,
        locator=_locator(headline.line, piece),
        over=headline.over,
        subtitle=headline.subtitle,
        byline=who or None,
        genre=_genre(piece, headline.title),
        medium=place.medium,
        level=place.level,
        is_below=place.is_below,
        is_reprint=place.is_reprint,
        date=date,
        captions=tuple(line.text for line in piece.captions) if piece.texts else (),
        claims=claims_in(text),
        questions=(*place.questions, *_questions(piece, headline.title, paragraphs, date)),
        confidence=min((line.confidence for line in (*piece.heads, *piece.body)), default=1.0),
    )


def _beginning(paragraphs: Sequence[str]) -> _Beginning:
    lead = marks.lead_of(paragraphs[0]) if paragraphs else None
    if lead is None:
        return _Beginning("", "", paragraphs[0] if paragraphs else "")
    return _Beginning(lead.who, lead.agency, lead.rest)


def _paragraphs(piece: Piece) -> list[str]:
    """The text, what column breaks cut put together; headings inside it are paragraphs of their own."""
    lines = piece.body or piece.captions
    paragraphs: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line):
            paragraphs[-1] = spliced(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def _goes_on(before: Line, line: Line) -> bool:
    if before.kind == "number" and line.kind == "head":
        return True
    if before.kind != "text" or line.kind != "text" or line.is_indented:
        return False
    return not before.is_ended


def _genre(piece: Piece, title: str | None) -> Genre:
    if title and _COMMENDS.match(re.sub(r"\s", "", title)):
        return "commendation"
    if piece.is_photo or (not piece.texts and piece.captions):
        return "photo"
    marked = any(line.text[:1] in "■□☑☐●◆◎" for line in piece.bylines)
    has_reporter = any(re.search("记者|通讯员", line.who) for line in piece.bylines) or piece.has_lead
    return "essay" if piece.author_unit or (marked and not has_reporter) else "report"


def _locator(title: Line | None, piece: Piece) -> Locator:
    first = title or next(iter((*piece.body, *piece.captions)))
    return first.locator


def _questions(piece: Piece, title: str | None, paragraphs: Sequence[str], date: str | None) -> tuple[str, ...]:
    said = []
    if title is None:
        said.append("没有找到标题，请核对")
    if date is None:
        said.append("没有找到刊登日期，请核对")
    if paragraphs and _BEHIND_BEGINNING.match(paragraphs[0]):
        said.append("正文的开头像是不完整，请对照原件核对")
    if piece.texts and not piece.texts[-1].is_ended and not piece.is_closed:
        said.append("正文的结尾像是不完整，请对照原件核对")
    return tuple(said)

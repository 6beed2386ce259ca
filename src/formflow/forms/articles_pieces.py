"""Lines → pieces of a page: each the lines of one article, in whatever order the page gave them.

A headline begins an article or a section of one; a line broken off goes on in another place. What decides is said beside each rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from formflow.forms import articles_marks as marks
from formflow.forms.articles_lines import Line, width
from formflow.forms.articles_names import Commonness, is_news_opening, is_on_going, pairs_in, share_of, stems_in

# In shares of the size of running text: a headline of an article, a heading inside one.
_TITLE_SIZE, _SECTION_SIZE = 1.4, 1.25
# A picture with a few lines has no more characters than this.
_PHOTO_TEXT = 400
# How much more a text must be like one article than another to be moved there; a headline likewise.
_MORE_LIKE, _MORE_LIKE_HEAD, _LIKE_HEAD = 0.03, 0.25, 0.35
_OPENS = 2.0
# So many lines of an article tell what it is about, and how its headings are made.
_ENOUGH = 40
# Likenesses (see `Commonness`) of texts that are about something else, and about the same; what they weigh.
_STRANGE, _KINDRED, _UNLIKE, _ALIKE = 0.035, 0.1, 1.0, -1.5


@dataclass(slots=True, eq=False)
class Piece:
    """What belongs together so far: headlines, bylines, the lines of text (headings inside it among them), captions, and what the page
    says beside it (source, day)."""

    heads: list[Line] = field(default_factory=list)
    bylines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    captions: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    credit: str = ""
    author_unit: str = ""
    # How much of the body had come when it said that it ends; None where it does not say.
    closed_at: int | None = None

    @property
    def texts(self) -> list[Line]:
        """The lines of running text."""
        return [line for line in self.body if line.kind == "text"]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.body)

    @property
    def has_lead(self) -> bool:
        """Whether its text begins with a dateline or a reporting byline."""
        return bool(self.texts) and marks.lead_of(self.texts[0].text) is not None

    @property
    def signature(self) -> str | None:
        """Whom the text is signed by."""
        return next((who for line in reversed(self.texts) if (who := marks.signature_of(line.text))), None)

    @property
    def is_photo(self) -> bool:
        """A picture with a few lines of text."""
        credit = self.credit or (marks.credit_of(self.texts[-1].text) if self.texts else "")
        return bool(credit) and len(self.text) < _PHOTO_TEXT

    @property
    def is_closed(self) -> bool:
        """Whether it says that it ends here."""
        return bool(self.signature or self.author_unit) or self.is_photo

    @property
    def is_empty(self) -> bool:
        return not (self.heads or self.body or self.captions)

    def absorb(self, section: Piece) -> None:
        """Takes in a section: its headings stand inside the text."""
        if section.closed_at is not None:
            self.closed_at = len(self.body) + len(section.heads) + section.closed_at
        self.body += [*section.heads, *section.body]
        self.captions += section.captions
        self.notes += section.notes
        self.credit = self.credit or section.credit
        self.author_unit = self.author_unit or section.author_unit


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """One piece for each article, in the order in which they begin."""
    articles: list[Piece] = []
    sections = list(_sections(lines))
    common = Commonness(section.text for section in sections)
    body_size = _body_size(lines)
    top = min((line.level for line in lines if line.level), default=0)
    for at, section in enumerate(sections):
        following = sections[at + 1] if at + 1 < len(sections) else None
        if not articles or _opens(section, articles[-1], following, _Setting(body_size, top, common)):
            articles.append(section)
        else:
            articles[-1].absorb(section)
    _rehome_heads(articles)
    _rejoin(articles, common)
    return [piece for piece in articles if piece.texts or (piece.captions and piece.heads)]


def _sections(lines: Iterable[Line]) -> Iterable[Piece]:
    """The lines parted before every headline that follows text, and before every text that begins as a report does."""
    piece = Piece()
    for line in lines:
        if _begins_another(line, piece):
            yield piece
            piece = Piece()
        _add(line, piece)
    if not piece.is_empty:
        yield piece


def _begins_another(line: Line, piece: Piece) -> bool:
    if line.kind == "head":
        is_rest_of_number = (
            bool(piece.body) and piece.body[-1].kind == "number" and width(line.text) <= 12 and not line.level
        )
        return bool(piece.body or (piece.captions and piece.heads)) and not is_rest_of_number
    if line.kind == "text":
        return bool(piece.texts) and marks.lead_of(line.text) is not None
    return line.kind == "byline" and bool(piece.texts) and bool(piece.bylines or piece.has_lead)


def _add(line: Line, piece: Piece) -> None:
    if line.kind == "head":
        (piece.body if piece.body else piece.heads).append(line)
    elif line.kind in ("text", "number"):
        piece.body.append(line)
        if marks.signature_of(line.text):
            piece.closed_at = len(piece.body)
    elif line.kind == "byline":
        piece.bylines.append(line)
    elif line.kind == "credit":
        piece.credit = line.who
    elif line.kind == "caption":
        piece.captions.append(line)
    elif line.kind == "author_unit":
        piece.author_unit = line.text
        piece.closed_at = len(piece.body)
    else:
        piece.notes.append(line)


def _body_size(lines: Sequence[Line]) -> float | None:
    sizes = [line.size for line in lines if line.kind == "text" and line.size and len(line.text) > 30]
    return median(sizes) if sizes else None


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known of the whole page: the size of its text, the highest level of its headings, how common words are on it."""

    body_size: float | None
    top_level: int
    common: Commonness


def _opens(section: Piece, current: Piece, following: Piece | None, page: _Setting) -> bool:
    """Whether a section begins another article, and is not one of the article before it."""
    if section.has_lead or section.bylines or not current.texts:
        return True
    if not section.heads:
        return False
    if section.heads[0].level:
        return section.heads[0].level == page.top_level
    score = 2.0 * current.is_closed + 2.0 * (len(section.heads) > 1) + 2.0 * section.is_photo
    # An article says once who wrote it.
    score += (3.0 if current.bylines or current.has_lead else 1.0) * bool(section.signature or section.author_unit)
    score += _by_size(section, page.body_size) + _by_words(section, current, page.common) + _by_opening(section)
    score -= 2.0 * _is_one_of_several(section, current, following)
    score -= 1.0 * (not current.texts[-1].is_ended)
    return score >= _OPENS


def _by_size(section: Piece, body_size: float | None) -> float:
    size = max((line.size or 0 for line in section.heads), default=0)
    if not size or not body_size:
        return 0.0
    return 3.0 if size >= _TITLE_SIZE * body_size else -2.0 if size <= _SECTION_SIZE * body_size else 0.0


def _by_words(section: Piece, current: Piece, common: Commonness) -> float:
    """Whether it goes on about the places and bodies the article is about, in its words, or begins with others."""
    known = stems_in(_beginning(current))
    said = "".join(line.text for line in (*section.heads, *section.body))
    likeness = common.likeness(section.text, _beginning(current))
    score = _UNLIKE if likeness < _STRANGE else _ALIKE if likeness > _KINDRED else 0.0
    if any(stem in said for stem in known):
        return score - 2.0
    first = re.split(r"[。！？]", section.texts[0].text)[0] if section.texts else ""
    return score + (2.0 if stems_in(first) else 0.0)


def _beginning(piece: Piece) -> str:
    """Its headlines and as much of its text as tells what it is about."""
    return "".join(line.text for line in (*piece.heads, *piece.body[:_ENOUGH]))


def _by_opening(section: Piece) -> float:
    first = section.texts[0].text if section.texts else ""
    return 1.0 if is_news_opening(first) else -1.0 if is_on_going(first) else 0.0


def _is_one_of_several(section: Piece, current: Piece, following: Piece | None) -> bool:
    """Whether its one heading is made like another inside the article, or like the next: of as many parts and nearly as long."""
    if len(section.heads) != 1:
        return False
    others = [line for line in current.body[-_ENOUGH:] if line.kind == "head"]
    if following and len(following.heads) == 1 and not following.bylines and not following.has_lead:
        others += following.heads
    return any(_are_alike(section.heads[0].text, other.text) for other in others)


def _are_alike(head: str, other: str) -> bool:
    parts, others = re.split(r"[ 　]+", head), re.split(r"[ 　]+", other)
    return len(parts) == len(others) and abs(len(head) - len(other)) <= (1 if len(parts) == 1 else 3)


def _rehome_heads(articles: list[Piece]) -> None:
    """Headlines that the page gave apart from their text go to the text they are about."""
    for piece in articles:
        if piece.heads or not piece.texts:
            continue
        pairs = pairs_in(piece.text)
        candidates = [
            (other, head)
            for other in articles
            if other is not piece
            for head in other.heads
            if len(other.heads) > 1 or not other.texts
        ]
        found = [
            (share_of(head.text, pairs), other, head)
            for other, head in candidates
            if share_of(head.text, pairs) >= max(_LIKE_HEAD, share_of(head.text, other.text) + _MORE_LIKE_HEAD)
        ]
        if found:
            _, other, head = max(found, key=lambda one: one[0])
            other.heads.remove(head)
            piece.heads.append(head)


def _rejoin(articles: list[Piece], common: Commonness) -> None:
    """The rest of an article that breaks off in the middle of a sentence, where it stands behind another's text."""
    for piece in articles:
        if not piece.texts or piece.texts[-1].is_ended or piece.is_closed:
            continue
        for other in articles:
            if other is piece or (at := _rest_in(other, piece, common)) is None:
                continue
            piece.body += other.body[at:]
            del other.body[at:]
            break


def _rest_in(other: Piece, piece: Piece, common: Commonness) -> int | None:
    """Where in another article's text the rest of `piece` begins: behind its end, or behind a whole sentence if it is more like `piece` than
    like what is before."""
    if other.closed_at and other.closed_at < len(other.body):
        return other.closed_at
    whole = "".join(line.text for line in (*piece.heads, *piece.body))
    for at in range(1, len(other.body)):
        line, before = other.body[at], other.body[at - 1]
        if line.kind != "text" or before.kind != "text" or not before.is_ended or line.is_indented:
            continue
        rest = "".join(line.text for line in other.body[at:])
        before_rest = "".join(line.text for line in (*other.heads, *other.body[:at]))
        if common.likeness(rest, whole) > common.likeness(rest, before_rest) + _MORE_LIKE:
            return at
    return None

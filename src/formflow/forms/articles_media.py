"""Where and when an article stood: the medium by what the paper itself says, its level by the pack's registry, the day.

What says it, from the surest: the article's own source line (a reprint is of its source), the agency of its dateline, the paper of its
reporter, the page's masthead or what a web page says of itself, the host of its address. A name counts only if it is wholly one of the
registry's: 四川工人日报 is not 工人日报. A medium the registry does not have is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from formflow.forms import articles_marks as marks
from formflow.forms.articles_lines import Line
from formflow.forms.articles_pieces import Piece
from formflow.model.document import Document
from formflow.model.evidence import MediaRegistry, Outlet
from formflow.model.period import parse_date, parse_month
from formflow.model.text import fold

_TAIL = re.compile(r"(?:社|讯|电|数字报|电子版|电子报|数字版|官网|网站|\(.*\))$")
_ADDRESS = re.compile(r"https?://[^\s，。；）)]+", re.IGNORECASE)
_REPORTER_OF = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,12}?(?:日报|晚报|早报|晨报|时报|工人报|都市报|电视台|新闻网|网))(?:[—\-][\u4e00-\u9fff]+)?(?:全媒体|特约|见习|驻\S{1,4})?(?:记者|通讯员)"
)
_LIKE_A_MEDIUM = re.compile(r"(?:报|网|台|社|周刊|杂志|客户端|公众号|融媒|融媒体中心|新闻|在线|频道|发布)$")
# Parted from the hour behind it.
_DAY = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}(?:\s*[月./-]\s*\d{1,2}\s*日?(?!\d)|\s*月)")
_ASKED = "请核对是哪家媒体、属哪一级"


@dataclass(frozen=True, slots=True)
class Page:
    """What a paper says of all its articles: the registry, the medium (as written) and how it is known, the day."""

    registry: MediaRegistry | None
    masthead: str | None
    source: marks.Source | None
    host: Outlet | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stood; see `Article`."""

    medium: str | None
    level: str | None = None
    is_below: bool = False
    is_reprint: bool = False
    questions: tuple[str, ...] = ()


def page_of(lines: Sequence[Line], document: Document, registry: MediaRegistry | None) -> Page:
    """What the page's furniture and the document's say."""
    beside = [*(line.text for line in lines if line.kind == "furniture"), *(p.text for p in document.furniture)]
    mastheads = dict.fromkeys(name for text in beside if (name := _masthead(text, registry)))
    sources = [source for p in document.furniture if (source := marks.source_of(p.text))]
    hosts = [outlet for text in beside for outlet in _outlets_at(text, registry)]
    return Page(
        registry,
        next(iter(mastheads)) if len(mastheads) == 1 else None,
        sources[0] if sources else None,
        hosts[0] if hosts else None,
        _only(_dates(beside)),
    )


def outlet_named(name: str, registry: MediaRegistry | None) -> Outlet | None:
    """The medium that has this name, wholly; None where the registry has none."""
    wanted = fold(name).strip("<>《》\"'")
    while registry and wanted:
        for outlet in registry.outlets:
            if wanted in map(fold, (outlet.name, *outlet.also)):
                return outlet
        shorter = _TAIL.sub("", wanted)
        if shorter == wanted:
            break
        wanted = shorter
    return None


def is_like_a_medium(name: str) -> bool:
    """Whether a name sounds like that of a newspaper, broadcaster or web page, known or not."""
    return bool(_LIKE_A_MEDIUM.search(name))


def place_of(piece: Piece, agency: str, who: str, page: Page) -> Place:
    """Where an article stood. `agency` is that of its dateline, `who` the byline of its text ("" where there is none)."""
    stood_in = _where_read(page)
    own = _own_source(piece, page)
    if own:
        return _placed(own.name, page, is_reprint=own.is_reprint or _differs(own.name, stood_in, page))
    reporters = (who, *(line.text for line in piece.bylines))
    credited = next((found["name"] for said in reporters if (found := _REPORTER_OF.match(said))), "")
    for name in (agency, credited):
        if name:
            return _placed(name, page, is_reprint=_differs(name, stood_in, page))
    if stood_in:
        return _placed(stood_in, page, is_reprint=False)
    return Place(None, questions=(f"看不出刊登在哪家媒体，{_ASKED}",))


def date_of(piece: Piece, page: Page) -> str | None:
    """The day an article stood in the paper: that beside it, else the page's; None where several or none are told."""
    own = _only(_dates(line.text for line in piece.notes))
    return own or page.date


def _own_source(piece: Piece, page: Page) -> marks.Source | None:
    said = [line.text for line in piece.notes]
    said += [
        text[-60:]
        for text in (line.text for line in piece.texts[-1:])
        if re.search(r"[(（](?:来源|原载|转自|转载)", text)
    ]
    return next((source for text in said if (source := marks.source_of(text))), page.source)


def _where_read(page: Page) -> str | None:
    return page.masthead or (page.host.name if page.host else None)


def _differs(name: str, stood_in: str | None, page: Page) -> bool:
    """Whether the paper it was read from is known to be another than its source."""
    if stood_in is None:
        return False
    own, other = outlet_named(name, page.registry), outlet_named(stood_in, page.registry)
    return own is not other if own and other else fold(name) != fold(stood_in)


def _placed(name: str, page: Page, *, is_reprint: bool) -> Place:
    outlet = outlet_named(name, page.registry)
    if outlet:
        return Place(outlet.name, outlet.level, is_reprint=is_reprint)
    if page.registry and any(word in name for word in page.registry.below):
        return Place(name, is_below=True, is_reprint=is_reprint)
    return Place(name, is_reprint=is_reprint, questions=(f"媒体“{name}”不在媒体名录里，请核对属哪一级",))


def _masthead(text: str, registry: MediaRegistry | None) -> str | None:
    """The medium a line of furniture names, and names alone."""
    bare = text.strip()
    name = marks.masthead_of(bare)
    if name:
        return name
    words = [word for word in re.split(r"[\s|｜_—·《》,，/\-]+", bare) if word]
    known = [outlet.name for word in words if (outlet := outlet_named(word, registry))]
    return (
        known[0]
        if len(set(known)) == 1 and len(bare) <= 80 and not _ADDRESS.search(bare) and marks.source_of(bare) is None
        else None
    )


def _outlets_at(text: str, registry: MediaRegistry | None) -> Iterator[Outlet]:
    for address in _ADDRESS.findall(text):
        host = (urlsplit(address).hostname or "").lower()
        for outlet in registry.outlets if registry else ():
            if any(host == known or host.endswith(f".{known}") for known in outlet.hosts):
                yield outlet


def _dates(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if len(text) > 120 or _ADDRESS.search(text):
            continue
        for written in _DAY.findall(text):
            if day := parse_date(written):
                yield day.isoformat()
            elif month := parse_month(written):
                yield str(month)


def _only(dates: Iterable[str]) -> str | None:
    """The one date told; a day says more than its month."""
    found = set(dates)
    days = {date for date in found if len(date) == 10}
    chosen = days or found
    return chosen.pop() if len(chosen) == 1 and all(date.startswith(next(iter(chosen))[:7]) for date in found) else None

"""A document → a paper of evidence: what of it reads as the press or as a commendation; and its record.

Claims only what shows by its own marks that it is one: who reports, from where, in which paper; a name under running prose; a decision
that commends. A form, a plan or a letter is none, whatever it tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formflow.forms import articles_marks as marks
from formflow.forms.articles import articles_in
from formflow.forms.articles_lines import Line, lines_of
from formflow.forms.articles_media import is_like_a_medium, outlet_named, page_of
from formflow.forms.enclosed import titles
from formflow.forms.found import sheet_of
from formflow.forms.layout import Sheet
from formflow.model.document import Document, Table
from formflow.model.evidence import Article, Attribution
from formflow.model.finding import Finding
from formflow.model.programme import Programme
from formflow.model.record import Answer, Record

# A text without any mark of the press is an account of work if it is long prose, full of figures, and signed.
_PROSE, _FIGURES = 400, 3
# More of the text in tables than this, and it is a form or a list.
_IN_TABLES = 0.5
_OTHER_PAPER = re.compile(
    r"(?:规划|方案|计划|申请书?|申请表|申报表|申报书|推荐表|登记表|审批表|汇总表|明细表|一览表|评分表|评分标准|承诺书|协议书?|合同|请示|批复|函|"
    r"说明|须知|办法|制度|细则|章程|清单|名单|公示|目录|意见|纪要|总结|报告|回执|委托书|证明|通知书?|公告|启事)(?:[(（][^()（）]*[)）])?$"
)
_LETTER = re.compile(
    r"^(?:此致|敬礼|特此(?:报告|申请|函告|通知|说明|证明)|附件[:：\d])|(?:现将|兹将)[^。]{0,60}(?:报上|报送|呈上|呈报|随函)|请予?(?:审批|审核|查收|受理|批准)"
)
_OPENING_LINES = 6
# More than a newspaper of many pages: whatever it is, a person looks at it.
_MOST_LINES, _MOST_TEXT = 4_000, 300_000


@dataclass(frozen=True, slots=True)
class EvidencePaper:
    """The articles of a paper, as one programme counts them. `is_press`: it says itself that it stood in a paper, whatever else it may
    look like."""

    programme_id: str
    articles: tuple[Article, ...]
    is_press: bool


def evidence_papers(document: Document, programmes: Sequence[Programme]) -> tuple[EvidencePaper, ...]:
    """One for each programme that counts reports of the press; empty where the document does not read as one."""
    counting = [programme for programme in programmes if programme.media]
    if not counting or _is_mostly_tables(document) or len(document.text) > _MOST_TEXT:
        return ()
    lines = lines_of(document)
    if len(lines) > _MOST_LINES:
        return ()
    sheet = sheet_of(document)
    if any(_is_attachment(sheet, programme) for programme in programmes):
        return ()
    found = (_paper(document, lines, programme) for programme in counting)
    return tuple(paper for paper in found if paper)


def _paper(document: Document, lines: Sequence[Line], programme: Programme) -> EvidencePaper | None:
    articles = articles_in(document, programme)
    if not articles:
        return None
    is_press = _is_of_the_press(document, lines, articles, programme)
    return EvidencePaper(programme.id, articles, is_press) if is_press or _reads_as_evidence(lines, articles) else None


def record_of_evidence(paper: EvidencePaper, attributions: Sequence[Attribution]) -> Record:
    """The record that `formflow read` prints: `articles`, a row each, and `claims`, a row for each figure. `attributions` are of the paper's
    articles, by the bodies they name themselves."""
    confidence = min((article.confidence for article in paper.articles), default=1.0)
    rows = [_row(attribution) for attribution in attributions]
    claims = [
        {
            "article": article.title,
            "what": claim.what,
            "number": f"{claim.number:f}",
            "unit": claim.unit,
            "bound": claim.bound or None,
            "sentence": claim.sentence,
        }
        for article in paper.articles
        for claim in article.claims
    ]
    places = tuple(article.locator for article in paper.articles)
    answers = (
        Answer("articles", rows, "", places[0], confidence, row_locators=places),
        Answer("claims", claims, "", places[0], confidence),
    )
    return Record(paper.programme_id, "evidence", {answer.field_id: answer for answer in answers})


def findings_on(paper: EvidencePaper) -> tuple[Finding, ...]:
    """What a person must settle before the articles count."""
    return tuple(_findings(paper.articles))


def _row(attribution: Attribution) -> dict[str, str | None]:
    article = attribution.article
    return {
        "title": article.title,
        "medium": article.medium,
        "level": article.level,
        "date": article.date,
        "about": attribution.applicant,
        "sentence": attribution.sentence or None,
        "genre": article.genre,
        "byline": article.byline,
    }


def _findings(articles: Sequence[Article]) -> Iterator[Finding]:
    for number, article in enumerate(articles, 1):
        named = f"《{article.title}》" if article.title else f"第{number}篇"
        for question in article.questions:
            yield Finding(
                code="low_confidence",
                field="articles",
                severity="review",
                message=f"{named}：{question}",
                basis="宣传报道材料",
                label="报道",
                locator=article.locator,
            )
        if article.is_below:
            said = f"{named}：“{article.medium}”不属于计分的媒体级别"
            yield Finding(
                "not_eligible", "articles", "info", said, "宣传报道材料", label="报道", locator=article.locator
            )


def _is_mostly_tables(document: Document) -> bool:
    """Whether most of it stands in tables that are more than a frame round prose."""
    tables = [block for block in document.blocks if isinstance(block, Table) and len(block.cells) > 1]
    in_tables = sum(len(table.text) for table in tables if not _is_frame(table))
    return in_tables > _IN_TABLES * max(1, len(document.text))


def _is_frame(table: Table) -> bool:
    """Whether most of a table's text is one cell's prose."""
    longest = max((cell.text for cell in table.cells), key=len, default="")
    return "。" in longest and len(longest) > 0.8 * len(table.text)


def _is_attachment(sheet: Sheet, programme: Programme) -> bool:
    opening = [unit for unit in sheet.units if unit.folded][:_OPENING_LINES]
    return any(titles(unit, programme.attachments) for unit in opening)


def _reads_as_evidence(lines: Sequence[Line], articles: Sequence[Article]) -> bool:
    """Whether a paper without such marks is one all the same: by who wrote it, by where it says it comes from, by its picture, as a decision
    that commends."""
    if _is_other_paper(lines):
        return False
    has_reporter = any(line.kind == "byline" and re.search("记者|通讯员", line.who) for line in lines)
    is_pictured = any(article.genre == "photo" and article.title for article in articles)
    is_commended = any(article.genre == "commendation" for article in articles)
    is_sourced = any(article.medium and is_like_a_medium(article.medium) for article in articles)
    return has_reporter or is_pictured or is_commended or is_sourced or any(map(_is_signed_account, articles))


def _is_of_the_press(
    document: Document, lines: Sequence[Line], articles: Sequence[Article], programme: Programme
) -> bool:
    """Whether it says that it stood in a paper: by a dateline, or by the name or address of a medium that is known."""
    if any(line.kind == "text" and marks.lead_of(line.text) for line in lines):
        return True
    page = page_of(lines, document, programme.media)
    names = (page.masthead, page.source.name if page.source else None, *(article.medium for article in articles))
    return bool(page.host) or any(name and outlet_named(name, programme.media) for name in names)


def _is_other_paper(lines: Sequence[Line]) -> bool:
    """Whether it is titled as a paper of another kind, or written as a letter."""
    opening = [line.text.strip() for line in lines if line.kind in ("head", "text", "number")][:_OPENING_LINES]
    is_titled = any(len(text) <= 44 and "。" not in text and _OTHER_PAPER.search(text) for text in opening)
    return is_titled or any(_LETTER.search(line.text) for line in lines)


def _is_signed_account(article: Article) -> bool:
    return bool(article.byline) and len(article.text) >= _PROSE and len(article.claims) >= _FIGURES

"""A returned 佐证材料 sheet: the `Document` of a workbook in, what was filled in beside each article out. Pure; writes no workbook.

It is told by its heads, never by its name; articles are told by their codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formflow.forms.returned_pages import ReturnedLine, returned_page
from formflow.model.document import Document, Table
from formflow.model.evidence_sheet import ReturnedArticle, ReturnedEvidence
from formflow.model.text import fold

TITLE, CLAIMS_TITLE, UNITS_TITLE = "佐证材料", "数据线索", "单位名单"
HEAD_WORDS = ("项目编码", "年度", "佐证材料版次")
CODE, ARTICLE = "编号", "标题"
OWNER, LEVEL, COUNTED = "归属单位", "媒体级别", "计入"
HEADINGS = (
    CODE, "来源文件", ARTICLE, "体裁", "媒体", "级别（识读）", "刊登日期", "归属（系统判断）", "依据句", "需要核对的", "同一篇的编号", "状态",
    OWNER, LEVEL, COUNTED,
)  # fmt: skip
COUNTED_WORDS: Mapping[bool, str] = {True: "是", False: "否"}
_COUNTED = {fold(word): said for said, words in {True: ("是", "计入", "√"), False: ("否", "不计入", "×")}.items() for word in words}  # fmt: skip


def returned_evidence(document: Document) -> ReturnedEvidence | None:
    """The sheet in a workbook; None if it is another workbook."""
    tables = (block for block in document.blocks if isinstance(block, Table))
    page = next((found for table in tables if (found := returned_page(table, HEAD_WORDS, HEADINGS))), None)
    if page is None:
        return None
    filled = [line for line in page.lines if any(line.text(name) for name in (OWNER, LEVEL, COUNTED))]
    articles = tuple(one for line in filled if (one := _article(line)))
    problems = (*(problem for line in filled for problem in _problems(line)), *_repeated(articles))
    year, revision = page.numbers
    return ReturnedEvidence(page.programme_id, year, revision, articles, problems)


def _article(line: ReturnedLine) -> ReturnedArticle | None:
    code = _number(line.text(CODE))
    if code is None:
        return None
    said = _COUNTED.get(fold(line.text(COUNTED)))
    return ReturnedArticle(code, line.text(ARTICLE), line.text(OWNER), line.text(LEVEL), said)


def _problems(line: ReturnedLine) -> Iterator[str]:
    code = line.text(CODE)
    if _number(code) is None:
        yield (
            f"有一行填了内容，但{CODE}一栏写的是“{code}”，不知道是哪一篇"
            if code
            else f"有一行填了内容，但没有{CODE}，不知道是哪一篇"
        )
    said = line.text(COUNTED)
    if said and fold(said) not in _COUNTED:
        yield f"{code}号的“{COUNTED}”一栏写的是“{said}”，请写“是”或“否”"


def _repeated(articles: tuple[ReturnedArticle, ...]) -> Iterator[str]:
    codes = [one.code for one in articles]
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            yield f"{code}号在表里出现了两次，请只留一行"


def _number(text: str) -> int | None:
    bare = fold(text)
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 10 else None

"""Ballots told in sentences: "发出评议票150张，收回148张，其中满意127票、基本满意10票、不满意11票".

Comes in: a document without a table of ballots. Goes out: the same `Line`s that tables give, one for each paragraph that tells a whole count,
or one for all paragraphs together where each tells a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from formflow.forms.ballots import Meaning, Vocabulary
from formflow.forms.tally_grid import Line, is_enough
from formflow.model.document import Cell, Document, Locator, Paragraph
from formflow.model.text import fold

# A word for something counted, filling words, a number, and perhaps its unit.
_SAID = re.compile(
    r"(?P<words>[\u4e00-\u9fff]{1,14}?)(?:\((?:票|张|份|人)\))?(?:数|的|为|共计|共|有|计|是|:|,|\")*"
    r"(?P<number>-?\d[\d,]*)(?P<unit>票|张|份|人次|人|名|个)?(?![\d.%年月日])"
)
_LEAD = re.compile(r"^(?:其中|分别|包括|含|另|和|及|与|以及|,|;)+")
_NAME = re.compile(
    r"^(?:\d+[.,]|[(（]?[一二三四五六七八九十]+[)）.,])?(?P<name>[^,.;:]{2,40}?)(?:(?:职工)?(?:会员)?(?:民主)?(?:评议|测评|评家)(?:结果|情况)?)?[,:]"
)


def sentence_lines(document: Document, words: Vocabulary) -> list[Line]:
    """The homes told of; empty where no paragraph, nor all of them, tell a count."""
    paragraphs = [
        block for block in document.blocks if isinstance(block, Paragraph) and re.search(r"\d", fold(block.text))
    ]
    told = [line for paragraph in paragraphs if (line := _line(paragraph.text, paragraph.locator, words))]
    if told or not paragraphs:
        return told
    whole = _line("。".join(paragraph.text for paragraph in document.paragraphs()), paragraphs[0].locator, words)
    return [whole] if whole else []


def _line(text: str, locator: Locator, words: Vocabulary) -> Line | None:
    said = list(_said(text, locator, words))
    if not is_enough(meaning for meaning, _ in said):
        return None
    name = _NAME.match(fold(text).replace("：", ":"))
    bare = name["name"] if name and words.meaning(name["name"]) is None and not re.search(r"\d", name["name"]) else ""
    return Line(bare, locator, said)


def _said(text: str, locator: Locator, words: Vocabulary) -> Iterator[tuple[Meaning, Cell]]:
    for match in _SAID.finditer(fold(text)):
        meaning = _meaning(_LEAD.sub("", match["words"]), words)
        if meaning and not meaning.is_rate:
            number = Paragraph(f"{match['number']}{match['unit'] or ''}", locator)
            yield meaning, Cell(0, 0, 1, 1, (number,), locator)


def _meaning(said: str, words: Vocabulary) -> Meaning | None:
    """The longest end of the words before a number that means something: 会上共发出评议票 → 发出评议票."""
    return next((meaning for start in range(len(said) - 1) if (meaning := words.meaning(said[start:]))), None)

"""Honours that a 命名 document confers in a sentence (决定命名“甲项目”（乙中心）等3个项目为……优秀项目), not in a list.

Comes in: a naming paper and the policy. Goes out: the projects such sentences name in quotes, each with who runs it. A sentence that counts
more projects than it names says so with each. Names without quotes are not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from formflow.forms.honour_levels import names_honour
from formflow.forms.honour_papers import ORGANISATION, LineItem, Paper
from formflow.model.document import Paragraph
from formflow.model.money import chinese_number
from formflow.model.policy import HonoursPolicy
from formflow.model.text import fold

_CONFERS = re.compile("命名|授予|表彰|评为|认定|评定|公布")
_TITLE = re.compile(r"关于.*(?:决定|通报|公告|通知|名单)$")
_SENTENCE_END = re.compile("(?<=[。；;])")
_QUOTED = re.compile(
    r"[“\"《「](?P<name>[^“”\"《》「」]{2,40})[”\"》」](?:[\u4e00-\u9fff]{0,4}项目)?"
    r"(?:[（(](?P<behind>[^（()）]*(?:[（(][^（()）]*[)）])?[^（()）]*)[)）])?"
)
# What parts who runs a project from the words before it.
_PARTS = re.compile(
    "[、，,；;：:。]|^(?:以及|[及和与])|(?:决定|同意)(?:将|对|给予?)?|命名|授予|表彰|认定|评定|评选|下列|以下"
)
_RUNS = re.compile("(?:组织)?(?:实施|承接|承办|申报|开展|负责|运营|推荐|主办)?的?$")
_COUNT = re.compile(r"等?(?:共计?)?(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})个(?:[\u4e00-\u9fff]{0,4}项目|单位)?")


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    organisation: str | None


def prose_items(paper: Paper, policy: HonoursPolicy) -> Iterator[LineItem]:
    """The projects that the sentences of a naming paper confer the honour on; none if its title does not."""
    if not any(_is_title(line.text, policy) for _, line in paper.lines[:6]):
        return
    for _, line in paper.lines:
        if _is_title(line.text, policy):
            continue
        for sentence in _SENTENCE_END.split(line.text):
            yield from _conferred(sentence, line, policy)


def _is_title(text: str, policy: HonoursPolicy) -> bool:
    return bool(_TITLE.search(fold(text))) and names_honour(text, policy)


def _conferred(sentence: str, line: Paragraph, policy: HonoursPolicy) -> Iterator[LineItem]:
    if not (_CONFERS.search(sentence) and names_honour(sentence, policy)):
        return
    matches = [match for match in _QUOTED.finditer(sentence) if not names_honour(match["name"], policy)]
    if not matches:
        return
    rest = sentence[matches[-1].end() :]
    around = rest if names_honour(rest, policy) else sentence[: matches[0].start()]
    counted = _counted(rest)
    doubt = ""
    if counted is not None and counted != len(matches):
        doubt = f"正文写明有{counted}个项目，读出{len(matches)}个，请对照原件核对"
    start = 0
    for match in matches:
        found = _named(match, sentence[start : match.start()])
        start = match.end()
        yield LineItem(found.name, found.organisation, around, line.locator, line.confidence, doubt)


def _named(match: re.Match[str], before: str) -> _Named:
    """A quoted project and who runs it: in brackets behind it, or right before it."""
    behind = (match["behind"] or "").strip()
    if ORGANISATION.search(behind):
        return _Named(match["name"].strip(), behind)
    words = _RUNS.sub("", _PARTS.split(before)[-1].strip() if before else "")
    return _Named(match["name"].strip(), words if ORGANISATION.search(words) else None)


def _counted(text: str) -> int | None:
    match = _COUNT.search(text)
    if match is None:
        return None
    return int(match["count"]) if match["count"].isdigit() else chinese_number(match["count"])

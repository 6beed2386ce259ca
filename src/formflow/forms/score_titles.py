"""The unit a score sheet's title names: 评分表（青禾镇职工服务中心）, ——青禾镇职工服务中心, 青禾镇职工服务中心…评分表.

Comes in: the lines over a table that say nothing beside a label. Goes out: an `Entry`, as sure as the place the name stands in; without a
name where they name none, or several. A name that may be that of the office the whole sheet comes from (南通市职工服务中心…评分表) is not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from formflow.forms.score_names import is_unit
from formflow.model.document import Locator
from formflow.model.scoring import Entry

# Set apart from the title; and as the title's first words, which a person looks at.
_APART, _INSIDE = 0.97, 0.85
_BRACKETS = re.compile(r"[（(【〔]((?:[^（()）【】〔〕]|[（(][^（()）]*[)）])+)[)）】〕]\s*$")
_DASH = re.compile(r"(?:^|[—–―─-]{1,3})\s*[—–―─-]{1,3}\s*([^—–―─-]+)$")
_KIND = r"(?:工会)?(?:职工|困难职工|工会|职工群众)?(?:服务|帮扶|维权)*(?:中心|站点?|之家)"
_STATION = r"(?:[（(]站[)）])?"
_PLACE = r"(?:[镇乡村]|街道|社区|园区|开发区)"
# Its own place, then what it is; behind it the words of a title.
_OPENING = re.compile(
    rf"(?:附件\d{{0,2}}[:：.、]?)?(?:\d{{4}}年度?)?(?P<unit>[\u4e00-\u9fff]{{2,}}?{_PLACE}{_KIND}{_STATION})(?P<rest>.*)"
)
_TITLE = re.compile(r".*(?:评分|打分|评价|评审|考评|考核|评估|指标|得分|测评).*(?:表|指标|单|细则|标准)?")
# Units of a kind, not one of them: 职工服务中心, 各镇职工服务中心, 南通市街道职工服务中心.
_NOT_ITS_OWN = re.compile(
    rf"(?:[各本某该全省市县区乡镇村街级]|街道|社区|园区|开发区|基层)*{_KIND}{_STATION}|[各全].*|.*[省市县区各乡镇街]{_PLACE}{_KIND}{_STATION}"
)
# Those who hand out or judge.
_OFFICE = re.compile(r".*(?:总工会|工会联合会|委员会|办公室|领导小组|[评考]\S*组)")


def centre_in_title(titles: Sequence[tuple[str, Locator]]) -> Entry:
    """The one unit that lines over a table name, those set apart before a title's own words."""
    apart = [(name, place) for text, place in titles for name in _set_apart(text)]
    inside = [(name, place) for text, place in titles for name in _opening(text)]
    for found, sureness in ((apart, _APART), (inside, _INSIDE)):
        names = {name for name, _ in found}
        if len(names) == 1:
            name, place = found[0]
            return Entry(name, name, place, sureness)
        if names:
            return Entry(None)
    return Entry(None)


def _set_apart(text: str) -> Iterator[str]:
    """A unit in brackets at a line's end, or behind a dash."""
    line = text.strip()
    for match in (_BRACKETS.search(line), _DASH.search(line)):
        if match and _is_centre(name := "".join(match[1].split())):
            yield name


def _opening(text: str) -> Iterator[str]:
    """A unit with the name of its own place as the first words of a title; of a town or smaller, for others hand out sheets."""
    match = _OPENING.match("".join(text.split()))
    if match and _TITLE.fullmatch(match["rest"]) and _is_centre(match["unit"]):
        yield match["unit"]


def _is_centre(name: str) -> bool:
    return is_unit(name) and not _NOT_ITS_OWN.fullmatch(name) and not _OFFICE.fullmatch(name)

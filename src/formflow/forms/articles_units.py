"""The bodies an article itself names as doing something: whom it may be about, where nobody says who applied.

Only what a clause begins with, or a headline holds, is taken: there a name has no other word before it. What is found is for people to
compare with; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from formflow.model.evidence import Article

_ENDS = (
    "总工会|工会联合会|工会委员会|联合工会|工会|服务中心|帮扶中心|活动中心|文化宫|社工机构|促进会|协会|学会|商会|基金会|联合会|研究院|"
    "有限责任公司|股份有限公司|有限公司|集团公司|集团|公司|大学|学院|中学|小学|学校|医院|社区"
)
_NAME = rf"(?P<name>[\u4e00-\u9fff（）()“”]{{2,26}}?(?:{_ENDS}))(?!(?:[\u4e00-\u9fff]{{0,4}}(?:{_ENDS})))"
_LEADING = re.compile(
    r"^(?:近日|日前|目前|近年来|今年以来|同时|此外|另外|据悉|据介绍|由|记者从|从|经|在|其中|下一步|为此|对此|截至目前|随后|活动中|今年|去年|该|本)+"
)
_IN_CLAUSE = re.compile(rf"(?:^|[，,。；;：:！!？?“\s])(?P<lead>由|记者从)?{_NAME}")
# A name holds none of these: a clause that does is more than a name.
_NO_NAME = re.compile(
    r"[的了是在把被让为将与和及并对向等到着以从某]|各级|广大|全市|全区|全县|全省|有关|相关|多家|一家|每个|我们|他们|职工群众|提供|开展|举办|组织职工|推进|服务职工的"
)
_PLACE = re.compile(r"(?:省|市|区|县)?(?:[\u4e00-\u9fff]{2}(?:省|市|区|县|旗|镇|乡|街道|州)|省)")
_COMPANY = re.compile(r"(?:公司|集团)$")
_LEAST, _MOST = 5, 8


def units_in(article: Article) -> tuple[str, ...]:
    """The bodies it names, those named most often first; at most a few. One that begins with no place counts only if it comes again."""
    said = "\n".join((article.title or "", *article.over, article.text))
    counted = {name: said.count(name) for name in dict.fromkeys(_names(said))}
    sure = {name: times for name, times in counted.items() if times > 1 or _PLACE.match(name) or _COMPANY.search(name)}
    # A name that only adds a place to another is the same body's.
    whole = [name for name in sure if not any(other != name and other.endswith(name) for other in sure)]
    return tuple(sorted(whole, key=lambda name: -sum(n for other, n in sure.items() if name.endswith(other)))[:_MOST])


def _names(text: str) -> Iterator[str]:
    for match in _IN_CLAUSE.finditer(text):
        name = _LEADING.sub("", match["name"]).strip("“”()（）")
        if len(name) >= _LEAST and not _NO_NAME.search(name):
            yield name

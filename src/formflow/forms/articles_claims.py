"""Running text → the figures it claims: how many of what, with the sentence that says so.

Dates, numbers of documents and ordinals are no claims. Nothing is added up and nothing is believed: a claim is for the judge's eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from formflow.model.evidence import Claim, sentences_of
from formflow.model.money import chinese_number

_UNITS = (
    "人次|人|名|位|户|家|个百分点|个(?!多?月|半月|小时|星期|学期|工作日)|场次|场|期|次|件|起|项|所|处|套|台|支|条|份|篇|辆|间|座|门|本|册|对|批|例|宗|岗位|岗|"
    "元|平方米|平米|㎡|亩|公里|小时|课时|学时|分钟|吨|倍|%|％|成"
)
_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_DIGITS = "一二两三四五六七八九十百千万亿零〇"
_FIGURE = re.compile(
    rf"(?<![\d.第×xX~—–+\-A-Za-z〔（(\[])(?P<number>{_NUMBER})(?P<scale>[十百千万亿]{{0,2}})(?P<more>[多余几]?)(?P<group>[万亿]?)(?P<unit>{_UNITS})(?P<after>以上|以下|左右|上下)?"
)
_IN_WORDS = re.compile(
    rf"(?<![第每各某这那上下另同唯又数几{_DIGITS}])(?:(?P<percent>百分之)(?P<share>[{_DIGITS}点]+)|(?P<number>[{_DIGITS}]*[十百千万亿][{_DIGITS}]*|[两二三四五六七八九])(?P<more>[多余]?)(?P<group>[万亿]?)(?P<unit>人次|万元|元|家|名|场次|场|期|所|处|起|平方米))(?![{_DIGITS}])"
)
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_CLAUSE_START = re.compile(r"[，。；：、,;:！？!?（(）)\n]")
_BRACKETS = re.compile(r"[(（][^()（）]{0,40}[)）]$")
_BEFORE = re.compile(r"(?:近|约|超过|超|逾|突破|不少于|不低于|至少|最多|将近|大约)$")
# What stands between the thing and its number, and is neither.
_FILLING = re.compile(
    r"(?:已经|已|均|都|就|仅|达到|高达|达|均为|为|约|近|超过|超|逾|突破|不少于|不低于|共计|总计|合计|累计|共有|共|有|由原来的?|由|从|增至|升至|拓展至|扩大至|缩减为|减少为|至|到|了|等|各类?|的|是|将近|大约|约占|占|在|：|:)+$"
)
_LEADING = re.compile(
    r"^(?:其中|目前|截至目前|先后|共|累计|并且|并|还|已|以及|及|和|与|同时|全年|今年以来|每年|截至[^，]{0,8}底?)+"
)
# 8个月服务职工9000人次: how long it took is neither counted nor what was counted.
_SPAN = re.compile(r"^\d+[余多]?(?:个[多半]?(?:月|星期|学期|工作日|小时)|年|天)(?:以?来|内|里|间|中)?")
_FOLLOWING = re.compile(r"^(?!拓展|扩大|增|减|提高|缩|升|降|到|至|以[上下])[\u4e00-\u9fffA-Za-z]{1,16}")
_LONGEST = 160
# No more before a number is hardly more than a verb: 搭建1个…, 下辖320家….
_BARE_VERB = 3
# Of a clause only its end is looked at: what was counted stands beside its number.
_LONGEST_CLAUSE = 200


def claims_in(text: str) -> tuple[Claim, ...]:
    """Every figure of a text in order."""
    return tuple(claim for sentence in sentences_of(text) for claim in _in_sentence(sentence))


def _in_sentence(sentence: str) -> Iterator[Claim]:
    end, what = 0, ""
    for match in _figures(sentence):
        number = _value(match)
        if number is None:
            continue
        before = sentence[end : match.start()]
        clause = _CLAUSE_START.split(_BRACKETS.sub("", before))[-1]
        # 由870平方米拓展至4000平方米: the second is of the same.
        what = _what(clause, sentence[match.end() :]) or what
        yield Claim(number, _unit(match), what, _bound(match, clause), _shortened(sentence, match))
        end = match.end()


def _figures(sentence: str) -> list[re.Match[str]]:
    found = [*_FIGURE.finditer(sentence), *_IN_WORDS.finditer(sentence)]
    return sorted(found, key=lambda match: match.start())


def _value(match: re.Match[str]) -> Decimal | None:
    said = match.groupdict()
    if said.get("percent"):
        whole, _, part = said["share"].partition("点")
        value = _whole(whole)
        decimals = "".join(str(_whole(digit) or 0) for digit in part)
        return None if value is None else Decimal(f"{value}.{decimals}") if decimals else Decimal(value)
    if match.re is _FIGURE:
        number: Decimal | None = Decimal(re.sub("[,，]", "", said["number"]))
    else:
        whole_number = _whole(said["number"])
        number = None if whole_number is None else Decimal(whole_number)
    if number is None:
        return None
    for mark in f"{said.get('scale') or ''}{said['group'] or ''}":
        number *= _SCALES[mark]
    number = number * 10_000 if said["unit"] == "万元" else number
    return Decimal(int(number)) if number == int(number) else number


def _whole(text: str) -> int | None:
    if len(text) == 1 and text in "两二三四五六七八九":
        return "零一二三四五六七八九".index("二" if text == "两" else text)
    return chinese_number(text)


def _unit(match: re.Match[str]) -> str:
    said = match.groupdict()
    if said.get("percent"):
        return "%"
    return {"％": "%", "平米": "平方米", "㎡": "平方米", "万元": "元"}.get(said["unit"], said["unit"])


def _bound(match: re.Match[str], clause: str) -> str:
    said = match.groupdict()
    before = _BEFORE.search(clause)
    return said.get("after") or ("余" if said.get("more") else "") or (before[0] if before else "")


def _what(clause: str, following: str) -> str:
    """What was counted: what stands before the number in its clause, else what stands behind it."""
    before = _LEADING.sub("", _SPAN.sub("", _FILLING.sub("", clause.strip()[-_LONGEST_CLAUSE:])))
    if len(before) > _BARE_VERB:
        return _with_whole_quotes(before[-24:])
    after = _FOLLOWING.match(following)
    return _with_whole_quotes(before + (after[0] if after else ""))


def _with_whole_quotes(words: str) -> str:
    """The words without the end of a name that was cut off before them, and without a mark that has no other."""
    opening, closing = words.find("“"), words.find("”")
    if closing >= 0 and not 0 <= opening < closing and len(words) - closing - 1 > _BARE_VERB:
        words = words[closing + 1 :]
    return words if words.count("“") == words.count("”") else words.replace("“", "").replace("”", "")


def _shortened(sentence: str, match: re.Match[str]) -> str:
    """The sentence; of a very long one what stands around the figure."""
    if len(sentence) <= _LONGEST:
        return sentence
    start = max(0, min(match.start() - _LONGEST // 2, len(sentence) - _LONGEST))
    cut = sentence[start : start + _LONGEST]
    return f"{'…' if start else ''}{cut}{'…' if start + _LONGEST < len(sentence) else ''}"

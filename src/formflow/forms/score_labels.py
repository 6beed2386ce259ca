"""The lines around a score sheet's table: whom it is about, who scored, on which day, the satisfaction rate, a total in words.

Comes in: the text of a line, or the cells of a row. Goes out: what each known label says, in order. Decides nothing about which sheet a
line belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from formflow.model.document import Cell, Locator, Paragraph, Table
from formflow.model.patterns import LatePattern
from formflow.model.period import arabic, find_date
from formflow.model.text import fold, is_blank

LabelKey = Literal["centre_name", "reviewer", "score_date", "rate", "total", "self_total"]

# Who was asked, and what the outcome is called.
_ASKED = (
    "", "职工", "群众", "职工群众", "会员", "服务对象", "基层工会", "工会和职工", "基层工会和职工", "职工和基层工会", "基层工会及职工", "职工及基层工会",
    "基层工会与职工", "职工与基层工会", "基层工会和职工群众",
)  # fmt: skip
_RATES = (
    "满意率", "满意度", "满意度测评满意率", "满意度测评结果", "满意率测评结果", "满意度测评", "满意率测评", "测评满意率", "测评满意度", "满意度评价结果",
    "满意度评价满意率", "满意度调查结果", "满意度调查满意率", "总体满意率", "总体满意度", "综合满意率", "综合满意度",
)  # fmt: skip
_WORDS: dict[LabelKey, tuple[str, ...]] = {
    "centre_name": (
        "被评单位名称", "被评审单位", "被评价单位", "被评估单位", "被考评单位", "被考核单位", "被考评对象", "受评单位", "被评单位",
        "职工服务中心名称", "服务中心名称", "被评服务中心", "被评中心", "中心名称", "参评单位", "参评中心", "申报单位名称", "申报单位", "申请单位名称",
        "申请单位", "评价对象", "评分对象", "评审对象", "考评对象", "考核对象", "评估对象", "单位名称", "职工服务中心", "服务中心", "单位",
    ),
    "reviewer": (
        "评分专家签名", "评分专家姓名", "评分专家", "评审专家签名", "评审专家姓名", "评审专家", "专家签名", "专家签字", "专家姓名", "评委签名", "评委签字",
        "评委姓名", "评分人员", "评分人签名", "评分人签字", "评分人姓名", "评分人", "评分员", "打分人签名", "打分人", "打分专家", "评审人员", "评审人", "评审员",
        "评价人", "评估人", "评估专家", "考评人员", "考评人", "考评专家", "考核人员", "考核人", "验收人员", "验收人", "检查人", "专家", "评委",
    ),
    "score_date": (
        "评分日期", "评分时间", "打分日期", "打分时间", "评审日期", "评审时间", "评价日期", "评价时间", "评估日期", "评估时间", "考评日期", "考评时间",
        "考核日期", "考核时间", "考查日期", "验收日期", "验收时间", "填表日期", "填表时间", "填报日期", "日期", "时间",
    ),
    "rate": tuple(f"{who}{rate}" for who in _ASKED for rate in _RATES),
    "total": (
        "专家评分合计", "专家评分总分", "评分合计", "得分合计", "合计得分", "考评总分", "评审总分", "实得总分", "实得分合计", "最终得分", "总得分", "总计", "总分", "合计",
    ),
    "self_total": ("自评总得分", "自评总分", "自评分合计", "自评得分合计", "自评合计", "自评得分"),
}  # fmt: skip
_KEY_OF: dict[str, LabelKey] = {word: key for key, words in _WORDS.items() for word in words}
# A short word inside of a longer one is no label (调研时间).
_SAFE_LENGTH = 3
_HINT = r"(?:[(（【〔][^()（）【】〔〕\n]{1,12}[)）】〕])?"


def _spaced(word: str) -> str:
    return r"[ \t\u3000]*".join(word)


_ALTERNATIVES = "|".join(_spaced(word) for word in sorted(_KEY_OF, key=len, reverse=True))
_LABEL = LatePattern(rf"({_ALTERNATIVES})[ \t\u3000]*{_HINT}[ \t\u3000]*[:：﹕∶]")
_ALONE = LatePattern(rf"[ \t\u3000\n]*({_ALTERNATIVES})[ \t\u3000\n]*{_HINT}[ \t\u3000\n]*[:：﹕∶]?[ \t\u3000\n]*")
# 满意率92.5%, without a colon; not the band of a criterion (满意率80%-89%, 满意率90%以上).
_RATE_WORDS = "|".join(_spaced(word) for word in sorted(_WORDS["rate"], key=len, reverse=True))
_BARE_RATE = LatePattern(
    rf"(?<![\u4e00-\u9fff])(?:{_RATE_WORDS})[ \t\u3000]*(?:为|是|达到?)?[ \t\u3000]*(\d{{1,3}}(?:[.．]\d{{1,4}})?[ \t]*[%％])(?!\s*(?:[-—~～至到及]|以[上下]|或))"
)
_GAP = re.compile(r"[ \t]{2,}|\u3000{1,}|\t|\n")
_OUTSIDE = " \t\r\n\u3000\xa0_＿;；,，。."
# What a form prints behind the place for a name.
_SIGNING = re.compile(r"[（(]\s*(?:签\s*[名字章]|盖\s*章|公\s*章|签\s*字\s*盖\s*章)\s*[)）]")
# 王建国 日期 2022年11月3日, without a colon.
_DATED = re.compile(r"(?:[\s\u3000,，;；]|(?:签[字名])?(?:日期|时间))+$")
_LONGEST_LINE = 400
# What is left of a date that was cut in two.
_REST_OF_DATE = re.compile(r"[年月\d〇○零一二三四五六七八九十]*[日号]")
_LONGEST_REST, _LONGEST_DATE = 16, 40


@dataclass(frozen=True, slots=True)
class Said:
    """One label with what is written behind it ("" if nothing), as typed."""

    key: LabelKey
    text: str
    locator: Locator
    confidence: float = 1.0


def said_in(text: str, locator: Locator, confidence: float = 1.0) -> Iterator[Said]:
    """What the labels of a line say; each is closed by a colon. A date behind a name, without a label, is that line's date."""
    if len(text) > _LONGEST_LINE:
        return
    labels = [match for match in _LABEL.finditer(text) if _begins(text, match)]
    if rate := _BARE_RATE.search(text):
        yield Said("rate", rate[1], locator, confidence)
    for match, following in zip(labels, (*labels[1:], None), strict=False):
        value = text[match.end() : following.start() if following else len(text)]
        key = _key(match[1])
        parts = [part for part in _GAP.split(value.strip(_OUTSIDE)) if part.strip(_OUTSIDE)]
        if key == "reviewer":
            yield from _reviewer(parts, locator, confidence)
        else:
            yield Said(key, _value(key, parts), locator, confidence)


def label_alone(cell: Cell) -> LabelKey | None:
    """The label a cell consists of."""
    match = _ALONE.fullmatch(cell.text) if len(cell.text) < 60 else None
    return _key(match[1]) if match else None


def said_beside(cells: Sequence[Cell]) -> Iterator[Said]:
    """What the labels of a row say: behind the colon in their own cell, or in the next cell."""
    for place, cell in enumerate(cells):
        key = label_alone(cell)
        if key is None:
            yield from said_in(cell.text, cell.locator, confidence_of(cell))
            continue
        value = next((other for other in cells[place + 1 :] if fold(other.text) or label_alone(other)), None)
        is_value = value is not None and label_alone(value) is None and not _LABEL.search(value.text)
        if is_value and value is not None:
            yield from _cleaned(key, value)
        else:
            yield Said(key, "", (cells[place + 1] if place + 1 < len(cells) else cell).locator)


def date_beside(cells: Sequence[Cell], said: Sequence[Said]) -> Said | None:
    """The day of a row that names none: a date alone in it, or the one right behind the reviewer."""
    if any(one.key == "score_date" and one.text for one in said):
        return None
    filled = [cell for cell in cells if fold(cell.text)]
    if len(filled) == 1 and not said and date_alone(filled[0].text):
        return _day_in(filled[0])
    signed = {one.locator for one in said if one.key == "reviewer"}
    return next((_day_in(day) for by, day in pairwise(filled) if by.locator in signed and date_alone(day.text)), None)


def _day_in(cell: Cell) -> Said:
    return Said("score_date", cell.text.strip(), cell.locator, confidence_of(cell))


def goes_on_with(line: str, following: str) -> bool:
    """Whether the end of a line cut its last date in two: 日期：2022 年 10 and 月 12 日."""
    if len(following) > _LONGEST_REST or not _REST_OF_DATE.fullmatch(fold(following)):
        return False
    whole = f"{line[-_LONGEST_DATE:]}{following}"
    found = find_date(whole)
    return found is not None and arabic(whole).endswith(found[1]) and len(found[1]) > len(arabic(following))


def with_whole_dates(blocks: Sequence[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The blocks; a line and the next one that ends its date are one."""
    kept: Paragraph | Table | None = None
    for block in blocks:
        if isinstance(kept, Paragraph) and isinstance(block, Paragraph) and goes_on_with(kept.text, block.text):
            sureness = min(kept.confidence, block.confidence)
            kept = replace(kept, text=f"{kept.text}{block.text}", confidence=sureness)
            continue
        if kept is not None:
            yield kept
        kept = block
    if kept is not None:
        yield kept


def said_below(heads: Sequence[Cell], below: Sequence[Cell]) -> Iterator[Said]:
    """What stands under a row of nothing but labels."""
    for head in heads:
        key = label_alone(head)
        under = next((c for c in below if c.column <= head.column < c.column + c.column_span), None)
        if key and under is not None:
            yield from _cleaned(key, under)


def is_head_row(cells: Sequence[Cell]) -> bool:
    """Whether a row is nothing but labels, two at least, side by side without a place for a value between them."""
    filled = [cell for cell in cells if fold(cell.text)]
    keys = [label_alone(cell) for cell in filled]
    touching = all(one.column + one.column_span == other.column for one, other in pairwise(filled))
    return len(filled) >= 2 and all(keys) and len(set(keys)) == len(keys) and touching


def date_alone(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    found = find_date(text) if len(text) < 40 else None
    return found is not None and arabic(text).strip("().,") == found[1]


def confidence_of(cell: Cell) -> float:
    """How sure a cell's text is."""
    return min(
        (block.confidence for block in cell.blocks if isinstance(block, Paragraph) and block.text.strip()), default=1.0
    )


def _cleaned(key: LabelKey, cell: Cell) -> Iterator[Said]:
    parts = [part for part in _GAP.split(cell.text.strip(_OUTSIDE)) if part.strip(_OUTSIDE)]
    if key == "reviewer":
        yield from _reviewer(parts, cell.locator, confidence_of(cell))
    else:
        yield Said(key, _value(key, parts), cell.locator, confidence_of(cell))


def _reviewer(parts: list[str], locator: Locator, confidence: float) -> Iterator[Said]:
    """A name; and the date that was set beside it, however small the gap."""
    parts = [piece for part in parts for piece in _without_date(part)]
    dates = [part for part in parts if find_date(part)]
    names = [_SIGNING.sub("", part).strip(_OUTSIDE) for part in parts if part not in dates]
    yield Said("reviewer", _name([name for name in names if name and not _is_skeleton(name)]), locator, confidence)
    for part in dates:
        yield Said("score_date", part.strip(_OUTSIDE), locator, confidence)


def _without_date(part: str) -> tuple[str, ...]:
    """A name and the date at its end as two; anything else as it is."""
    if find_date(part) is None:
        return (part,)
    at = next((at for at in range(len(part)) if date_alone(part[at:])), 0)
    return (_DATED.sub("", part[:at]), part[at:]) if at else (part,)


def _name(parts: list[str]) -> str:
    """王　五 is one name; several names stay apart."""
    pieces = " ".join(parts).split()
    return "".join(pieces) if all(len(piece) == 1 for piece in pieces) else " ".join(pieces)


def _value(key: LabelKey, parts: list[str]) -> str:
    joined = "".join(parts) if key == "score_date" else " ".join(parts)
    value = _SIGNING.sub("", joined).strip(_OUTSIDE)
    return "" if is_blank(value) or (key == "score_date" and _is_skeleton(value)) else value


def _is_skeleton(text: str) -> bool:
    """The printed 年 月 日 with nothing in it."""
    return not fold(text).strip("年月日20_-/.")


def _key(words: str) -> LabelKey:
    return _KEY_OF[fold(words)]


def _begins(text: str, match: re.Match[str]) -> bool:
    """A label begins a line or stands behind a gap or mark; a long one may follow a value without any."""
    before = text[match.start() - 1] if match.start() else ""
    if before and before in "(（" and _key(match[1]) == "total":
        return False  # the rubric's own maximum: （总分：100分）
    is_free = not before or not ("\u4e00" <= before <= "\u9fff" or before.isalnum())
    return is_free or len(fold(match[1])) >= _SAFE_LENGTH

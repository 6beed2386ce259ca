"""Rules about the words themselves, the same for Word files and PDFs: title, numbers, dates, levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from formflow.letters.elements import Kind
from formflow.letters.measure import classify as c
from formflow.letters.measure.rules import Check

KINDS_OF_DOCUMENT = (
    "决议",
    "决定",
    "命令",
    "令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
_TITLE_FORM = re.compile(rf"^(.*关于.+的)?.*({'|'.join(KINDS_OF_DOCUMENT)})(（.+）)?$")
# 制作式文书: a form whose title is its own name; not one of the fifteen kinds, so only 信函 and white-headed forms may bear it.
_FORM_TITLE = re.compile(r"(书|公示|证|表|单|回执)(（.+）)?$")
_DATE = re.compile(r"^(\d{4})年([1-9]\d?)月([1-9]\d?)日$")
_INTERNAL = re.compile(r"(部|处|科|室|中心)$")
_CHINESE = "〇一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a document by element, paragraphs whole, in reading order."""

    kind: Kind
    items: tuple[tuple[str, str], ...]

    def all(self, *names: str) -> list[str]:
        return [text for name, text in self.items if name in names]

    def first(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)


def check_words(words: Words) -> Iterator[Check]:
    """Every rule that words alone can show."""
    yield _number(words)
    yield from _title(words)
    yield from _levels(words)
    yield from _enclosures(words)
    yield from _ending(words)


def _number(words: Words) -> Check:
    number = words.first("number")
    if number is not None and number.startswith("编号") and not re.search(r"[〔\[(（【]", number):
        return Check("H10", None, f"{number}（文书编号，不是发文字号）")
    is_kept = None if number is None else bool(c.NUMBER_FORM.match(number.replace(" ", "")))
    return Check("H10", is_kept, _said(number, "尚未编号") or "未见发文字号")


def _said(text: str | None, blank: str) -> str:
    """What stands there, or that it is still to be filled in."""
    return blank if text and not any(char.isdigit() or char in "〇○一二" for char in text) else text or ""


def _title(words: Words) -> Iterator[Check]:
    title = "".join(words.all("title")).replace("\n", "")
    if not title:
        yield from (Check(rule, None, "未见标题") for rule in ("T06", "T07", "K01"))
        return
    bare = title.rstrip("，。、；：！？,.;:!? ")
    is_form = bool(_FORM_TITLE.search(bare)) and words.kind != "red_header"
    if is_form:
        yield Check("T06", None, f"“{title}”是制作式文书，标题即文书名称")
        yield Check("K01", True, f"“{title}”不是法定文种，以信函或者白头格式印发")
    else:
        yield Check("T06", bool(_TITLE_FORM.match(bare)) and ("关于" in title or words.kind != "red_header"), title)
        yield Check("K01", bool(_TITLE_FORM.match(bare)), title)
    yield Check(
        "T07",
        len(title) <= 50 and not re.search(r"[，。、；：！？,.;:!?]$", title),
        f"{len(title)}字，末字“{title[-1]}”",
    )


def _levels(words: Words) -> Iterator[Check]:
    texts = words.all("heading1", "heading2", "body")
    if not any(c.HEADING_1.match(t) or c.HEADING_2.match(t) or c.HEADING_3.match(t) for t in texts):
        yield Check("B03", None, "没有层次序数")
        yield Check("B04", None, "没有层次序数")
        return
    broken = _out_of_order(texts)
    yield Check("B03", not broken, broken or "依次排列")
    bad = [
        t[:6]
        for t in texts
        if re.match(r"^([一二三四五六七八九十]+[．.,，]|[（(][一二三四五六七八九十\d]+[）)]、|\d+、)", t)
    ]
    yield Check("B04", not bad, "、".join(bad[:3]) or "规范")


def _out_of_order(texts: Sequence[str]) -> str:
    """The first ordinal that does not follow the one before it on its level; "" if all do."""
    expected = {"1": 1, "2": 1}
    for text in texts:
        for level, pattern in (("1", c.HEADING_1), ("2", c.HEADING_2)):
            match = pattern.match(text)
            if match is None:
                continue
            ordinal = _ordinal(re.sub(r"[^一二三四五六七八九十]", "", match[0]))
            if ordinal != expected[level]:
                return f"“{text[:8]}”前缺第{expected[level]}项"
            expected[level] += 1
            if level == "1":
                expected["2"] = 1
    return ""


def _ordinal(text: str) -> int:
    tens, ten, units = text.rpartition("十")
    return (_CHINESE.index(tens) if tens else 1) * 10 * bool(ten) + (_CHINESE.index(units) if units else 0)


def _enclosures(words: Words) -> Iterator[Check]:
    listed, pages = words.all("enclosures"), words.all("enclosure_page")
    if not listed:
        yield from (Check(rule, None, "没有附件说明") for rule in ("A02", "A03", "A04"))
    else:
        names = [c.ENCLOSURES.sub("", text).strip() for text in listed]
        numbered = [bool(re.match(r"\d+[.．]", name)) for name in names]
        yield Check(
            "A02",
            all(numbered) if len(pages) > 1 or len(names) > 1 else not numbered[0] or len(pages) != 1,
            "；".join(listed),
        )
        yield Check(
            "A03", not any(re.search(r"[。；，、.;,]$", name) for name in names), "；".join(name[-6:] for name in names)
        )
        yield Check(
            "A04", not any(re.match(r"(\d+[.．])?《", name) for name in names), "；".join(name[:8] for name in names)
        )
    if not pages:
        yield from (Check(rule, None, "没有附件") for rule in ("F01", "F02", "F03", "F04"))
        return
    numbers = [int(match[0]) for page in pages if (match := re.search(r"\d+", page))]
    yield Check("F04", bool(listed) and numbers in ([], list(range(1, len(pages) + 1))), "、".join(pages))


def _ending(words: Words) -> Iterator[Check]:
    day = words.first("date")
    yield Check(
        "S07", None if day is None else _is_date(day.replace(" ", "")), _said(day, "成文日期尚未填写") or "未见成文日期"
    )
    signature = words.first("signature")
    yield Check("K02", None if signature is None else not _INTERNAL.search(signature.strip()), signature or "未见署名")


def _is_date(text: str) -> bool:
    match = _DATE.match(text)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True

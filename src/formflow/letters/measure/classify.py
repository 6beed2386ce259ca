"""Which element of an official document a paragraph or line is, told by what it says, how large it is and where it stands.

Works for any file, whoever made it: style names are not asked. In: texts in reading order with size, colour and alignment. Out: one
element name for each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NUMBER_FORM = re.compile(r"^(?:编号[：:]?)?[\u4e00-\u9fff]{1,16}〔(?:19|20)\d{2}〕[1-9]\d*号$")
NUMBER_LIKE = re.compile(
    r"^(?:编号[：:]?)?\S{1,16}[〔\[［(（【]\d{2,4}[〕\]］)）】]\s*\S{1,5}号$|^编号|^\S{1,16}〔\s*〕\s*号$"
)
# With the blanks of a draft as well, which has neither number nor day yet.
DATE_LIKE = re.compile(r"^[12〇一二○]\S{3}年\S{1,3}月\S{1,3}日$|^\s*年\s*月\s*日$")
HEADING_1, HEADING_2 = (
    re.compile(r"^[一二三四五六七八九十]+[、．.,，]"),
    re.compile(r"^[（(][一二三四五六七八九十]+[）)]"),
)
HEADING_3 = re.compile(r"^\d+[.．、]")
ENCLOSURES = re.compile(r"^附件\s*[：:]")
ENCLOSURE_PAGE = re.compile(r"^附件\s*\d*\s*[：:]?$")
REMARK = re.compile(r"^（.+")
COPIES_TO = re.compile(r"^(抄送|主送|分送)[：:]")
PRINTED = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日|\s*年\s*月\s*日)印发$")
PAGE_NUMBER = re.compile(r"^[—–\-－―]?\s*\d+\s*[—–\-－―]?$")
# The elements whose order the standard gives, in that order, as people call them.
ORDER = {
    "mark": "发文机关标志",
    "number": "发文字号",
    "title": "标题",
    "recipient": "主送机关",
    "body": "正文",
    "signature": "署名",
    "date": "成文日期",
    "copies_to": "抄送机关",
    "printed": "印发机关和日期",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A paragraph or line as it is seen. `size` in points; `is_flush`: it begins at the left edge of the text area;
    `starts_paragraph` is False for a line that goes on."""

    text: str
    size: float
    is_red: bool
    is_centered: bool
    is_flush: bool = False
    starts_paragraph: bool = True


def classify(items: Sequence[Seen]) -> list[str]:
    """mark, number, title, recipient, heading1, heading2, body, enclosures, signature, date, remark, enclosure_page, copies_to,
    printed, or after (what follows the letter's end: a receipt slip, an enclosure)."""
    names = [""] * len(items)
    title = _title(items)
    date = _date(items, title)
    for index, item in enumerate(items):
        text = item.text.strip()
        if item.is_red and item.size > 22.5:
            names[index] = "mark"
        elif COPIES_TO.match(text):
            names[index] = "copies_to"
        elif PRINTED.search(text):
            names[index] = "printed"
        elif title is not None and index < title[0]:
            names[index] = "number" if NUMBER_LIKE.match(text) else "head"
        elif title is not None and title[0] <= index <= title[1]:
            names[index] = "title"
        elif ENCLOSURE_PAGE.match(text) and (date is None or index > date):
            names[index] = "enclosure_page"
        elif date is not None and index >= date:
            names[index] = "date" if index == date else "after"
        elif date is not None and index == date - 1:
            names[index] = "signature"
        else:
            names[index] = _inside(text, items, index, title)
    _remark(items, names, date)
    _continue(items, names)
    return names


def _title(items: Sequence[Seen]) -> tuple[int, int] | None:
    """First and last line of the title: the first black text clearly larger than the body, else the first centred one."""
    black = [index for index, item in enumerate(items) if not item.is_red]
    large = [index for index in black if items[index].size >= 18]
    centered = [i for i in black if items[i].is_centered and not NUMBER_LIKE.match(items[i].text.strip())]
    first = next(iter(large or centered), None)
    if first is None:
        return None
    last = first
    while last + 1 < len(items) and _goes_on(items[first], items[last + 1]):
        last += 1
    return first, last


def _goes_on(title: Seen, line: Seen) -> bool:
    return abs(line.size - title.size) < 0.6 and (line.is_centered or title.size >= 18)


def _date(items: Sequence[Seen], title: tuple[int, int] | None) -> int | None:
    """成文日期: the first line after the title that is nothing but a date."""
    start = title[1] + 1 if title else 0
    return next((i for i in range(start, len(items)) if DATE_LIKE.match(items[i].text.replace(" ", ""))), None)


def _inside(text: str, items: Sequence[Seen], index: int, title: tuple[int, int] | None) -> str:
    if title is not None and title[1] < index <= _recipient_end(items, title[1] + 1):
        return "recipient"
    if ENCLOSURES.match(text):
        return "enclosures"
    if HEADING_1.match(text):
        return "heading1"
    return "heading2" if HEADING_2.match(text) else "body"


def _recipient_end(items: Sequence[Seen], start: int) -> int:
    """Last line of 主送机关, which begins at `start`; before `start` if there is none. It ends in a colon, or at least begins at the
    edge, as no paragraph of the body does, and is no sentence."""
    for index in range(start, min(start + 8, len(items))):
        if index > start and not items[index].is_flush:
            break
        if items[index].text.strip().endswith(("：", ":")):
            return index
    first = items[start] if start < len(items) else None
    is_bare = first is not None and first.is_flush and len(first.text) <= 40 and not first.text.strip().endswith("。")
    return start if is_bare else start - 1


def _remark(items: Sequence[Seen], names: list[str], date: int | None) -> None:
    if date is not None and date + 1 < len(items) and REMARK.match(items[date + 1].text.strip()):
        names[date + 1] = "remark"


def _continue(items: Sequence[Seen], names: list[str]) -> None:
    """A line that does not begin a paragraph is what the line above it is."""
    for index in range(1, len(items)):
        if not items[index].starts_paragraph and names[index] in ("body", "heading1", "heading2", "after", "recipient"):
            above = names[index - 1]
            if above in ("body", "heading1", "heading2", "remark", "enclosures"):
                names[index] = above

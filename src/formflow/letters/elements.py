"""The elements of an official document (公文要素), each under the Word style name that says which one a paragraph is.

What an element looks like stands here once: `skeleton` writes it as Word styles, `typeset` draws by it. Distances are in characters and
lines of the text area, so that both set it on the same grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["title", "body", "heading", "script", "song"]
# 信函格式 (10.1), a white-headed form, a red-headed page (通用格式).
Kind = Literal["letter", "form", "red_header"]
Align = Literal["left", "center", "right", "justify"]

RED, BLACK = "FF0000", "000000"
SIZE_2, SIZE_3, SIZE_4 = 22.0, 16.0, 14.0  # 2号, 3号, 4号 in points, as Word counts them
TABLE_SIZE = 12.0  # 小4号


@dataclass(frozen=True, slots=True)
class Element:
    """One element. `size` is Word's point size; indents count characters of the element's own size, `before` lines of the grid.

    `keep_next` holds it on the page of the paragraph after it, `keep_lines` all its lines on one page.
    """

    name: str
    role: Role = "body"
    size: float = SIZE_3
    align: Align = "justify"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    color: str = BLACK
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    outline: int | None = None


MARK = Element("发文机关标志", "title", 42.0, "center", color=RED)
NUMBER = Element("发文字号", align="right")
TITLE = Element("公文标题", "title", SIZE_2, "center", before=2, keep_next=True, outline=0)
RECIPIENT = Element("主送机关", align="left", before=1)
# Not 正文 and 页码: a Chinese Word knows built-in styles by these names and would lay its own over ours.
BODY = Element("公文正文", first=2)
HEADING_1 = Element("一级标题", "heading", align="left", first=2, keep_next=True, outline=1)
HEADING_2 = Element("二级标题", "script", align="left", first=2, keep_next=True, outline=2)
ENCLOSURES = Element("附件说明", align="left", left=5, first=-3, before=1)
SIGNATURE = Element("发文机关署名", align="center", before=2, keep_next=True)
DATE = Element("成文日期", align="right", right=4, keep_next=True)
# It stays with the date: a page that holds nothing but the end of a telephone line looks like a mistake.
REMARK = Element("附注", align="left", first=2, keep_lines=True)
COPIES_TO = Element("抄送", size=SIZE_4, align="left", left=4, first=-3, right=1)
# 7.3.7: “附件” on the first line of a page of its own, its title on the third.
ENCLOSURE_MARK = Element("附件", "heading", align="left", keep_next=True, new_page=True)
ENCLOSURE_TITLE = Element("附件标题", "title", SIZE_2, "center", before=1, keep_next=True)
# A line that says what a table's rows are, or how many; between 附件标题 and the table.
ENCLOSURE_NOTE = Element("附件说明文字", align="center", keep_next=True)
SLIP_TITLE = Element("回执标题", "title", SIZE_2, "center", keep_next=True, new_page=True)
SLIP_NUMBER = Element("回执编号", align="right", before=1)
SLIP_RECIPIENT = Element("回执主送", align="left", before=1)
SLIP_TEXT = Element("回执正文", first=2)
TABLE_HEAD = Element("表格标题行", "heading", TABLE_SIZE, "center")
TABLE_TEXT = Element("表格文字", size=TABLE_SIZE, align="left")
TABLE_CENTER = Element("表格居中文字", size=TABLE_SIZE, align="center")
PAGE_NUMBER = Element("公文页码", "song", SIZE_4)

ELEMENTS = (
    MARK, NUMBER, TITLE, RECIPIENT, BODY, HEADING_1, HEADING_2, ENCLOSURES, SIGNATURE, DATE, REMARK, COPIES_TO,
    ENCLOSURE_MARK, ENCLOSURE_TITLE, ENCLOSURE_NOTE, SLIP_TITLE,
    SLIP_NUMBER, SLIP_RECIPIENT, SLIP_TEXT, TABLE_HEAD, TABLE_TEXT, TABLE_CENTER, PAGE_NUMBER,
)  # fmt: skip
BY_NAME = {element.name: element for element in ELEMENTS}


def mark_size(text: str, wide_mm: float = 156.0) -> float:
    """Points of the 发文机关标志: 初号, or as large as the width of the text area lets it be (the standard leaves it open)."""
    return min(MARK.size, int(wide_mm / 25.4 * 72 / max(1, len(text)) * 0.98 * 2) / 2)


def lines_before(element: Element, kind: Kind) -> float:
    """Empty lines above an element: a white-headed form begins with its title; on a red-headed page the number stands two lines under
    the mark."""
    if element.name == TITLE.name and kind == "form":
        return 0
    if element.name == NUMBER.name and kind == "red_header":
        return 2
    return element.before

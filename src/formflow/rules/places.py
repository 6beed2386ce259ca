"""Places in words that a clerk can follow on the paper: "封面“时间”一行", "第1张表第5行第2列", "第2张工作表第5行C列", "“阶段工作内容”表第2行"."""

from __future__ import annotations

import re

from formflow.model.document import Locator
from formflow.model.programme import Field
from formflow.model.record import Answer

_STEP = re.compile(
    r"(sheet|table|row|column|paragraph|header|footer|footnote|comment|page|margin|text box)(?: (\d+))?(?=,|$)"
)
_WORDS = {
    "sheet": "第{}张工作表",
    "table": "第{}张表",
    "row": "第{}行",
    "column": "第{}列",
    "paragraph": "第{}段",
    "header": "第{}处页眉",
    "footer": "第{}处页脚",
    "footnote": "第{}条脚注",
    "comment": "第{}条批注",
    "page": "第{}页",
    "text box": "第{}个文本框",
}
# What a page has one of.
_ON_ITS_PAGE = {"header": "页眉", "footer": "页脚", "comment": "批注", "margin": "页边"}


def locator_words(locator: Locator | None) -> str:
    """A locator in Chinese; empty when there is none or it names nothing we know. A sheet is told by its number, which counts hidden ones too."""
    if locator is None:
        return ""
    steps = [(kind, number) for kind, number in _STEP.findall(locator.part) if kind != "page" or locator.page is None]
    page = f"第{locator.page}页" if locator.page else ""
    is_sheet = bool(steps) and steps[0][0] == "sheet"
    return page + "".join(_step_words(kind, number, is_sheet) for kind, number in steps)


def _step_words(kind: str, number: str, is_sheet: bool) -> str:
    if not number:
        return _ON_ITS_PAGE.get(kind, "")
    if kind == "column" and is_sheet:
        return f"{column_letters(int(number))}列"
    return _WORDS[kind].format(number) if kind in _WORDS else ""


def column_letters(number: int) -> str:
    """A workbook's column as it is headed: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def field_place(field: Field, answer: Answer | None) -> str:
    """Where a field stands: a line of the cover by what is printed there, else the place of its answer, else its name."""
    if field.region == "cover":
        return f"封面“{field.anchor}”一行" if field.anchor else f"封面{field.label}处"
    return locator_words(answer.locator if answer else None) or f"“{field.label}”一栏"


def row_place(field: Field, index: int) -> str:
    """A row of a repeating block, counted from 1 over the rows that were filled in; `index` is 0-based."""
    return f"“{field.label}”表第{index + 1}行"

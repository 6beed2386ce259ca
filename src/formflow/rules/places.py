"""Places in words that a clerk can follow on the paper: "封面“时间”一行", "第1张表第5行第2列", "“阶段工作内容”表第2行"."""

from __future__ import annotations

import re

from formflow.model.document import Locator
from formflow.model.programme import Field
from formflow.model.record import Answer

_STEP = re.compile(r"(table|row|column|paragraph|header|footer|footnote|comment|page) (\d+)")
_WORDS = {
    "table": "第{}张表",
    "row": "第{}行",
    "column": "第{}列",
    "paragraph": "第{}段",
    "header": "第{}处页眉",
    "footer": "第{}处页脚",
    "footnote": "第{}条脚注",
    "comment": "第{}条批注",
    "page": "第{}页",
}


def locator_words(locator: Locator | None) -> str:
    """A locator in Chinese; empty when there is none or it names nothing we know."""
    if locator is None:
        return ""
    page = f"第{locator.page}页" if locator.page else ""
    return page + "".join(_WORDS[kind].format(number) for kind, number in _STEP.findall(locator.part))


def field_place(field: Field, answer: Answer | None) -> str:
    """Where a field stands: a line of the cover by what is printed there, else the place of its answer, else its name."""
    if field.region == "cover":
        return f"封面“{field.anchor}”一行" if field.anchor else f"封面{field.label}处"
    return locator_words(answer.locator if answer else None) or f"“{field.label}”一栏"


def row_place(field: Field, index: int) -> str:
    """A row of a repeating block, counted from 1 over the rows that were filled in; `index` is 0-based."""
    return f"“{field.label}”表第{index + 1}行"

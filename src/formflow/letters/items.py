"""A finding as an item in a letter: headed by its field, the problem without repeating it. Pure."""

from __future__ import annotations

import re

from formflow.letters.phrases import NAME_LIMIT, bare, shorten
from formflow.model.finding import Finding

_NUMBER = re.compile(r"^(\d+(?:\.\d+)*)\s+")


def finding_item(finding: Finding) -> dict[str, str]:
    """An item of a list of things to be put right, by the keys 项目, 位置, 问题, 要求, 依据."""
    return {
        "项目": shorten(_heading(finding.label) or "整份材料", NAME_LIMIT),
        "位置": finding.place,
        "问题": bare(_without_label(finding)),
        "要求": bare(finding.requirement),
        "依据": finding.basis,
    }


def _heading(label: str) -> str:
    """The label; a number at its front is told from the item's own: 第1.3项, that 1. before 1.3 does not read as 1.1.3."""
    return _NUMBER.sub(r"第\1项 ", label)


def _without_label(finding: Finding) -> str:
    """The message without the label it begins with: the item is headed by it."""
    number = _NUMBER.match(finding.label)
    numbered = (f"{number[1]} 项的", f"{number[1]} 项") if number else ()
    for head in (f"“{finding.label}”", finding.label, *numbered):
        rest = finding.message.removeprefix(head)
        if head and rest and rest != finding.message:
            return rest.lstrip("：:，, ")
    return finding.message

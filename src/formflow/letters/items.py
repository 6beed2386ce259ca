"""A finding as an item in a letter: headed by its field, the problem without repeating it. Pure."""

from __future__ import annotations

from formflow.letters.phrases import NAME_LIMIT, bare, shorten
from formflow.model.finding import Finding


def finding_item(finding: Finding) -> dict[str, str]:
    """An item of a list of things to be put right, by the keys 项目, 位置, 问题, 要求, 依据."""
    return {
        "项目": shorten(finding.label or "整份材料", NAME_LIMIT),
        "位置": finding.place,
        "问题": bare(_without_label(finding)),
        "要求": bare(finding.requirement),
        "依据": finding.basis,
    }


def _without_label(finding: Finding) -> str:
    """The message without the label it begins with: the item is headed by it."""
    for head in (f"“{finding.label}”", finding.label):
        rest = finding.message.removeprefix(head)
        if head and rest and rest != finding.message:
            return rest.lstrip("：:，, ")
    return finding.message

"""What stands inside an element once the wrappers are off: content controls, tracked changes, smart tags, alternates.

An element comes in; its paragraphs, tables, rows, cells or runs go out in order, whatever they were wrapped in, each with its `Mute`.
Deleted content (w:del, w:moveFrom) never goes out, inserted content does. Works without recursion.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from formflow.reading import names as n

# What is shown instead of an element's own text: None for its own text, "" for nothing (a content control that still shows its
# prompt), "☑"/"☐" for a check box control.
Mute = str | None

CHECKED, UNCHECKED = "☑", "☐"
_LEAVES = frozenset({n.P, n.TBL, n.TR, n.TC, n.R, n.ALT_CHUNK, n.OMATH, n.OMATH_PARA})
_PLAIN_WRAPPERS = frozenset(
    {n.INS, n.MOVE_TO, n.HYPERLINK, n.SMART_TAG, n.CUSTOM_XML, n.FLD_SIMPLE, n.SDT_CONTENT, n.DIR, n.BDO}
)  # fmt: skip
WRAPPERS = _PLAIN_WRAPPERS | {n.SDT, n.ALTERNATE}
# Extensions whose drawings we can read: a Choice that requires anything else is left for its Fallback.
_UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16se", "a14", "v", "pic"})


def content(parent: etree._Element, mute: Mute = None) -> Iterator[tuple[etree._Element, Mute]]:
    """The leaves inside `parent`. A mark stands for the first leaf only; those after it in the same control are empty."""
    stack = [(parent.iterchildren(), mute)]
    while stack:
        children, mute = stack[-1]
        for child in children:
            tag = child.tag
            if tag in _LEAVES:
                yield child, mute
                if mute:
                    mute = ""
            elif (inner := _unwrap(child, tag)) is not None:
                inner_mute = control_mute(child) if mute is None and tag == n.SDT else mute
                stack[-1] = (children, "" if mute else mute)
                stack.append((inner.iterchildren(), inner_mute))
                break
        else:
            stack.pop()


def _unwrap(element: etree._Element, tag: str) -> etree._Element | None:
    if tag in _PLAIN_WRAPPERS:
        return element
    if tag == n.SDT:
        return next(element.iterchildren(n.SDT_CONTENT), None)
    if tag == n.ALTERNATE:
        return alternate(element)
    return None


def control_mute(sdt: etree._Element) -> Mute:
    """What a content control shows instead of its content, see `Mute`."""
    properties = next(sdt.iterchildren(n.SDT_PR), None)
    if properties is None:
        return None
    for child in properties.iterchildren(n.CHECKBOX_14, n.SHOWING_PLACEHOLDER):
        if child.tag == n.CHECKBOX_14:
            checked = next(child.iterchildren(n.CHECKED_14), None)
            return CHECKED if checked is not None and n.is_on(checked.get(n.VAL_14)) else UNCHECKED
        if n.is_on(child.get(n.VAL)):
            return ""
    return None


def alternate(element: etree._Element) -> etree._Element | None:
    """The one branch of mc:AlternateContent that counts: the first Choice we understand, else the Fallback, else any Choice."""
    first = fallback = None
    for branch in element.iterchildren(n.CHOICE, n.FALLBACK):
        if branch.tag == n.FALLBACK:
            fallback = branch
        elif _UNDERSTOOD.issuperset((branch.get("Requires") or "").split()):
            return branch
        elif first is None:
            first = branch
    return fallback if fallback is not None else first

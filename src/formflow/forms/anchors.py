"""Where a filled copy says what its blank prints.

Exact words first: every place where an item could stand, of which the heaviest chain in the blank's order is kept (a label inside an
answer breaks the order or weighs less than the real one). Then what is still missing is looked for in the gaps by likeness, and last
out of order (rows swapped). Comes in: `Sheet`, `Printed`. Goes out: `Hit`s in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from formflow.forms.candidates import LIKE_ENOUGH, OPENING, STATIC_SHARE, Hit, candidates
from formflow.forms.layout import Sheet, Unit
from formflow.forms.printed import Item, Printed
from formflow.model.text import fold

_COLON = re.compile(r"[:：]")
_LONGEST_LABEL = 40


def find_hits(sheet: Sheet, printed: Printed, found: Sequence[Hit] | None = None) -> tuple[Hit, ...]:
    """Each item at most once, in reading order of the filled copy. `found`: its candidates, where they are known already."""
    found = candidates(sheet, printed) if found is None else found
    chain = _heaviest_chain(found)
    chain = _heaviest_chain([*chain, *_alike_in_gaps(sheet, printed, chain)])
    chain.extend(_out_of_order(found, chain))
    return tuple(sorted(chain, key=lambda hit: hit.position))


def _heaviest_chain(candidates: Sequence[Hit]) -> list[Hit]:
    """The heaviest selection that runs in the blank's order and in the copy's order alike (weighted increasing subsequence)."""
    hits = sorted(candidates, key=lambda hit: (hit.position, hit.item.order))
    by_end = sorted(range(len(hits)), key=lambda index: (hits[index].unit, hits[index].end, index))
    # For each place in the blank's order the heaviest chain that ends with it so far, and minus the index of its last hit: of
    # equals the earliest counts, so that identical blank rows pair from the top.
    heaviest = [(0.0, 1)] * (1 + max((hit.item.order for hit in hits), default=0))
    best: list[float] = []
    before: list[int] = []
    ended = 0
    for index, hit in enumerate(hits):
        while by_end[ended] < index and (hits[by_end[ended]].unit, hits[by_end[ended]].end) <= hit.position:
            earlier = by_end[ended]
            order = hits[earlier].item.order
            heaviest[order] = max(heaviest[order], (best[earlier], -earlier))
            ended += 1
        weight, minus_previous = max(heaviest[: hit.item.order], default=(0.0, 1))
        best.append(weight + hit.weight)
        before.append(-minus_previous)
    chain: list[Hit] = []
    index = max(range(len(hits)), key=best.__getitem__, default=-1)
    while index >= 0:
        chain.append(hits[index])
        index = before[index]
    return chain[::-1]


def _alike_in_gaps(sheet: Sheet, printed: Printed, chain: list[Hit]) -> list[Hit]:
    """For items not found word for word: short lines at the head of a unit, between their neighbours, that are nearly the words."""
    found: list[Hit] = []
    at = {hit.item.order: hit for hit in chain}
    taken = {hit.unit for hit in chain}
    for item in printed.items:
        if item.order in at or item.kind not in ("label", "static"):
            continue
        low = max((hit.unit for order, hit in at.items() if order < item.order), default=-1)
        high = min((hit.unit for order, hit in at.items() if order > item.order), default=len(sheet.units))
        for unit in sheet.units[low + 1 : high]:
            if unit.index not in taken and (hit := _alike(unit, item)):
                found.append(hit)
    return found


def _alike(unit: Unit, item: Item) -> Hit | None:
    words = item.words[0]
    end, head = _label_part(unit)
    longest = len(words) + len(item.tail) + 6
    if not head or len(head) > longest or (item.kind == "static" and len(words) < 6):
        return None
    likeness = (
        max(fuzz.ratio(head, word) for word in (words, words + item.tail)) if item.tail else fuzz.ratio(head, words)
    )
    if likeness < LIKE_ENOUGH:
        return None
    is_whole = end == len(unit.text)
    weight = (0.6 if is_whole else 0.5) * likeness / 100 * (STATIC_SHARE if item.kind == "static" else 1)
    return Hit(item, unit.index, 0, end, weight, likeness=likeness / 100, is_whole=is_whole)


def _label_part(unit: Unit) -> tuple[int, str]:
    """The part of a unit that could be a misprinted label: up to its colon, or the whole if it is short."""
    colon = _COLON.search(unit.text, 0, _LONGEST_LABEL)
    if colon:
        return colon.end(), fold(unit.text[: colon.start()])
    return len(unit.text), unit.folded


def _out_of_order(candidates: Sequence[Hit], chain: list[Hit]) -> list[Hit]:
    """Labels that stand as a whole cell, or open a paragraph, out of the blank's order: rows that were swapped."""
    found: list[Hit] = []
    done = {hit.item.order for hit in chain}
    taken = {hit.unit for hit in chain}
    for hit in sorted(candidates, key=lambda hit: -hit.weight):
        if hit.item.kind == "static" or hit.item.order in done or hit.unit in taken or hit.weight < OPENING:
            continue
        if hit.item.kind == "date_line":
            first_body = min((h.unit for h in chain if any(f.region == "body" for f in h.item.fields)), default=1 << 30)
            if hit.unit > first_body:
                continue
        found.append(replace(hit, is_in_order=False))
        done.add(hit.item.order)
        taken.add(hit.unit)
    return found

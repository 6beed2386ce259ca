"""OFD's markup: elements by their local names, numbers and boxes written as text, and how things are moved on a page.

Producers disagree about namespaces and write numbers carelessly: what is no number is as good as not there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.etree.ElementTree import Element

# x' = a·x + c·y + e, y' = b·x + d·y + f
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
# x, y, width, height in millimetres
Area = tuple[float, float, float, float]

SAME: Matrix = (1, 0, 0, 1, 0, 0)


def local(element: Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that name."""
    for child in element if element is not None else ():
        if local(child) == name:
            yield child


def find(element: Element | None, *path: str) -> Element | None:
    """The first child of the first name, of that the first of the second, …"""
    for name in path:
        element = next(children(element, name), None)
    return element


def text(element: Element | None, *path: str) -> str:
    """The text at the end of `path` without outer white space, "" if there is none."""
    found = find(element, *path)
    return (found.text or "").strip() if found is not None else ""


def number(value: str | None, otherwise: float) -> float:
    try:
        found = float(value) if value else otherwise
    except ValueError:
        return otherwise
    return found if math.isfinite(found) else otherwise


def numbers(value: str | None) -> list[float]:
    """The numbers of a list; none if one of them is none."""
    try:
        found = [float(each) for each in (value or "").replace(",", " ").split()]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


def area(value: str | None) -> Area | None:
    """A box as it is written: x, y, width, height."""
    found = numbers(value)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def steps(value: str | None, most: int) -> list[float]:
    """The way from each sign to the next, "g 3 5.6" being three times 5.6; no more than are wanted."""
    found: list[float] = []
    words = iter((value or "").split())
    for word in words:
        if len(found) >= most:
            break
        if word == "g":
            times, step = number(next(words, None), 0), number(next(words, None), 0)
            found.extend([step] * int(min(max(times, 0), most - len(found))))
        else:
            found.append(number(word, 0))
    return found


def joined(inner: Matrix, outer: Matrix) -> Matrix:
    """First the inner, then the outer."""
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def moved(x: float, y: float, by: Matrix) -> Point:
    a, b, c, d, e, f = by
    return a * x + c * y + e, b * x + d * y + f


def placed(element: Element, outer: Matrix) -> Matrix:
    """Where an object's own coordinates lie: its CTM, then its Boundary's corner, then what is around it."""
    own = numbers(element.get("CTM"))
    a, b, c, d, e, f = own[:6] if len(own) >= 6 else SAME
    corner = area(element.get("Boundary")) or (0, 0, 0, 0)
    return joined((a, b, c, d, e + corner[0], f + corner[1]), outer)

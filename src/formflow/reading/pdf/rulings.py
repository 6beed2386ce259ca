"""The straight lines of a page as a reader sees them: pieces joined, dots and dashes made lines.

Borders are drawn as one line, as a piece for each cell, as dashes, or as a row of dots; here each becomes one `Rule`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formflow.reading.pdf.ink import Rule

# Points: how far pieces of one line may lie beside each other, and apart.
_ASIDE, _APART = 1.2, 2.0
# Pieces up to this length are dashes, or dots, which may lie further apart.
_DASH, _DASH_APART = 16.0, 7.0
_DOT, _DOT_APART, _FEWEST_DOTS = 3.3, 6.0, 6


def straighten(rules: Iterable[Rule]) -> list[Rule]:
    """The lines that pieces make up; single dots are left out."""
    pieces = list(rules)
    long = [rule for rule in pieces if rule.length > _DOT]
    dots = [rule for rule in pieces if rule.length <= _DOT]
    found: list[Rule] = []
    for is_level in (True, False):
        own = [rule for rule in long if rule.is_level == is_level]
        if len(dots) >= _FEWEST_DOTS:
            own.extend(_lines_of_dots(dots, is_level))
        found.extend(_joined(own))
    return found


def _joined(rules: list[Rule]) -> Iterator[Rule]:
    for beside in _beside(rules):
        beside.sort(key=lambda rule: rule.start)
        current = beside[0]
        for rule in beside[1:]:
            apart = _DASH_APART if rule.length <= _DASH and current.length <= 4 * _DASH else _APART
            if rule.start <= current.end + apart:
                current = current._replace(end=max(current.end, rule.end))
            else:
                yield current
                current = rule
        yield current


def _lines_of_dots(dots: list[Rule], is_level: bool) -> Iterator[Rule]:
    """Rows of dots; a dot is looked at both ways, for it has no direction."""
    turned = []
    for dot in dots:
        middle = (dot.start + dot.end) / 2
        at, along = (dot.at, middle) if dot.is_level == is_level else (middle, dot.at)
        turned.append(Rule(is_level, at, along - 0.5, along + 0.5))
    for beside in _beside(turned):
        beside.sort(key=lambda rule: rule.start)
        chain = [beside[0]]
        for rule in beside[1:]:
            if rule.start - chain[-1].end > _DOT_APART:
                yield from _line_of(chain)
                chain = []
            chain.append(rule)
        yield from _line_of(chain)


def _line_of(chain: list[Rule]) -> Iterator[Rule]:
    if len(chain) >= _FEWEST_DOTS:
        yield chain[0]._replace(end=chain[-1].end)


def _beside(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Rules of one direction at the same place."""
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if group and rule.at - group[0].at > _ASIDE:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group

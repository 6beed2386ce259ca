"""How well papers were read: fields as F1, findings as recall and precision, and every mistake by name.

With tests/ on the path, `python -m support.evaluate module:function [papers] [seed] [edits]` scores a reading function and prints
its mistakes.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from support.corpus import Paper, papers
from support.filling import FieldFinding

# Asked for, but not holding an application back: listed apart from the errors.
REVIEWS = ("unsealed", "unsigned", "attachment_missing", "low_confidence")
# What a reader gives: values by field, what was found, and (if it tells) how sure it is of each field.
Reading = tuple[Mapping[str, Any], set[FieldFinding]] | tuple[Mapping[str, Any], set[FieldFinding], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One leaf value or finding that is not as it should be. `what` is "value", "finding" or "review"."""

    paper: str
    trail: tuple[str, ...]
    what: str
    name: str
    expected: Any
    given: Any

    def __str__(self) -> str:
        return f"{self.paper} {'/'.join(self.trail)}: {self.name}: expected {self.expected!r}, given {self.given!r}"


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares in 0..1; 1.0 where there was nothing to get wrong. `wrong_at_high_confidence` counts wrong values given as sure."""

    field_f1: float
    wrong_at_high_confidence: int
    finding_recall: float
    finding_precision: float
    review_recall: float
    review_precision: float
    mistakes: tuple[Mistake, ...]

    def __str__(self) -> str:
        return (
            f"fields F1 {self.field_f1:.4f}, sure and wrong {self.wrong_at_high_confidence}, findings recall "
            f"{self.finding_recall:.4f} precision {self.finding_precision:.4f}, reviews recall {self.review_recall:.4f} "
            f"precision {self.review_precision:.4f}, {len(self.mistakes)} mistakes"
        )


def evaluate(read: Callable[[bytes], Reading], made: Iterable[Paper], sure: float = 0.9) -> Scores:
    """Reads every paper and compares. A paper that raises counts as read with nothing in it, and is a mistake of its own."""
    counts = _Counts()
    for paper in made:
        try:
            fields, findings, *rest = read(paper.data)
        except Exception as failure:  # the score must cover the papers a reader breaks on
            fields, findings, rest = {}, set(), []
            counts.mistakes.append(
                Mistake(paper.name, paper.trail, "failure", type(failure).__name__, None, str(failure))
            )
        confidences: Mapping[str, float] = rest[0] if rest else {}
        _compare_fields(paper, fields, confidences, sure, counts)
        _compare_findings(paper, findings, counts)
    return counts.scores()


def leaves(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every value that is not null, by its path; white space does not count."""
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield from leaves({f"{name}.{key}": inner for key, inner in value.items()})
        elif isinstance(value, list | tuple):
            yield from leaves({f"{name}.{at}": inner for at, inner in enumerate(value)})
        elif value not in (None, ""):
            yield name, re.sub(r"\s+", "", str(value))


class _Counts:
    """Tallies while papers are compared."""

    def __init__(self) -> None:
        self.values = self.errors = self.reviews = (0, 0, 0)
        self.sure_and_wrong = 0
        self.mistakes: list[Mistake] = []

    def scores(self) -> Scores:
        recall, precision = _shares(self.values)
        total = recall + precision
        return Scores(
            2 * recall * precision / total if total else 0.0,
            self.sure_and_wrong,
            *_shares(self.errors),
            *_shares(self.reviews),
            tuple(self.mistakes),
        )


def _shares(counts: tuple[int, int, int]) -> tuple[float, float]:
    """Recall and precision from (right, expected, given)."""
    right, expected, given = counts
    return right / expected if expected else 1.0, right / given if given else 1.0


def _add(counts: tuple[int, int, int], right: int, expected: int, given: int) -> tuple[int, int, int]:
    return counts[0] + right, counts[1] + expected, counts[2] + given


def _compare_fields(
    paper: Paper, fields: Mapping[str, Any], confidences: Mapping[str, float], sure: float, counts: _Counts
) -> None:
    expected, given = dict(leaves(paper.fields)), dict(leaves(fields))
    right = sum(given.get(name) == value for name, value in expected.items())
    counts.values = _add(counts.values, right, len(expected), len(given))
    for name in sorted(expected.keys() | given.keys()):
        if expected.get(name) != given.get(name):
            counts.mistakes.append(Mistake(paper.name, paper.trail, "value", name, expected.get(name), given.get(name)))
            if name in given and confidences.get(name.split(".")[0], 1.0) >= sure:
                counts.sure_and_wrong += 1


def _compare_findings(paper: Paper, found: set[FieldFinding], counts: _Counts) -> None:
    for what in ("error", "review"):
        is_review = what == "review"
        expected = {pair for pair in paper.findings if (pair[0] in REVIEWS) == is_review}
        given = {pair for pair in found if (pair[0] in REVIEWS) == is_review and pair[0] != "low_confidence"}
        tally = _add(getattr(counts, f"{what}s"), len(expected & given), len(expected), len(given))
        setattr(counts, f"{what}s", tally)
        for pair in sorted(expected ^ given, key=str):
            counts.mistakes.append(Mistake(paper.name, paper.trail, what, str(pair), pair in expected, pair in given))


def main(arguments: list[str]) -> None:
    module, _, function = arguments[0].partition(":")
    count, seed, edits = (int(text) for text in (*arguments[1:], *("60", "0", "3")[len(arguments) - 1 :]))
    scores = evaluate(getattr(importlib.import_module(module), function), papers(count, seed, edits))
    for mistake in scores.mistakes:
        print(mistake)
    print(scores)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Was a row of a table cut by a page break, or does a new one begin? Told by what its cells say above and below, nothing else.

For pages of which only the words are known (scans, pages read in different ways); of pages with characters more can be seen
(`pdf.cut_rows`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# A row's number, its points, a time from one month or day to another: no halves of anything.
_NUMBER = re.compile(r"[-+]?\d{1,4}(?:\.\d{1,2})*[、.]?分?")
_DAY = r"\d{4}[年./-]\d{1,2}(?:月|(?:[月./-]\d{1,2}日?))?"
_TIME = re.compile(rf"{_DAY}(?:[-—－–~～至]+{_DAY})?")


def goes_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the cells below carry on the row above, cell by cell: the first that said anything (the label) had said all, another has more
    to say, and none has a number or a time on both sides. Cells of other columns are not compared."""
    pairs = [("".join(upper.split()), "".join(lower.split())) for upper, lower in zip(above, below, strict=True)]
    if not any(lower for _, lower in pairs) or any(_are_two(*pair) for pair in pairs):
        return False
    return next((not lower for upper, lower in pairs if upper), False)


def _are_two(upper: str, lower: str) -> bool:
    return any(pattern.fullmatch(upper) and pattern.fullmatch(lower) for pattern in (_NUMBER, _TIME))

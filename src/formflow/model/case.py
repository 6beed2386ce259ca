"""What a case is told by, and what follows from checking it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from formflow.model.finding import Finding
from formflow.model.text import fold

# What people call it by.
CASE_NUMBER = "案卷号"
# A case's year and number as one whole number: 2022 and 13 make 202200013.
CODE_STEP = 100_000
_WRITTEN = re.compile(r"(\d{4})-(\d{1,6})", re.ASCII)
# review: something was read too unsurely to decide on; a person looks first, and no letter goes out before.
Outcome = Literal["accepted", "supplement", "review"]


@dataclass(frozen=True, slots=True)
class CaseKey:
    """One unit in one cycle of one programme. `unit_key` is the normalised name papers are matched by; `unit` and `folder` are shown.

    `names` are all normalised names the paper gives (centre, applicant), in the pack's order. `telling_folder` is the folder's name
    together with the unit's, for a second unit of one applicant; "" where both are the same."""

    programme_id: str
    year: int
    unit: str
    unit_key: str
    folder: str
    names: tuple[str, ...]
    telling_folder: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from a checked application: accepted (受理), to be supplemented (补正) or to be looked at first (待复核), with everything
    found."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "error")

    @property
    def reviews(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "review")

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """What was read too unsurely to decide on."""
        return tuple(f for f in self.findings if f.code == "low_confidence")


def case_number(year: int, number: int) -> str:
    """The 案卷号 as people see it everywhere, 2022-0013; the numbers of the case's letters begin with it."""
    return f"{year}-{number:04d}"


def case_code(text: str) -> int | None:
    """Year and number out of a 案卷号 as one whole number, written as it is now or as it was once (202200013); None of anything else."""
    said = fold(text)
    if written := _WRITTEN.fullmatch(said):
        return int(written[1]) * CODE_STEP + int(written[2])
    return int(said) if said.isascii() and said.isdecimal() else None

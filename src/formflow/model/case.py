"""What a case is told by, and what follows from checking it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formflow.model.finding import Finding

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

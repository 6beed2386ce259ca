"""What is proposed to the judges about one case, with everything it was counted from. Data only; nothing here is a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formflow.model.evidence_kept import CaseEvidence
from formflow.model.measures import Proposal
from formflow.model.scoring import ScoreSummary


@dataclass(frozen=True, slots=True)
class Ticked:
    """A material the form has a box for: whether it is ticked (None where the answer could not be read), and the criteria it counts for."""

    label: str
    is_ticked: bool | None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a field that a criterion is counted from, as the form has them; `heads` are the printed ones."""

    label: str
    criterion: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CaseProposals:
    """What is proposed for a case, by criterion in the rubric's order. `unit` is what the case is about, `code` how it is called on a
    round's sheets. `evidence` is what papers beside the form tell, None where nobody has looked for any."""

    unit: str
    code: int
    proposals: tuple[Proposal, ...]
    materials: tuple[Ticked, ...] = ()
    listed: tuple[Listed, ...] = ()
    evidence: CaseEvidence | None = None


@dataclass(frozen=True, slots=True)
class ComparedSummary:
    """A round as its 评分汇总 shows it, with what was proposed beside the judges' means: by the number of the case on the round's sheets."""

    summary: ScoreSummary
    proposals: Mapping[int, tuple[Proposal, ...]]

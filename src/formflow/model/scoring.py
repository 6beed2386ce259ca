"""Score sheets as they were read and what follows from them: one reviewer's points for one unit, and a unit's result in a round.

Points are exact decimals, means exact fractions, rates percentages (89.5 is 89.5 %). Nothing here is rounded but what says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from formflow.model.document import Locator
from formflow.model.finding import Finding
from formflow.model.rubric import Rubric

# What the clerk decides about a unit: 是, 否, 延期.
NamingDecision = Literal["name", "refuse", "extend"]
DECISION_LABELS: Mapping[NamingDecision, str] = {"name": "是", "refuse": "否", "extend": "延期"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A number as it stands on a sheet. `value` is None when nothing stands there, or no number: then `doubt` says so in Chinese.
    `raw` is the text as typed ("" if nothing); `confidence` is 0..1."""

    value: Decimal | None
    raw: str = ""
    locator: Locator | None = None
    confidence: float = 1.0
    doubt: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing was written."""
        return self.value is None and not self.doubt


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a sheet's head: `value` is None when nothing was written, or what was written could not be read (`doubt`)."""

    value: str | None
    raw: str = ""
    locator: Locator | None = None
    confidence: float = 1.0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """A row of a sheet that has points but could not be told apart for sure. `reason` says why, in Chinese."""

    words: str
    reason: str
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One reviewer's sheet about one unit.

    `scores` has a mark for every criterion of the rubric, in its order. `total` is None where the sheet states none (a formula nobody
    computed states none); `group_totals` are those that are stated, by group id. `rate` is the satisfaction rate in percent, None where
    there is no such line. `self_scores` are what the unit gave itself, where the sheet has them. `label` is the sheet's own name in its
    file ("" if it has none).
    """

    programme_id: str
    centre_name: Entry
    reviewer: Entry
    score_date: Entry
    scores: Mapping[str, Mark]
    total: Mark | None = None
    group_totals: Mapping[str, Mark] = field(default_factory=dict)
    rate: Mark | None = None
    self_scores: Mapping[str, Mark] = field(default_factory=dict)
    self_total: Mark | None = None
    strays: tuple[Stray, ...] = ()
    label: str = ""
    locator: Locator | None = None

    @property
    def sum(self) -> Decimal:
        """All points that are written, added up; what is blank or no number counts nothing."""
        total = sum((mark.value for mark in self.scores.values() if mark.value is not None), Decimal(0))
        return total.quantize(Decimal(1)) if total == total.to_integral_value() else total.normalize()

    @property
    def is_whole(self) -> bool:
        """Every criterion has a number."""
        return all(mark.value is not None for mark in self.scores.values())

    @property
    def total_value(self) -> Decimal | None:
        """The total as stated; added up where none is stated; None where neither can be had."""
        if self.total is not None and self.total.value is not None:
            return self.total.value
        return self.sum if self.is_whole else None


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """A sheet with what is wrong with it. `source` is how people find it: the file's name, with the sheet's behind it."""

    sheet: ScoreSheet
    findings: tuple[Finding, ...] = ()
    source: str = ""

    @property
    def has_slip(self) -> bool:
        """Something is wrong or was not read surely: it does not count until it is put right."""
        return any(finding.severity == "error" or finding.code == "low_confidence" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far reviewers are apart on one criterion, over all sheets that count or were trimmed. `deviation` is the population standard
    deviation, rounded half up to 4 decimals; `outliers` are the places (0-based) of the sheets that stand out."""

    criterion_id: str
    lowest: Decimal
    highest: Decimal
    deviation: Decimal
    outliers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfComparison:
    """What the unit gave itself beside the reviewers' mean: self minus mean, by criterion and in total (both exact)."""

    scores: Mapping[str, Decimal]
    total: Decimal
    differences: Mapping[str, Fraction]
    total_difference: Fraction


@dataclass(frozen=True, slots=True)
class CentreResult:
    """One unit's result. `sheets` are those without a slip, in the order of reviewers' names; `trimmed` the places (0-based) of the
    highest and the lowest of them, left out of the mean; `returned` those with a slip.

    `means` are exact, by criterion (empty without a sheet that counts); `total` is rounded half up to 2 decimals. `satisfaction_ok`: the
    rate does not rule a naming out; None where nothing says so either way. `rate` is the lowest rate stated, in percent.
    """

    centre_name: str
    unit_key: str
    sheets: tuple[CheckedSheet, ...]
    returned: tuple[CheckedSheet, ...]
    trimmed: tuple[int, ...]
    means: Mapping[str, Fraction]
    total: Decimal | None
    rank: int | None
    satisfaction_ok: bool | None
    rate: Decimal | None = None
    spread: tuple[Spread, ...] = ()
    self_comparison: SelfComparison | None = None
    findings: tuple[Finding, ...] = ()
    # How the mean came about, in Chinese, where sheets were trimmed.
    explanation: str = ""

    @property
    def counted(self) -> tuple[CheckedSheet, ...]:
        """The sheets the means are of."""
        return tuple(sheet for place, sheet in enumerate(self.sheets) if place not in self.trimmed)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the pack's rule proposes for a unit, and why (Chinese). `decision` is None where nothing can be proposed."""

    decision: NamingDecision | None
    reason: str


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One unit of a 评分汇总. `case_number` is the register's, None outside of it; `until` is an extension's proposed end ("YYYY-MM-DD"),
    "" where there is none."""

    result: CentreResult
    proposal: Proposal
    case_number: int | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """A round of one programme, as 评分汇总.xlsx shows it. `revision` tells a sheet that comes back from a later one."""

    programme_id: str
    programme_name: str
    year: int
    revision: int
    rubric: Rubric
    lines: tuple[SummaryLine, ...]
    # Sentences for its head (what is left of a quota).
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedDecision:
    """One unit's line of a 评分汇总 that came back. `decision` is None where 拟命名 was left empty or says something else (`doubt`);
    `until` is "YYYY-MM-DD" or None, `reason` as typed."""

    unit: str
    case_number: int | None
    decision: NamingDecision | None
    until: str | None
    reason: str
    doubt: str = ""
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class ReturnedSummary:
    """A 评分汇总 that came back: whose it is and what was decided."""

    programme_id: str
    year: int
    revision: int
    rows: tuple[ReturnedDecision, ...]

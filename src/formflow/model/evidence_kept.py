"""Articles as the register keeps them, and what stands for one applicant after everybody has said what he knows."""

from __future__ import annotations

from dataclasses import dataclass

from formflow.model.evidence import Attribution, Claim, Report


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article that was entered. `code` names it, `file` is the paper it stands in. In `attribution` what a person said about its level
    and about whose it is has the place of what was read. `is_settled`: a person said whose it is (or nobody's); `is_counted`: whether a
    person wants it counted, None if nobody said."""

    code: int
    file: str
    attribution: Attribution
    is_settled: bool = False
    is_counted: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """What the papers of a year tell about one applicant. `applicant` is the id the reports are attributed to; `reports` each count once and
    are about him, `claims` are (title of the article, figure), `questions` what a person must settle, in Chinese."""

    applicant: str
    reports: tuple[Report, ...] = ()
    claims: tuple[tuple[str, Claim], ...] = ()
    questions: tuple[str, ...] = ()

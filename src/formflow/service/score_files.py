"""Files of score sheets → the result of each unit, without keeping anything: what `formflow score` tells. Free of Django.

In: papers that were looked into, and the packs. Out: results by programme, and what could not be counted because it is no sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formflow.forms.recognise import recognise
from formflow.model.programme import Programme
from formflow.model.rubric import Rubric
from formflow.model.scoring import CentreResult, CheckedSheet
from formflow.rules.aggregate import aggregate
from formflow.rules.scoring import check_sheet, check_together
from formflow.service.members import Looked


@dataclass(frozen=True, slots=True)
class LeftAside:
    """A paper, or a sheet of one, that belongs to no unit. `kind` as `formflow read` prints it, `message` in Chinese."""

    file: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class RoundResult:
    """The units of one rubric, best first."""

    programme: Programme
    rubric: Rubric
    centres: tuple[CentreResult, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that was found in the files."""

    rounds: tuple[RoundResult, ...]
    aside: tuple[LeftAside, ...]

    @property
    def is_clean(self) -> bool:
        """Every paper is a sheet, and nothing about any of them needs a person."""
        return not self.aside and not any(centre.findings for one in self.rounds for centre in one.centres)


def score_papers(papers: Iterable[Looked], programmes: tuple[Programme, ...]) -> Scores:
    """Reads, checks and adds up."""
    aside: list[LeftAside] = []
    by_programme: dict[str, tuple[Programme, Rubric, list[CheckedSheet]]] = {}
    for paper in papers:
        if paper.document is None:
            aside.append(LeftAside(paper.name, "unreadable", paper.problem.message if paper.problem else ""))
            continue
        matches = recognise(paper.document, programmes).matches
        if len(matches) != 1 or not matches[0].sheets:
            aside.append(_no_sheet(paper.name, len(matches), matches[0].kind if len(matches) == 1 else "unrecognised"))
            continue
        for read in matches[0].sheets:
            kept = by_programme.setdefault(read.programme.id, (read.programme, read.rubric, []))
            kept[2].append(CheckedSheet(read.sheet, check_sheet(read.rubric, read.sheet), paper.name))
    rounds = []
    for programme, rubric, sheets in by_programme.values():
        checked = check_together(sheets)
        aside.extend(_nobody_s(one) for one in checked if not one.sheet.centre_name.value)
        rounds.append(RoundResult(programme, rubric, aggregate(rubric, checked)))
    return Scores(tuple(rounds), tuple(aside))


def _no_sheet(name: str, claims: int, kind: str) -> LeftAside:
    said = "同时像几个项目的材料，没有计入" if claims > 1 else "不是评分表，没有计入"
    return LeftAside(name, kind, said)


def _nobody_s(checked: CheckedSheet) -> LeftAside:
    label = f"（{checked.sheet.label}）" if checked.sheet.label else ""
    said = "；".join(finding.message for finding in checked.findings)
    return LeftAside(checked.source, "score_sheet", f"评分表{label}没有计入：{said}")

"""measures.yaml → how measured criteria are counted; or a line that says which criterion, field or option does not exist.

The schema stands here, too: it is small, and nobody else needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from formflow.model.measures import ByMaterials, ByPieces, ByRate, Measure, PieceKind, RateStep
from formflow.packs.build import citation
from formflow.packs.crosscheck import field_reference
from formflow.packs.parts import Basis, Name, Part, Text
from formflow.packs.rubric_schema import Percent, Points, RubricFile
from formflow.packs.schema import FormFile
from formflow.packs.strict_yaml import Path, Problem, YamlFile

CriterionId = Annotated[str, Field(pattern=r"^\d{1,2}\.\d{1,2}$")]


class StepPart(Part):
    from_percent: Percent
    points: Points


class ByRatePart(Part):
    rule: Literal["by_rate"]
    criterion: CriterionId
    field: Name
    steps: list[StepPart] = Field(min_length=1)
    basis: Basis


class KindPart(Part):
    label: Text
    words: list[Text] = Field(min_length=1)
    points: Points


class ByPiecesPart(Part):
    rule: Literal["by_pieces"]
    criterion: CriterionId
    field: Name
    column: Name
    distinct: list[Name] = Field(min_length=1)
    kinds: list[KindPart] = Field(min_length=1)
    basis: Basis


class ByMaterialsPart(Part):
    rule: Literal["by_materials"]
    criterion: CriterionId
    field: Name
    options: list[Text] = Field(min_length=1)
    points: Points
    basis: Basis


MeasurePart = Annotated[ByRatePart | ByPiecesPart | ByMaterialsPart, Field(discriminator="rule")]


class MeasuresFile(Part):
    """measures.yaml"""

    measures: list[MeasurePart] = Field(min_length=1)


_TYPES = {"by_rate": "ratio", "by_pieces": "rows", "by_materials": "choice"}


def check_measures(
    file: YamlFile, part: MeasuresFile, rubric: RubricFile | None, form: FormFile | None
) -> Iterator[Problem]:
    """Every criterion is one of the rubric and measured once; every field, column and option is one of the application form."""
    criteria = {c.id: c for group in rubric.groups for c in group.criteria} if rubric else {}
    seen: set[str] = set()
    for index, measure in enumerate(part.measures):
        place: Path = ("measures", index)
        criterion = criteria.get(measure.criterion)
        if criterion is None:
            said = f"rubric.yaml 里没有“{measure.criterion}”这一项；请改正编号。"
            yield file.problem((*place, "criterion"), said)
        elif criterion.method != "measured":
            said = f"rubric.yaml 里“{measure.criterion}”是 judged；按数打分的项请写 method: measured。"
            yield file.problem((*place, "criterion"), said)
        if measure.criterion in seen:
            yield file.problem((*place, "criterion"), f"“{measure.criterion}”前面已经写过；每一项只能有一种算法。")
        seen.add(measure.criterion)
        if form is not None:
            yield from _check_fields(file, place, measure, form)
        yield from _check_steps(file, place, measure)


def _check_fields(file: YamlFile, place: Path, measure: MeasurePart, form: FormFile) -> Iterator[Problem]:
    problems = tuple(field_reference(file, (*place, "field"), measure.field, (_TYPES[measure.rule],), form.fields))
    yield from problems
    if problems:
        return
    field = next(field for field in form.fields if field.id == measure.field)
    known = [column.id for column in field.columns]
    if isinstance(measure, ByPiecesPart):
        for name in (measure.column, *measure.distinct):
            if name not in known:
                yield file.problem(place, f"“{field.id}”没有“{name}”这一列；它的列是：{'、'.join(known)}。")
    if isinstance(measure, ByMaterialsPart):
        for option in measure.options:
            if option not in field.options:
                yield file.problem((*place, "options"), f"“{field.id}”没有“{option}”这一项；请照申请表改写。")


def _check_steps(file: YamlFile, place: Path, measure: MeasurePart) -> Iterator[Problem]:
    if isinstance(measure, ByRatePart):
        for index, (above, below) in enumerate(pairwise(measure.steps), 1):
            if above.from_percent <= below.from_percent or above.points < below.points:
                yield file.problem((*place, "steps", index), "各档要从高的写到低的，分数也由高到低；请调整。")
    if isinstance(measure, ByPiecesPart):
        words: set[str] = set()
        for index, kind in enumerate(measure.kinds):
            if repeated := words & set(kind.words):
                said = f"“{'、'.join(sorted(repeated))}”在另一级里已经写过；一个说法只能指一级。"
                yield file.problem((*place, "kinds", index), said)
            words |= set(kind.words)


def build_measures(part: MeasuresFile, source: str) -> tuple[Measure, ...]:
    """The measures; `source` is the programme's own. Nothing is checked here."""
    return tuple(_measure(measure, source) for measure in part.measures)


def _measure(part: MeasurePart, source: str) -> Measure:
    basis = citation(part.basis, source)
    match part:
        case ByRatePart():
            steps = tuple(RateStep(step.from_percent, step.points) for step in part.steps)
            return ByRate(part.criterion, part.field, steps, basis)
        case ByPiecesPart():
            kinds = tuple(PieceKind(kind.label, tuple(kind.words), kind.points) for kind in part.kinds)
            return ByPieces(part.criterion, part.field, part.column, tuple(part.distinct), kinds, basis)
        case ByMaterialsPart():
            return ByMaterials(part.criterion, part.field, tuple(part.options), part.points, basis)

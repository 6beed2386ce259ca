"""measures.yaml → how measured criteria are counted; or a line that says which criterion, field or option does not exist.

The schema stands here, too: it is small, and nobody else needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from formflow.model.measures import (
    ByMaterials,
    ByPieces,
    ByRate,
    Material,
    Measure,
    PieceKind,
    PressColumns,
    RateStep,
)
from formflow.model.text import fold
from formflow.packs.build import citation
from formflow.packs.crosscheck import field_reference
from formflow.packs.media import MediaFile
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


class ProofPart(Part):
    medium: Name
    title: Name


class ByPiecesPart(Part):
    rule: Literal["by_pieces"]
    criterion: CriterionId
    field: Name
    column: Name
    distinct: list[Name] = Field(min_length=1)
    kinds: list[KindPart] = Field(min_length=1)
    # The columns by which a row is found again among the reports of the press that were handed in.
    proof: ProofPart | None = None
    basis: Basis


class ByMaterialsPart(Part):
    rule: Literal["by_materials"]
    criterion: CriterionId
    field: Name
    options: list[Text] = Field(min_length=1)
    # Options that stand for more than one piece of the standard.
    pieces: dict[str, Annotated[int, Field(ge=2, le=100)]] = Field(default_factory=dict)
    points: Points
    basis: Basis


MeasurePart = Annotated[ByRatePart | ByPiecesPart | ByMaterialsPart, Field(discriminator="rule")]


class MeasuresFile(Part):
    """measures.yaml"""

    measures: list[MeasurePart] = Field(min_length=1)


_TYPES = {"by_rate": "ratio", "by_pieces": "rows", "by_materials": "choice"}


def check_measures(
    file: YamlFile, part: MeasuresFile, rubric: RubricFile | None, form: FormFile | None, media: MediaFile | None
) -> Iterator[Problem]:
    """Every criterion is one of the rubric and measured once; every field, column and option is one of the application form; what reports
    of the press prove is counted by a level of the registry of media, which there is."""
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
        if isinstance(measure, ByPiecesPart) and measure.proof:
            yield from _check_proof(file, (*place, "proof"), measure, media)


def _check_proof(file: YamlFile, place: Path, measure: ByPiecesPart, media: MediaFile | None) -> Iterator[Problem]:
    if media is None:
        said = "按报道材料核对，要有媒体名录；请补上 media.yaml，或删去 proof。"
        yield file.problem(place, said)
        return
    words = {fold(word) for kind in measure.kinds for word in kind.words}
    for level in media.levels:
        if fold(level.label) not in words:
            said = f"media.yaml 里“{level.label}”一级，kinds 的 words 里没有；请把它写进相应的一级。"
            yield file.problem(place, said)


def _check_fields(file: YamlFile, place: Path, measure: MeasurePart, form: FormFile) -> Iterator[Problem]:
    problems = tuple(field_reference(file, (*place, "field"), measure.field, (_TYPES[measure.rule],), form.fields))
    yield from problems
    if problems:
        return
    field = next(field for field in form.fields if field.id == measure.field)
    known = [column.id for column in field.columns]
    if isinstance(measure, ByPiecesPart):
        proof = (measure.proof.medium, measure.proof.title) if measure.proof else ()
        for name in dict.fromkeys((measure.column, *measure.distinct, *proof)):
            if name not in known:
                yield file.problem(place, f"“{field.id}”没有“{name}”这一列；它的列是：{'、'.join(known)}。")
    if isinstance(measure, ByMaterialsPart):
        for option in measure.options:
            if option not in field.options:
                yield file.problem((*place, "options"), f"“{field.id}”没有“{option}”这一项；请照申请表改写。")
        for option in measure.pieces:
            if option not in measure.options:
                yield file.problem((*place, "pieces"), f"options 里没有“{option}”；请改成一样的。")


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
            proof = PressColumns(part.proof.medium, part.proof.title) if part.proof else None
            return ByPieces(part.criterion, part.field, part.column, tuple(part.distinct), kinds, basis, proof)
        case ByMaterialsPart():
            materials = tuple(Material(option, part.pieces.get(option, 1)) for option in part.options)
            return ByMaterials(part.criterion, part.field, materials, part.points, basis)


def local_choices(part: MeasuresFile) -> tuple[str, ...]:
    """What the sources do not give and this federation chose, one line each."""
    local = (measure for measure in part.measures if measure.basis.source == "local")
    return tuple(f"评分项 {measure.criterion} 的算法：{measure.basis.clause}" for measure in local)

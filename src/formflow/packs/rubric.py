"""rubric.yaml → `Rubric`: proves that its points add up, or says at which line they do not.

Shapes were settled before (see `rubric_schema`). Each check yields every problem it sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from formflow.model.rubric import Band, Criterion, Grade, Group, NamingRule, Reviewer, Rubric, Veto
from formflow.packs import rubric_schema as s
from formflow.packs.build import citation
from formflow.packs.crosscheck import repeated_ids
from formflow.packs.parts import Basis
from formflow.packs.strict_yaml import Path, Problem, YamlFile

# Bands as printed, "11-15" and "6-10", are a whole point apart.
_WIDEST_GAP = Decimal(1)


def check_rubric(file: YamlFile, part: s.RubricFile) -> Iterator[Problem]:
    """Everything inside rubric.yaml that does not fit together."""
    yield from _check_order(file, part)
    yield from _check_sums(file, part)
    yield from _check_wording(file, part)
    yield from _check_bands(file, part)
    yield from repeated_ids(file, "vetoes", [veto.id for veto in part.vetoes])
    yield from _check_limits(file, part)


def _check_order(file: YamlFile, part: s.RubricFile) -> Iterator[Problem]:
    """Groups are numbered 1, 2, 3 …, their criteria 1.1, 1.2 …: `formflow read` prints these."""
    for number, group in enumerate(part.groups, 1):
        if group.id != str(number):
            yield file.problem(
                ("groups", number - 1, "id"), f"这是第 {number} 组，id 写的是“{group.id}”；请按顺序编号。"
            )
        for item, criterion in enumerate(group.criteria, 1):
            if criterion.id != (wanted := f"{group.id}.{item}"):
                place = ("groups", number - 1, "criteria", item - 1, "id")
                yield file.problem(place, f"id 写的是“{criterion.id}”，按顺序应为“{wanted}”；请改正。")


def _check_sums(file: YamlFile, part: s.RubricFile) -> Iterator[Problem]:
    for number, group in enumerate(part.groups):
        for item, criterion in enumerate(group.criteria):
            if not criterion.points:
                place: Path = ("groups", number, "criteria", item, "points")
                yield file.problem(place, f"“{criterion.id}”的分值是 0；请写明分值。")
        found = sum((criterion.points for criterion in group.criteria), Decimal(0))
        if found != group.points:
            said = f"第 {group.id} 组写的是 {group.points} 分，各项相加是 {found} 分；请改正。"
            yield file.problem(("groups", number, "points"), said)
    found = sum((group.points for group in part.groups), Decimal(0))
    if found != part.points:
        yield file.problem(("points",), f"总分写的是 {part.points} 分，各组相加是 {found} 分；请改正。")


def _check_wording(file: YamlFile, part: s.RubricFile) -> Iterator[Problem]:
    """The words a line is recognised by belong to one criterion only."""
    seen: dict[str, str] = {}
    for number, group in enumerate(part.groups):
        for item, criterion in enumerate(group.criteria):
            for words in (criterion.title, *criterion.also):
                if (other := seen.setdefault(words, criterion.id)) != criterion.id:
                    key = "title" if words == criterion.title else "also"
                    place = ("groups", number, "criteria", item, key)
                    yield file.problem(place, f"“{words}”在“{other}”里已经用过，分不清是哪一项；请换别的字样。")


def _check_bands(file: YamlFile, part: s.RubricFile) -> Iterator[Problem]:
    banded = []
    for number, group in enumerate(part.groups):
        for item, criterion in enumerate(group.criteria):
            if criterion.bands:
                place: Path = ("groups", number, "criteria", item, "bands")
                banded.append(place)
                yield from _check_bands_of(file, place, criterion)
    for place in banded[1:]:
        yield file.problem(place, "只能有一项与满意率挂钩；请删去多余的 bands。")


def _check_bands_of(file: YamlFile, place: Path, criterion: s.CriterionPart) -> Iterator[Problem]:
    bands = criterion.bands
    for index, band in enumerate(bands):
        if band.lowest > band.highest:
            yield file.problem((*place, index), f"起点 {band.lowest} 分高于止点 {band.highest} 分；请把先后改过来。")
    for index, (above, below) in enumerate(pairwise(bands), 1):
        if above.from_percent <= below.from_percent:
            yield file.problem((*place, index), "各档要从满意率高的写到低的；请调整顺序。")
        elif not 0 < above.lowest - below.highest <= _WIDEST_GAP:
            said = f"上一档最低 {above.lowest} 分，这一档最高 {below.highest} 分，两档没有接上；请改正。"
            yield file.problem((*place, index), said)
    if bands and bands[0].highest != criterion.points:
        said = f"最高一档到 {bands[0].highest} 分，这一项的分值是 {criterion.points} 分；两者应当一致。"
        yield file.problem((*place, 0), said)


def _check_limits(file: YamlFile, part: s.RubricFile) -> Iterator[Problem]:
    if part.step and not part.step.value:
        yield file.problem(("step", "value"), "打分的最小单位不能是 0；不限制就删去 step。")
    if part.naming and part.naming.pass_mark > part.points:
        said = f"达标分 {part.naming.pass_mark} 高于总分 {part.points}；请改正。"
        yield file.problem(("naming", "pass_mark"), said)
    marks = [grade.from_points for grade in part.naming.grades] if part.naming else []
    if marks != sorted(set(marks), reverse=True) or any(mark > part.points for mark in marks):
        yield file.problem(("naming", "grades"), "等次要从高到低写，分数线互不相同，也不能高于总分；请改正。")


def build_rubric(part: s.RubricFile, source: str) -> Rubric:
    """The rubric; `source` is the programme's own. Nothing is checked here."""
    return Rubric(
        title=part.title,
        points=part.points,
        groups=tuple(_group(group, source) for group in part.groups),
        citation=citation(part.basis, source),
        step=part.step.value if part.step else None,
        vetoes=tuple(Veto(v.id, v.label, citation(v.basis, source), v.below_percent) for v in part.vetoes),
        naming=_naming(part.naming, source) if part.naming else None,
        reviewers=tuple(Reviewer(reviewer.name, tuple(reviewer.own_units)) for reviewer in part.reviewers),
    )


def _group(part: s.GroupPart, source: str) -> Group:
    return Group(
        id=part.id,
        title=part.title,
        points=part.points,
        criteria=tuple(_criterion(criterion, source) for criterion in part.criteria),
        citation=citation(part.basis, source),
        also=tuple(part.also),
    )


def _criterion(part: s.CriterionPart, source: str) -> Criterion:
    return Criterion(
        id=part.id,
        title=part.title,
        points=part.points,
        method=part.method,
        citation=citation(part.basis, source),
        also=tuple(part.also),
        evidence=tuple(part.evidence),
        bands=tuple(Band(band.from_percent, band.lowest, band.highest) for band in part.bands),
    )


def _naming(part: s.NamingPart, source: str) -> NamingRule:
    grades = tuple(Grade(grade.label, grade.from_points) for grade in part.grades)
    return NamingRule(part.pass_mark, part.below, citation(part.basis, source), part.quota, grades)


def local_choices(part: s.RubricFile) -> tuple[str, ...]:
    """What the sources do not give and this federation chose, one line each."""
    return tuple(f"{name}：{basis.clause}" for name, basis in _bases(part) if basis.source == "local")


def _bases(part: s.RubricFile) -> Iterator[tuple[str, Basis]]:
    yield f"评分指标“{part.title}”", part.basis
    if part.step:
        yield f"打分最小单位 {part.step.value} 分", part.step.basis
    if part.naming:
        yield f"达标分 {part.naming.pass_mark} 分", part.naming.basis
    for group in part.groups:
        yield f"评分指标第 {group.id} 组", group.basis
        yield from ((f"评分指标 {criterion.id}", criterion.basis) for criterion in group.criteria)
    yield from ((f"不予命名“{veto.label}”", veto.basis) for veto in part.vetoes)

"""The objective items of a rubric counted from a record, with the working: a proposal beside the judge's score.

Judged items stay open. What is missing or unclear gives no points by guess: it is a question. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from formflow.model.measures import ByMaterials, ByPieces, ByRate, Measure, PieceKind, Proposal
from formflow.model.record import Record
from formflow.model.rubric import Criterion, Rubric
from formflow.model.text import fold

_Counted = tuple[Decimal | None, str, tuple[str, ...]]


def propose(rubric: Rubric, measures: Sequence[Measure], record: Record) -> tuple[Proposal, ...]:
    """A proposal for every criterion of the rubric, in its order."""
    by_criterion = {measure.criterion: measure for measure in measures}
    return tuple(_proposal(criterion, by_criterion.get(criterion.id), record) for criterion in rubric.criteria)


def _proposal(criterion: Criterion, measure: Measure | None, record: Record) -> Proposal:
    if measure is None:
        return Proposal(criterion.id, criterion.title, criterion.points, None, "由评分人判断", criterion.citation)
    points, working, questions = _BY_KIND[type(measure)](measure, criterion.points, record.value(measure.field))
    return Proposal(criterion.id, criterion.title, criterion.points, points, working, measure.citation, questions)


def _by_rate(measure: ByRate, most: Decimal, value: Any) -> _Counted:
    if value is None:
        return None, "没有填写满意度，由评分人核对", ()
    percent = Decimal(str(value)) * 100
    step = next((step for step in measure.steps if percent >= step.from_percent), None)
    shown = f"{_plain(percent)}%"
    if step is None:
        return Decimal(0), f"{shown}，低于{_plain(measure.steps[-1].from_percent)}%，不得分", ()
    return step.points, f"{shown}，达到{_plain(step.from_percent)}%一档，得{_plain(step.points)}分", ()


def _by_pieces(measure: ByPieces, most: Decimal, value: Any) -> _Counted:
    rows: list[Mapping[str, Any]] = list(value or ())
    if not rows:
        return Decimal(0), "没有填写，不得分", ()
    seen: set[tuple[str, ...]] = set()
    counts: dict[str, int] = {}
    questions: list[str] = []
    for number, row in enumerate(rows, 1):
        key = tuple(fold(row.get(column) or "") for column in measure.distinct)
        kind = _kind_of(measure, row.get(measure.column) or "")
        if not all(key):
            questions.append(f"第{number}行没有写全，没有计入")
        elif key in seen:
            questions.append(f"第{number}行与前面的一行相同，只计一次")
        elif kind is None:
            questions.append(f"第{number}行的级别写的是“{row.get(measure.column) or ''}”，看不出是哪一级，没有计入")
        else:
            counts[kind.label] = counts.get(kind.label, 0) + 1
        seen.add(key)
    total = sum((kind.points * counts.get(kind.label, 0) for kind in measure.kinds), Decimal(0))
    parts = [
        f"{kind.label}{counts[kind.label]}×{_plain(kind.points)}" for kind in measure.kinds if kind.label in counts
    ]
    return min(total, most), _capped(" + ".join(parts) or "没有可以计入的", total, most), tuple(questions)


def _kind_of(measure: ByPieces, text: str) -> PieceKind | None:
    """The kind whose words a cell holds, and no other."""
    said = fold(text)
    return next((kind for kind in measure.kinds if said in {fold(word) for word in kind.words}), None)


def _by_materials(measure: ByMaterials, most: Decimal, value: Any) -> _Counted:
    if value is None:
        return None, "没有勾选提交的材料，由评分人核对", ()
    there = [option for option in measure.options if option in value]
    total = measure.points * len(there)
    absent = [option for option in measure.options if option not in value]
    parts = f"有{'、'.join(there)}（{len(there)}×{_plain(measure.points)}）" if there else f"没有{'、'.join(absent)}"
    questions = ("材料是否符合要求，由评分人核对",) if there else ()
    return min(total, most), _capped(parts, total, most), questions


def _capped(parts: str, total: Decimal, most: Decimal) -> str:
    if total > most:
        return f"{parts} = {_plain(total)}分，满分{_plain(most)}分，按{_plain(most)}分"
    return f"{parts} = {_plain(total)}分"


_BY_KIND: dict[type, Callable[[Any, Decimal, Any], _Counted]] = {
    ByRate: _by_rate,
    ByPieces: _by_pieces,
    ByMaterials: _by_materials,
}


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

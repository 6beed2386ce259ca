"""The objective items of a rubric counted from a record and the papers beside it, with the working: a proposal beside the judge's score.

Judged items stay open. What is missing or unclear gives no points by guess: it is a question. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from formflow.model.measures import ByMaterials, ByPieces, ByRate, Measure, Press, Proposal
from formflow.model.record import Record
from formflow.model.rubric import Criterion, Rubric
from formflow.rules.fields import SURE_ENOUGH
from formflow.rules.pieces import Piece, stated
from formflow.rules.press_pieces import joined

JUDGED = "由评分人判断"
_UNSURE = "表中这一栏识读没有把握，请对照原件核对"

_Counted = tuple[Decimal | None, str, tuple[str, ...]]


def propose(
    rubric: Rubric, measures: Sequence[Measure], record: Record, press: Press | None = None
) -> tuple[Proposal, ...]:
    """A proposal for every criterion of the rubric, in its order. `press`: what shows the reports the form tells of, where the programme
    knows media."""
    by_criterion = {measure.criterion: measure for measure in measures}
    return tuple(_proposal(criterion, by_criterion.get(criterion.id), record, press) for criterion in rubric.criteria)


def _proposal(criterion: Criterion, measure: Measure | None, record: Record, press: Press | None) -> Proposal:
    if measure is None:
        return Proposal(criterion.id, criterion.title, criterion.points, None, JUDGED, criterion.citation)
    answer = record.answers.get(measure.field)
    value = answer.value if answer else None
    if isinstance(measure, ByPieces):
        points, working, questions = _by_pieces(measure, criterion.points, value, press)
    elif isinstance(measure, ByRate):
        points, working, questions = _by_rate(measure, value)
    else:
        points, working, questions = _by_materials(measure, criterion.points, value)
    unsure = (_UNSURE,) if answer and (answer.doubt or answer.confidence < SURE_ENOUGH) else ()
    return Proposal(
        criterion.id, criterion.title, criterion.points, points, working, measure.citation, (*unsure, *questions)
    )


def _by_rate(measure: ByRate, value: Any) -> _Counted:
    if value is None:
        return None, "没有填写，由评分人核对", ()
    percent = Decimal(str(value)) * 100
    shown = f"{_plain(percent)}%"
    if not 0 <= percent <= 100:
        return None, f"填的是{shown}，不是可能的比率，由评分人核对", ()
    step = next((step for step in measure.steps if percent >= step.from_percent), None)
    if step is None:
        return Decimal(0), f"{shown}，低于{_plain(measure.steps[-1].from_percent)}%，不得分", ()
    above = next((one for one in reversed(measure.steps) if one.from_percent > percent), None)
    # 79.5 %: the standard prints 70 to 79 and from 80 on.
    between = above is not None and percent > above.from_percent - 1
    asked = (f"{shown}介于两档之间，按低的一档",) if between else ()
    return step.points, f"{shown}，达到{_plain(step.from_percent)}%一档，得{_plain(step.points)}分", asked


def _by_pieces(measure: ByPieces, most: Decimal, value: Any, press: Press | None) -> _Counted:
    rows: list[Mapping[str, Any]] = list(value or ())
    counted = joined(measure, measure.proof, rows, press) if measure.proof and press else stated(measure, rows)
    if not rows and not counted.pieces:
        return Decimal(0), "没有填写，不得分", counted.questions
    numbers = [(kind, sum(piece.kind is kind for piece in counted.pieces)) for kind in measure.kinds]
    total = sum((kind.points * number for kind, number in numbers), Decimal(0))
    parts = [f"{kind.label}{number}×{_plain(kind.points)}" for kind, number in numbers if number]
    working = _capped(" + ".join(parts), total, most) if parts else "没有可以计入的，不得分"
    if measure.proof and press and press.reports is not None and parts:
        working += f"；{_shown(counted.pieces)}"
    return min(total, most), working, counted.questions


def _shown(pieces: Sequence[Piece]) -> str:
    """How many of them a paper shows."""
    shown = sum(piece.is_shown for piece in pieces)
    if shown == len(pieces):
        return "都见到了材料"
    return f"其中见到材料的{shown}篇" if shown else "都只是表中所填，未见材料"


def _by_materials(measure: ByMaterials, most: Decimal, value: Any) -> _Counted:
    if value is None:
        return None, "没有勾选提交的材料，由评分人核对", ()
    there = [material for material in measure.materials if material.option in value]
    if not there:
        return Decimal(0), f"没有{'、'.join(material.option for material in measure.materials)} = 0分", ()
    total = measure.points * sum(material.pieces for material in there)
    parts = " + ".join(f"{material.option}{material.pieces}×{_plain(measure.points)}" for material in there)
    several = (
        f"“{material.option}”按{material.pieces}项计，请核对是否都有" for material in there if material.pieces > 1
    )
    return min(total, most), _capped(parts, total, most), tuple(several)


def _capped(parts: str, total: Decimal, most: Decimal) -> str:
    if total > most:
        return f"{parts} = {_plain(total)}分，满分{_plain(most)}分，按{_plain(most)}分"
    return f"{parts} = {_plain(total)}分"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

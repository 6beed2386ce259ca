"""Which sheets are handed out: one a unit, planned again alone when what is shown about it has changed, taken back when nobody assesses it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from formflow.errors import FormflowError
from formflow.model.proposals import CaseProposals
from formflow.model.record import Answer, Record
from formflow.rules.proposals import case_proposals
from support.money import qingdao

pytestmark = pytest.mark.usefixtures("office")
FOLDER = "某项目/2022年/评审/待填评分表"


def case(unit: str, code: int, satisfaction: float = 0.9) -> CaseProposals:
    answers = {"satisfaction": Answer("satisfaction", satisfaction, "", None, 1.0)}
    return case_proposals(qingdao(), Record(qingdao().id, "application", answers), unit, code)


def plan(revision: int, *cases: CaseProposals, **changes: Any) -> int:
    from formflow.register import books
    from formflow.register.rounds import Round
    from formflow.service import handouts

    shown = handouts.Handouts(qingdao().name, qingdao().rubrics[0], cases)
    with books.transaction():
        return handouts.plan(Round(qingdao().id, 2022), replace(shown, **changes), FOLDER, revision)


def wanted() -> dict[str, str]:
    """The names of the files that are to stand there, with when they were planned."""
    from formflow.register.models import Publication

    there = Publication.objects.filter(folder=FOLDER, state__in=("pending", "done"))
    return {row.bundle.removeprefix(f"score_sheets/{qingdao().id}/2022/"): row.stem for row in there}


A, B = case("甲项目", 202200001), case("乙/项目", 202200002)


def test_every_unit_has_a_sheet_of_its_own() -> None:
    assert plan(1, A, B) == 2
    assert wanted() == {"202200001/1": "甲项目", "202200002/1": "乙_项目"}


def test_only_what_has_changed_is_made_again() -> None:
    plan(1, A, B)
    assert plan(2, A, B) == 0
    assert plan(3, A, case("乙/项目", 202200002, 0.6)) == 1
    assert set(wanted()) == {"202200001/1", "202200002/1", "202200002/3"}


def test_another_rubric_makes_all_of_them_again() -> None:
    plan(1, A, B)
    title = replace(qingdao().rubrics[0], title="新的评估标准")
    assert plan(2, A, B, rubric=title) == 2
    assert plan(3, A, B, rubric=title, programme_name="另一个名称") == 2


def test_the_sheet_of_a_unit_nobody_assesses_is_taken_back_and_may_come_again() -> None:
    plan(1, A, B)
    assert plan(2, A) == 0
    assert set(wanted()) == {"202200001/1"}
    assert plan(3, A, B) == 1
    assert set(wanted()) == {"202200001/1", "202200002/3"}


def test_a_planned_sheet_is_made_of_its_own_unit() -> None:
    from formflow.service.handouts import Handouts, one_of

    shown = Handouts(qingdao().name, qingdao().rubrics[0], (A, B))
    assert one_of(qingdao(), shown, {"case": 202200002}) == (qingdao(), B)
    with pytest.raises(FormflowError, match="不在本轮评审之列"):
        one_of(qingdao(), shown, {"case": 202200003})

"""A look-up takes no more steps in a register of many cases than in one of few. Counted in steps of the database, not in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from formflow.model.case import CaseKey
from formflow.model.letter import LetterContent
from formflow.register.entries import Arrival
from support import offices
from support.forms_of_cases import key

pytestmark = pytest.mark.usefixtures("register")
TODAY = date(2022, 3, 10)
FEW, MANY = 20, 120
# A few more steps are no growth; searching through all cases takes several times as many.
SLACK = 1.2


def town(number: int) -> CaseKey:
    place = f"{'东西南北中'[number % 5]}{'山河湖海川'[number // 5 % 5]}{'桥塘湾港林'[number // 25]}"
    return key(f"{place}镇职工服务中心", f"{place}镇总工会")


def enter(number: int) -> None:
    from formflow.register import books, cases

    case = cases.open_case(offices.programmes()[0], town(number), TODAY)
    cases.next_version(case, town(number), TODAY)
    for kind, attachment in (("application", ""), ("attachment", "development_plan")):
        name = f"{kind}{number}"
        arrival = Arrival(name, f"{name}.docx", f"批次{number}/压缩包", name, 1, offices.NOW)
        books.add_paper(
            arrival, kind=kind, state="filed", case=case, attachment=attachment, programme_id=case.programme_id
        )
    content = LetterContent("supplement_notice", "补正通知书", "补正通知书", {})
    books.add_letter(case, content, serial=f"2022-{number}-1", issued_on=TODAY, deadline=TODAY)


def content_that_never_came() -> None:
    from formflow.register import books

    assert books.filed_paper("new") is None


def case_with_another_unit_name() -> None:
    from formflow.register import cases

    cases.find_case(key("新镇职工服务中心", town(3).names[1]), "centre_name")


def case_beside_the_attachment() -> None:
    from formflow.register import cases

    assert cases.case_of_submission(offices.programmes()[0].id, "批次3", TODAY) is not None


def case_named_in_the_attachment() -> None:
    from formflow.register import cases

    text = f"按照通知要求，{town(3).unit_key}发展规划：目标任务、功能布局"
    assert cases.case_named_in(offices.programmes()[0].id, text, TODAY) is not None


def a_new_case_of_a_folder_that_is_taken() -> None:
    from formflow.register import cases

    new = key("新设镇职工服务中心", folder=town(3).folder)
    case = cases.open_case(offices.programmes()[0], new, TODAY)
    assert case.folder == f"{town(3).folder}（2）"
    case.delete()


def drafts_of_a_round() -> None:
    from formflow.register import rounds

    assert not rounds.open_drafts(rounds.Round(offices.programmes()[0].id, 2022))


def rounds_that_have_drafts() -> None:
    from formflow.register import rounds

    assert not rounds.rounds_with_binding_letters()


def notices_of_a_kind() -> None:
    from formflow.register import rounds

    assert not rounds.returned_letters(rounds.Round(offices.programmes()[0].id, 2022), "sheet_returned")


@pytest.mark.parametrize(
    "look_up",
    [
        content_that_never_came,
        case_with_another_unit_name,
        case_beside_the_attachment,
        case_named_in_the_attachment,
        a_new_case_of_a_folder_that_is_taken,
        drafts_of_a_round,
        rounds_that_have_drafts,
        notices_of_a_kind,
    ],
)
def test_takes_as_many_steps_in_a_full_register(look_up: Callable[[], None]) -> None:
    for number in range(FEW):
        enter(number)
    with counted_steps() as few:
        look_up()
    for number in range(FEW, MANY):
        enter(number)
    with counted_steps() as many:
        look_up()
    assert few
    assert len(many) <= SLACK * len(few)


@contextmanager
def counted_steps() -> Iterator[list[None]]:
    """One entry for each step the database takes inside the block."""
    from django.db import connection

    steps: list[None] = []
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: steps.append(None), 1)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 1)

"""Articles in the register: what is entered, found again, and said by a person; what the database itself refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from formflow.register.entries import Arrival

pytestmark = pytest.mark.usefixtures("register")


def make_paper(name: str = "报.txt", year: int = 2022) -> Any:
    from formflow.register import books

    at = datetime(year, 6, 1, 4, tzinfo=UTC)
    arrival = Arrival(name, name, "", f"sha of {name}", 1, at)
    return books.add_paper(arrival, kind="evidence", state="filed", programme_id="p")


def make_case(year: int = 2022) -> Any:
    from formflow.register import models as rows

    return rows.Case.objects.create(
        programme_id="p", programme_name="项目", year=year, number=1, unit="甲", unit_key="甲", folder="甲", folder_key="甲",
        outcome="accepted", version=1, opened_on=date(year, 1, 1), updated_on=date(year, 1, 1),
    )  # fmt: skip


def add(paper: Any, position: int, **found: Any) -> Any:
    from formflow.register import evidence
    from formflow.register import models as rows

    told = evidence.Found(**{"case": None, "standing": "none"} | found)
    evidence.add_article(paper, position, f"第{position}篇", {"article": {}, "namings": []}, told, 2022)
    return rows.EvidenceArticle.objects.get(paper=paper, position=position)


def test_an_article_counts_for_the_year_of_its_case_else_for_that_it_came_in() -> None:
    from formflow.register import evidence
    from formflow.register.rounds import Round

    paper, case = make_paper(), make_case(2021)
    add(paper, 1)
    own = add(paper, 2, case=case, standing="attributed")
    assert [row.position for row in evidence.articles_of(Round("p", 2022))] == [1]
    assert evidence.articles_of(Round("p", 2021)) == [own]
    assert [state[0] for state in evidence.state_of(Round("p", 2021))] == [own.pk]
    assert evidence.rounds_with_evidence() == [Round("p", 2021), Round("p", 2022)]
    assert (evidence.has_articles("p"), evidence.has_articles("q")) == (True, False)


def test_articles_of_papers_that_came_in_some_years() -> None:
    from formflow.register import evidence

    late, early = add(make_paper("b", 2023), 1), add(make_paper("a", 2021), 1)
    assert evidence.of_papers_that_came("p", (2020, 2021, 2022)) == [early]
    assert evidence.of_papers_that_came("p", (2021, 2023)) == [late, early]


def test_what_was_found_again_takes_the_place_of_what_was_found() -> None:
    from formflow.register import evidence

    row, case = add(make_paper(), 1, standing="open", question="是哪家？"), make_case(2021)
    evidence.find_again(row, {"article": {}, "namings": [1]}, evidence.Found(case, "attributed", "句"), 2022)
    row.refresh_from_db()
    assert (row.case, row.standing, row.sentence, row.question, row.year) == (case, "attributed", "句", "", 2021)
    evidence.find_again(row, {}, evidence.Found(None, "none"), 2022)
    assert (row.case, row.year) == (None, 2022)


def test_what_a_person_said_stands() -> None:
    from formflow.register import evidence

    row, case, sheet = add(make_paper(), 1, standing="open", question="是哪家？"), make_case(), make_paper("表.xlsx")
    evidence.settle(row, evidence.Said(False, None, "municipal", None), sheet, "王主席")
    row.refresh_from_db()
    assert (row.standing, row.level, row.is_counted, row.question) == ("open", "municipal", None, "是哪家？")
    evidence.settle(row, evidence.Said(True, case, None, False), sheet, "李科长")
    row.refresh_from_db()
    assert (row.standing, row.case, row.level, row.is_counted) == ("settled", case, "municipal", False)
    assert (row.who, row.decided_by, row.question) == ("李科长", sheet, "")
    with pytest.raises(AssertionError):
        evidence.find_again(row, {}, evidence.Found(None, "none"), 2022)


def test_the_database_refuses_what_cannot_be() -> None:
    from django.db import IntegrityError, transaction

    row = add(make_paper(), 1)
    for standing in ("settled", "attributed"):
        row.standing = standing
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        add(row.paper, 1)


def test_equal_papers_are_told() -> None:
    from formflow.register import evidence
    from formflow.register import models as rows

    first, second = make_paper("a"), make_paper("b")
    rows.Paper.objects.update(sha256="x")
    first.refresh_from_db()
    second.refresh_from_db()
    assert not evidence.is_entered(second)
    add(first, 1)
    assert evidence.is_entered(second)
    assert not evidence.is_entered(first)

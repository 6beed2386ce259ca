"""Questions put into SQL once are answered as Django's own are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from formflow.model.letter import LetterContent
from formflow.register.entries import Arrival, PlannedBundle, PlannedFile
from support import offices
from support.forms_of_cases import key

pytestmark = pytest.mark.usefixtures("register")
TODAY = date(2022, 3, 10)


@pytest.fixture
def entered(register: Path) -> None:
    """Two cases with papers, one letter with its two files, and a file that belongs to neither."""
    from formflow.register import books, cases, publications

    for number, name in enumerate(("甲镇", "乙镇%"), 1):
        of_case = key(f"{name}职工服务中心", f"{name}总工会")
        case = cases.open_case(offices.programmes()[0], of_case, TODAY)
        cases.next_version(case, of_case, TODAY)
        arrival = Arrival(f"claim{number}", "申请表.docx", "", f"{number}" * 64, 1, offices.NOW)
        paper = books.add_paper(arrival, kind="application", state="filed", case=case)
        books.add_record(paper, case, {"industry": {"value": None}}, ("plan",), "supplement")
    letter = books.add_letter(
        case,
        LetterContent("notice", "补正通知书", "补正", {"事项": ["一"]}),
        serial="1",
        issued_on=TODAY,
        deadline=None,
    )
    files = (PlannedFile("letter_docx", ".docx"), PlannedFile("letter_pdf", ".pdf"))
    publications.add_bundle(PlannedBundle("letter", "甲", "补正", files), letter=letter)
    publications.add_bundle(PlannedBundle("original", "甲", "申请表", (PlannedFile("original", ".docx"),)), paper=paper)
    publications.add_bundle(PlannedBundle("note", "乙", "说明", (PlannedFile("note", ".txt", text="请看"),)))


def columns(row: object) -> dict[str, object]:
    """Everything a row says, and what went with it."""
    said = dict(vars(row))
    state = said.pop("_state")
    return said | {name: columns(other) for name, other in state.fields_cache.items() if other is not None}


@pytest.mark.usefixtures("entered")
def test_rows_are_the_same_with_dates_and_json_and_what_goes_with_them() -> None:
    from formflow.register import models as rows
    from formflow.register.asked import Asked

    def papers(state: str, size: int) -> object:
        return rows.Paper.objects.filter(state=state, size=size).select_related("case").order_by("-id")

    def files(folder: str) -> object:
        found = rows.Publication.objects.filter(folder=folder, position__gte=1)
        return found.select_related("paper", "paper__case", "letter", "letter__case").order_by("id")

    def letters(year: int) -> object:
        return rows.Letter.objects.filter(year=year, is_draft=False, draft=None)

    for question, values, count in (
        (papers, ("filed", 1), 2),
        (files, ("甲",), 3),
        (files, ("乙",), 1),
        (letters, (2022,), 1),
    ):
        found = Asked(question, *map(type, values)).all(*values)
        assert list(map(columns, found)) == list(map(columns, question(*values)))
        assert len(found) == count
        assert all(row._state.db == "default" and not row._state.adding for row in found)


@pytest.mark.usefixtures("entered")
def test_values_are_the_same() -> None:
    from formflow.register import models as rows
    from formflow.register.asked import Asked

    def enclosed(case: int) -> object:
        return rows.Record.objects.filter(case_id=case).values_list("enclosed", flat=True)

    def named(name: str) -> object:
        return rows.CaseName.objects.filter(name=name).values_list("case__unit", "case__opened_on")

    assert Asked(enclosed, int).all(1) == [["plan"]]
    assert Asked(enclosed, int).all(9) == []
    asked = Asked(named, str)
    assert asked.all("乙镇%总工会") == [("乙镇%职工服务中心", TODAY)]
    assert asked.first("甲镇总工会") == ("甲镇职工服务中心", TODAY)
    assert asked.first("丙镇总工会") is None


@pytest.mark.usefixtures("entered")
def test_a_question_is_put_together_once_and_answered_anew_each_time() -> None:
    from formflow.register import models as rows
    from formflow.register.asked import Asked

    put: list[str] = []

    def units(folder: str) -> object:
        put.append(folder)
        return rows.Case.objects.filter(folder=folder).values_list("version", flat=True)

    asked = Asked(units, str)
    folder = rows.Case.objects.earliest("id").folder
    assert asked.all(folder) == [1]
    rows.Case.objects.filter(folder=folder).update(version=2)
    assert asked.all(folder) == [2]
    assert len(put) == 1


def test_what_changes_which_question_it_is_cannot_be_asked() -> None:
    """Django leaves out what is compared with nothing; a question that loses its value would be answered with everything."""
    from formflow.register import models as rows
    from formflow.register.asked import Asked

    with pytest.raises(ValueError, match="value"):
        Asked(lambda name: rows.CaseName.objects.filter(name__startswith=name), str).all("甲")
    with pytest.raises(ValueError, match="value"):
        Asked(lambda name: rows.CaseName.objects.all(), str).all("甲")

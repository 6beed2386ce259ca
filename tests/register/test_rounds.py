"""A programme's year as a whole."""

from __future__ import annotations

import pytest

from support.rounds import TODAY, case_of, letter_of, naming_of, sheet_of

pytestmark = pytest.mark.usefixtures("register")
PROGRAMME = "nantong-service-centre"


def test_a_sheet_belongs_to_the_case_of_exactly_its_unit() -> None:
    from formflow.register import rounds
    from formflow.rules.decide import unit_key

    case, _ = case_of("甲镇职工服务中心"), case_of("甲镇职工服务中心站")
    assert rounds.case_by_name(PROGRAMME, 2022, unit_key("甲镇职工服务中心")) == case
    assert rounds.case_by_name(PROGRAMME, 2023, unit_key("甲镇 职工服务中心")) == case
    assert rounds.case_by_name(PROGRAMME, 2021, unit_key("甲镇职工服务中心")) is None
    assert rounds.case_by_name(PROGRAMME, 2022, unit_key("甲镇服务中心")) is None
    assert rounds.case_by_name("another", 2022, unit_key("甲镇职工服务中心")) is None


def test_a_name_that_two_cases_of_a_year_share_tells_neither() -> None:
    from formflow.register import models as rows
    from formflow.register import rounds

    for unit in ("甲镇职工服务中心", "乙镇职工服务中心"):
        rows.CaseName.objects.create(case=case_of(unit), name="丙市总工会", beginning="丙市总工会")
    assert rounds.case_by_name(PROGRAMME, 2022, "丙市总工会") is None


def test_one_expert_counts_once_for_a_unit() -> None:
    from django.db import IntegrityError

    from formflow.register import books

    case = case_of("甲镇职工服务中心")
    sheet_of(case, "张三")
    sheet_of(case, "李四")
    sheet_of(case, "张三", state="returned")
    sheet_of(case, "张三", year=2023)
    with pytest.raises(IntegrityError), books.transaction():
        sheet_of(case, "张三")


def test_a_corrected_sheet_settles_the_returned_ones() -> None:
    from formflow.register import rounds

    case = case_of("甲镇职工服务中心")
    sheet_of(case, "张三", state="returned")
    sheet_of(case, "李四", state="returned")
    assert rounds.replace_returned(case, 2022, "张三") == 1
    assert [sheet.reviewer for sheet in rounds.sheets_of(rounds.Round(PROGRAMME, 2022))] == ["李四"]
    assert rounds.replace_returned(case, 2022, "") == 0


def test_the_sheet_that_counts_is_found_by_its_expert() -> None:
    from formflow.register import rounds

    case = case_of("甲镇职工服务中心")
    sheet = sheet_of(case, "张三")
    assert rounds.counted_sheet(case, 2022, "张三") == sheet
    assert rounds.counted_sheet(case, 2022, "李四") is None
    assert rounds.counted_sheet(case, 2022, "") is None


def test_drafts_are_open_until_something_became_of_them() -> None:
    from formflow.register import models as rows
    from formflow.register import rounds

    this = rounds.Round(PROGRAMME, 2022)
    first, second, other = letter_of("决定"), letter_of("决定"), letter_of("公示", "announced")
    rounds.mark([first], rows.Letter.State.REPLACED)
    assert rounds.open_drafts(this) == [second, other]
    assert rounds.open_drafts(this, "announced") == [other]
    assert rounds.open_drafts(rounds.Round(PROGRAMME, 2023)) == []


def test_drafts_that_were_held_are_those_of_the_round_alone() -> None:
    from formflow.register import models as rows
    from formflow.register import rounds

    this, held = rounds.Round(PROGRAMME, 2022), rows.Letter.State.REFUSED
    drafts = [
        letter_of("决定"),
        letter_of("公示", "announced"),
        letter_of("决定"),
        letter_of("决定"),
        letter_of("决定"),
    ]
    final = rounds.add_final(drafts[4], TODAY)
    rounds.mark([*drafts[1:], final], held)
    drafts[2].programme_id, drafts[3].year = "another", 2021
    for moved in drafts[2:4]:
        moved.save()
    assert rounds.held_drafts(this) == [drafts[1], drafts[4]]
    assert rounds.held_drafts(this, "announced") == rounds.held_drafts(this, "announced", "") == [drafts[1]]
    assert rounds.held_drafts(this, "announced", "甲镇") == []
    assert rounds.open_drafts(this) == [drafts[0]]


def test_drafts_about_a_case_are_apart_from_those_about_the_year() -> None:
    from formflow.register import rounds

    this, case = rounds.Round(PROGRAMME, 2022), case_of("甲镇职工服务中心")
    about_case, about_year = letter_of("延期通知", "extended", case), letter_of("延期通知", "extended")
    assert rounds.open_drafts(this, "extended", case.unit) == [about_case]
    assert rounds.open_drafts(this, "extended", "") == [about_year]


def test_what_was_approved_is_found_by_round_and_kind() -> None:
    from formflow.register import rounds

    this = rounds.Round(PROGRAMME, 2022)
    final = rounds.add_final(letter_of("决定"), TODAY)
    case_of("甲镇职工服务中心")  # its letter is no binding one
    assert rounds.finals_of(this) == [final]
    assert rounds.finals_of(this, "announced") == []
    assert rounds.open_drafts(this) != [final]


def test_rounds_are_told_by_what_they_have() -> None:
    from formflow.register import rounds

    assert rounds.rounds_with_cases() == rounds.rounds_with_sheets() == rounds.rounds_with_binding_letters() == []
    case = case_of("甲镇职工服务中心")
    sheet_of(case, "张三", year=2023)
    letter_of("决定", year=2024)
    assert rounds.rounds_with_cases() == [rounds.Round(PROGRAMME, 2022)]
    assert rounds.rounds_with_sheets() == [rounds.Round(PROGRAMME, 2023)]
    assert rounds.rounds_with_binding_letters() == [rounds.Round(PROGRAMME, 2024)]


def test_decisions_of_a_round_are_listed_by_case() -> None:
    from formflow.register import rounds

    cases = [case_of(unit) for unit in ("甲镇职工服务中心", "乙镇职工服务中心")]
    for case in reversed(cases):
        naming_of(case, "named")
    found = rounds.namings_of(rounds.Round(PROGRAMME, 2022))
    assert [naming.case for naming in found] == cases


def test_cases_of_several_years_have_codes_of_their_own() -> None:
    from formflow.register import rounds

    case = case_of("甲镇职工服务中心")
    assert rounds.case_code(case) == 202200001
    assert rounds.case_by_code(PROGRAMME, 202200001) == case
    assert rounds.case_by_code(PROGRAMME, 202300001) is None
    assert rounds.case_by_code("another", 202200001) is None

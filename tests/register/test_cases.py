from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from formflow.model.case import CaseKey
from formflow.model.finding import Finding
from formflow.register.entries import Arrival
from formflow.rules.decide import unit_key
from support import offices
from support.forms_of_cases import key

pytestmark = pytest.mark.usefixtures("register")
TODAY = date(2022, 3, 10)
PROGRAMME = "nantong-service-centre"


def enter(
    form_key: CaseKey, *, outcome: str = "supplement", wrong: str = "industry", claim: str = "", submission: str = ""
):
    """A form of a case, with one field objected to."""
    from formflow.register import books, cases

    case = cases.find_case(form_key, "centre_name") or cases.open_case(offices.programmes()[0], form_key, TODAY)
    cases.next_version(case, form_key, TODAY)
    name = claim or f"{case.pk}-{case.version}"
    arrival = Arrival(name, f"{name}.docx", submission, name, 1, offices.NOW)
    paper = books.add_paper(arrival, kind="application", state="filed", case=case, programme_id=PROGRAMME)
    record = books.add_record(paper, case, {}, (), outcome)
    books.add_findings(record, (Finding("missing", wrong, "error", "没有填写", "附件2"),))
    cases.set_outcome(case, outcome, TODAY)
    return case


def attach(name: str, text: str, *, submission: str = "", attachment: str = "development_plan"):
    from formflow.register import books

    arrival = Arrival(name, f"{name}.docx", submission, name, 1, offices.NOW)
    return books.add_paper(
        arrival, kind="attachment", state="waiting", attachment=attachment, text=unit_key(text), programme_id=PROGRAMME
    )


def test_the_same_unit_in_the_same_year_is_the_same_case() -> None:
    first = enter(key("甲镇职工服务中心", "甲镇总工会"))
    again = enter(key("甲镇职工服务中心", "另一个名称"))
    assert again == first
    assert again.version == 2
    assert enter(key("甲镇职工服务中心", year=2023)).pk != first.pk


def test_numbers_run_within_a_programme_and_year() -> None:
    assert enter(key("甲镇职工服务中心")).number == 1
    assert enter(key("乙镇职工服务中心")).number == 2
    assert enter(key("丙镇职工服务中心", year=2023)).number == 1


def test_two_centres_of_one_applicant_stay_two_cases() -> None:
    first = enter(key("甲镇职工服务中心", "通达区总工会"))
    assert enter(key("乙镇职工服务中心", "通达区总工会")).pk != first.pk


def test_a_corrected_unit_name_is_the_same_case_if_it_was_objected_to() -> None:
    first = enter(key("甲镇职工之家", "甲镇总工会"), wrong="centre_name")
    again = enter(key("甲镇职工服务中心", "甲镇总工会"))
    assert again.pk == first.pk
    assert again.unit == "甲镇职工服务中心"


def test_a_unit_name_that_was_read_unsurely_is_corrected_by_the_next_paper() -> None:
    from formflow.register import books

    first = enter(key("甲镇职工服各中心", "甲镇总工会"), outcome="review")
    doubt = Finding("low_confidence", "centre_name", "review", "把握不大", "附件2")
    books.current_record(first).findings.all().delete()
    books.add_findings(books.current_record(first), (doubt,))
    assert enter(key("甲镇职工服务中心", "甲镇总工会")) == first


def test_a_case_is_known_by_its_number_and_a_namesake_by_the_name() -> None:
    from formflow.register import cases

    one, other = enter(key("甲镇职工服务中心")), enter(key("乙镇职工服务中心"))
    enter(key("乙镇职工服务中心", year=2021))
    assert cases.numbered_case(PROGRAMME, 2022, 2) == other
    assert cases.numbered_case(PROGRAMME, 2022, 3) is None
    assert cases.numbered_case("other", 2022, 2) is None
    assert cases.namesake(one, key("乙镇职工服务中心")) == other
    assert cases.namesake(other, key("乙镇职工服务中心")) is None


def test_an_accepted_case_is_not_taken_over_by_another_name() -> None:
    first = enter(key("甲镇职工服务中心", "甲镇总工会"), outcome="accepted", wrong="centre_name")
    assert enter(key("甲镇总工会")).pk != first.pk


def test_a_form_without_the_units_own_name_corrects_the_only_case_that_fits_and_keeps_its_name() -> None:
    first = enter(key("甲镇职工服务中心", "甲镇总工会"))
    again = enter(key("甲镇总工会"))
    assert again.pk == first.pk
    assert again.unit == "甲镇职工服务中心"


def test_a_form_that_fits_two_cases_opens_its_own() -> None:
    first = enter(key("甲镇职工服务中心", "通达区总工会"))
    second = enter(key("乙镇职工服务中心", "通达区总工会"))
    assert enter(key("通达区总工会")).pk not in (first.pk, second.pk)


def test_the_folder_of_an_applicants_second_unit_says_whose_it_is() -> None:
    enter(key("甲镇职工服务中心", folder="县总工会"))
    second = replace(key("乙镇职工服务中心", folder="县总工会"), telling_folder="县总工会（乙镇职工服务中心）")
    assert enter(second).folder == "县总工会（乙镇职工服务中心）"
    third = replace(key("乙镇职工服务中心（南）", folder="县总工会"), telling_folder="县总工会（乙镇职工服务中心）")
    assert enter(third).folder == "县总工会（乙镇职工服务中心）（2）"


def test_two_units_with_one_folder_name_get_two_folders() -> None:
    enter(key("甲镇职工服务中心", folder="总工会A"))
    assert enter(key("乙镇职工服务中心", folder="总工会a")).folder == "总工会a（2）"


def test_an_attachment_belongs_to_the_one_case_it_names() -> None:
    from formflow.register import cases

    first = enter(key("甲镇职工服务中心", "通达区总工会"))
    enter(key("乙镇职工服务中心", "通达区总工会"))

    def named(text: str):
        return cases.case_named_in(PROGRAMME, unit_key(text), TODAY)

    assert named("甲镇职工服务 中心建设规划，由通达区总工会支持") == first
    assert named("通达区总工会的规划") is None
    assert named("甲镇职工服务中心和乙镇职工服务中心") is None
    assert named("丁镇职工服务中心") is None
    assert cases.case_named_in(PROGRAMME, unit_key("甲镇职工服务中心"), TODAY + timedelta(days=1)) is None


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    from formflow.register import cases

    enter(key("通达区职工服务中心"))
    longer = enter(key("南山市通达区职工服务中心"))
    assert cases.case_named_in(PROGRAMME, unit_key("南山市通达区职工服务中心规划"), TODAY) == longer


def test_a_short_name_tells_nothing() -> None:
    from formflow.register import cases

    enter(key("总工会"))
    assert cases.case_named_in(PROGRAMME, unit_key("某某总工会规划"), TODAY) is None


def test_the_folder_a_form_came_in_tells_more_than_the_text() -> None:
    from formflow.register import cases

    enter(key("甲镇职工服务中心"))
    beside = enter(key("乙镇职工服务中心"), submission="乙镇")
    found = cases.case_of_attachment(PROGRAMME, "乙镇", TODAY, unit_key("参照甲镇职工服务中心"))
    assert found == beside
    assert cases.case_of_attachment(PROGRAMME, "乙镇", TODAY + timedelta(days=1), "") is None


def test_two_forms_in_one_folder_leave_its_attachments_to_their_text() -> None:
    from formflow.register import cases

    enter(key("甲镇职工服务中心"), submission="一起")
    second = enter(key("乙镇职工服务中心"), submission="一起")
    assert cases.case_of_submission(PROGRAMME, "一起", TODAY) is None
    assert cases.case_of_attachment(PROGRAMME, "一起", TODAY, unit_key("乙镇职工服务中心规划")) == second


def test_waiting_attachments_are_found_for_their_case() -> None:
    from formflow.register import cases

    by_text = attach("规划", "甲镇职工服务中心规划")
    by_folder = attach("方案", "没有单位名称", submission="甲镇")
    attach("别人的", "乙镇职工服务中心规划")
    case = enter(key("甲镇职工服务中心"), submission="甲镇")
    assert cases.waiting_for(case) == [by_text, by_folder]


def test_what_has_come_is_known() -> None:
    from formflow.register import books, cases

    case = enter(key("甲镇职工服务中心"))
    arrival = Arrival("p", "规划.docx", "", "p", 1, offices.NOW)
    books.add_paper(arrival, kind="attachment", state="filed", case=case, attachment="development_plan")
    books.add_paper(
        Arrival("q", "方案.docx", "", "q", 1, offices.NOW),
        kind="attachment",
        state="duplicate",
        case=case,
        attachment="other",
    )
    record = books.current_record(case)
    record.enclosed = ["implementation_plan"]
    record.save()
    assert cases.attachments_of(case) == {"development_plan"}
    assert cases.enclosed_in(case) == {"development_plan", "implementation_plan"}


def test_who_has_waited_since() -> None:
    from formflow.register import cases

    paper = attach("规划", "")
    assert cases.waiting_since(offices.NOW) == [paper]
    assert cases.waiting_since(offices.NOW - timedelta(seconds=1)) == []

"""Which letters follow from a decision, and what they are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from formflow.model.case import Decision
from formflow.model.finding import Finding
from formflow.model.record import Record
from formflow.service.office import Office
from support.forms_of_cases import key
from support.offices import NOW, programmes

TODAY = date(2022, 3, 10)
PROGRAMME = programmes()[0]
RECORD = Record(PROGRAMME.id, "application", {})
ACCEPTED = Decision("accepted", ())
SUPPLEMENT = Decision("supplement", (Finding("missing", "industry", "error", "“所属行业”没有填写", "附件2 一"),))

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def case(office: Office) -> Any:
    from formflow.register import cases

    opened = cases.open_case(PROGRAMME, key("海风镇职工服务中心"), TODAY)
    cases.next_version(opened, key("海风镇职工服务中心"), TODAY)
    return opened


def plan(case: Any, decision: Decision, today: date = TODAY) -> Any:
    from formflow.service.letters_due import plan_letters

    [letter] = plan_letters(PROGRAMME, case, RECORD, decision, TODAY, today)
    return letter


def test_the_letter_is_that_of_the_decision(case: Any) -> None:
    assert plan(case, ACCEPTED).title == "受理通知书"
    assert plan(case, SUPPLEMENT).title == "补正通知书"


def test_only_a_supplement_has_a_deadline_in_working_days(case: Any) -> None:
    assert plan(case, ACCEPTED).deadline is None
    letter = plan(case, SUPPLEMENT)
    assert letter.deadline == date(2022, 3, 24)
    assert letter.content["context"]["补正期限"] == "2022年3月24日"


def test_letters_of_a_case_are_numbered_and_say_the_day_of_the_one_before(case: Any) -> None:
    first, second = plan(case, SUPPLEMENT), plan(case, ACCEPTED, date(2022, 3, 17))
    assert [first.serial, second.serial] == ["2022-0001-1", "2022-0001-2"]
    assert first.content["context"]["上次日期"] == ""
    assert second.content["context"]["上次日期"] == "2022年3月10日"


def test_both_files_will_stand_in_the_folder_of_the_case(case: Any) -> None:
    from formflow.register import publications
    from formflow.service.letters_due import case_folder

    plan(case, ACCEPTED)
    [bundle] = publications.pending_bundles()
    assert [(row.folder, row.stem + row.ending) for row in bundle] == [
        (case_folder(case), "受理通知书.docx"),
        (case_folder(case), "受理通知书.pdf"),
    ]
    assert case_folder(case) == f"{PROGRAMME.name}/2022年/海风镇职工服务中心"


def test_the_papers_received_are_this_versions_form_and_every_attachment(case: Any) -> None:
    from formflow.register import books, cases
    from formflow.register.entries import Arrival

    def add(name: str, **more: Any) -> None:
        arrival = Arrival(claim_id=name, name=name, submission="", sha256=name, size=1, received_at=NOW)
        books.add_paper(arrival, kind="application", state="filed", case=case, version_no=case.version, **more)

    add("旧表.docx")
    add("规划.docx", attachment="development_plan")
    cases.next_version(case, key("海风镇职工服务中心"), TODAY)
    add("新表.docx")
    papers = plan(case, ACCEPTED).content["context"]["收到材料"]
    assert [paper["说明"] for paper in papers] == ["新表.docx", "规划.docx"]
    label = next(a.label for a in PROGRAMME.attachments if a.id == "development_plan")
    assert papers[1]["材料名称"] == label


def test_no_letter_follows_where_the_pack_has_none(case: Any) -> None:
    from formflow.service.letters_due import plan_letters

    silent = replace(PROGRAMME, letters=())
    assert plan_letters(silent, case, RECORD, ACCEPTED, TODAY, TODAY) == ()

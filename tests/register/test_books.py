from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from formflow.model.finding import Finding
from formflow.model.letter import LetterContent
from formflow.register.chain import FIRST, event_hash
from formflow.register.entries import Arrival, PackStamp
from support import offices
from support.forms_of_cases import key

pytestmark = pytest.mark.usefixtures("register")
MISSING = Finding("missing", "industry", "error", "所属行业没有填写", "附件2 一", "请填写", "所属行业", "第1张表第3行")
ASKED = Finding("attachment_missing", "development_plan", "review", "没有收到规划", "四、申报方法")
LETTER = LetterContent("notice", "受理通知书", "受理通知书", {"编号": "2022-0001-1"})


def arrival(claim_id: str = "c1", sha256: str = "a" * 64) -> Arrival:
    return Arrival(claim_id, "申请表.docx", "", sha256, 10, offices.NOW)


def opened_case():
    from formflow.register import cases

    case = cases.open_case(offices.programmes()[0], key("甲镇职工服务中心"), date(2022, 3, 10))
    cases.next_version(case, key("甲镇职工服务中心", "甲镇总工会"), date(2022, 3, 10))
    return case


def test_a_paper_is_found_by_its_content_once_it_is_filed() -> None:
    from formflow.register import books

    books.add_paper(arrival(), kind="unrecognised", state="set_aside")
    assert books.filed_paper("a" * 64) is None
    paper = books.add_paper(
        arrival("c2"), kind="application", state="filed", case=opened_case(), stamp=PackStamp("p", "1", "f" * 64)
    )
    assert books.filed_paper("a" * 64) == paper
    assert (paper.pack_version, paper.pack_sha256) == ("1", "f" * 64)
    assert books.is_registered("c1")
    assert not books.is_registered("c3")


def test_a_claim_is_entered_once() -> None:
    from django.db import IntegrityError

    from formflow.register import books

    books.add_paper(arrival(), kind="application", state="filed")
    with pytest.raises(IntegrityError):
        books.add_paper(arrival(), kind="application", state="filed")


def test_findings_come_back_as_they_were_until_they_are_settled() -> None:
    from formflow.register import books

    case = opened_case()
    paper = books.add_paper(arrival(), kind="application", state="filed", case=case)
    record = books.add_record(paper, case, {"industry": {"value": None}}, ("b", "a"), "supplement")
    books.add_findings(record, (MISSING, ASKED))
    assert books.current_record(case) == record
    assert record.enclosed == ["a", "b"]
    assert books.open_findings(record) == (MISSING, ASKED)
    assert books.settle_attachment(record, "development_plan") == 1
    assert books.settle_attachment(record, "development_plan") == 0
    assert books.open_findings(record) == (MISSING,)


def test_a_letter_is_entered_once_for_each_number_and_comes_back_whole() -> None:
    from django.db import IntegrityError, transaction

    from formflow.register import books

    case = opened_case()
    letter = books.add_letter(case, LETTER, serial="2022-0001-1", issued_on=date(2022, 3, 10), deadline=None)
    assert books.letter_content(letter) == LETTER
    assert books.dates_of_letters(case) == [(letter.version_no, letter.issued_on)]
    assert letter.state == "pending"
    with pytest.raises(IntegrityError), transaction.atomic():
        books.add_letter(case, LETTER, serial="2022-0001-1", issued_on=date(2022, 3, 10), deadline=None)
    books.mark_letter(letter, "retry", "模板坏了")
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == ("retry", "模板坏了")


def test_events_are_chained_from_the_first() -> None:
    from formflow.register import books
    from formflow.register.models import Event

    books.add_event(offices.NOW, "form_received", "甲", after={"version": 1}, files={"x.docx": "a" * 64})
    books.add_event(offices.NOW + timedelta(seconds=1), "letter_issued", "乙", who="张三")
    first, second = Event.objects.order_by("id")
    assert first.previous_hash == FIRST
    assert second.previous_hash == first.hash
    for event in (first, second):
        fields = {name: getattr(event, name) for name in ("who", "what", "object", "before", "after", "files")}
        assert event.hash == event_hash(fields, event.at, event.previous_hash)


def test_a_transaction_is_all_or_nothing() -> None:
    from formflow.register import books
    from formflow.register.models import Event, Paper

    def fail_half_way() -> None:
        with books.transaction():
            books.add_paper(arrival(), kind="application", state="filed")
            books.add_event(offices.NOW, "form_received", "甲")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert (Paper.objects.count(), Event.objects.count()) == (0, 0)


def test_arrival_day_is_the_day_in_shanghai(tmp_path: Path) -> None:
    late = offices.NOW.replace(hour=0, minute=5)
    assert Arrival("c", "x", "", "", 1, late).received_on == date(2022, 3, 10)


def test_what_was_corrected_by_hand_goes_back_to_the_form_handed_in_last() -> None:
    from formflow.register import books, cases

    case = opened_case()
    form = books.add_paper(arrival("c1"), kind="application", state="filed", case=case, version_no=1)
    books.add_record(form, case, {}, (), "review")
    cases.next_version(case, key("甲镇职工服务中心"), date(2022, 3, 11))
    sheet = books.add_paper(arrival("c2"), kind="decision_sheet", state="filed", case=case, version_no=2)
    record = books.add_record(sheet, case, {}, (), "accepted", kind="application")
    assert (record.kind, record.version_no) == ("application", 2)
    assert books.latest_form(case) == form
    assert books.submissions(case) == 1

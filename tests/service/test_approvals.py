"""What can be written beside a letter on the 发文审批表, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from formflow.model.approval import ApprovalDecision, ApprovalSheet, ReturnedApproval, Verdict
from formflow.model.letter import AnnouncedFacts, ExtendedFacts, Issue, ListedUnit
from support import offices
from support.rounds import nantong

NOW = datetime(2022, 11, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()


class Desk:
    """Drafts of letters about units, and a sheet that comes back about them. Nothing was decided that these follow from: whatever is entered
    overtakes those that are open."""

    def __init__(self, office: Any) -> None:
        from formflow.register.rounds import Round

        self.office, self.this = office, Round(nantong().id, 2022)

    def draft(self, unit: str) -> Any:
        from formflow.register import books
        from formflow.service import binding

        facts = ExtendedFacts(nantong(), 2022, unit, unit, Issue(), date(2023, 12, 31), reasons=("得分未达到要求",))
        spec = binding.spec_on(nantong(), "extended")
        assert spec is not None
        with books.transaction():
            return binding.draft(self.office, spec, facts, subject=unit)

    def shown(self) -> ApprovalSheet:
        from formflow.service import approvals

        return approvals.sheet_of(nantong(), self.this, 3)

    def returned(self, *decisions: ApprovalDecision, revision: int = 3) -> ReturnedApproval:
        return ReturnedApproval(nantong().id, 2022, revision, decisions, ())

    def problems(self, *decisions: ApprovalDecision, **more: int) -> tuple[str, ...]:
        from formflow.service import approvals

        return approvals.problems_of(self.office, nantong(), self.shown(), self.returned(*decisions, **more))

    def enter(self, *decisions: ApprovalDecision) -> tuple[str, ...]:
        from formflow.register import books
        from formflow.service import approvals

        with books.transaction():
            return approvals.enter(self.office, nantong(), self.returned(*decisions), "李四")

    def final(self, unit: str, signer: str = "") -> Any:
        """The letter that a unit's draft became."""
        from formflow.register import models as rows

        draft = self.draft(unit)
        self.enter(ApprovalDecision(draft.key, "approve", signer=signer))
        return rows.Letter.objects.get(draft=draft)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with offices.office(tmp_path, now=lambda: NOW) as office:
        yield Desk(office)


def test_nothing_stands_against_what_can_be_done(desk: Desk) -> None:
    final = desk.final("丙镇")
    approved, held = desk.draft("甲镇"), desk.draft("乙镇")
    assert desk.problems() == ()
    decisions = [
        ApprovalDecision(approved.key, "approve"),
        ApprovalDecision(held.key, "hold", reason="再议"),
        ApprovalDecision(final.key, "void", reason="有误"),
    ]
    assert desk.problems(*decisions) == ()
    assert desk.problems(ApprovalDecision(final.key, "approve")) == ()  # as it stands on the sheet already
    assert desk.enter(*decisions) == (
        "延期通知 通工发〔2022〕2号已签发",
        "延期通知暂不印发",
        "延期通知 通工发〔2022〕1号已作废",
    )


@pytest.mark.parametrize(
    ("kind", "verdict", "said"),
    [
        ("final", "hold", "已经印发，不能改为不批准；确需撤回的请写“作废”"),
        ("draft", "void", "还是拟稿，没有编号，不用作废"),
        ("void", "approve", "已经作废，不能恢复"),
        ("void", "hold", "已经作废，不能恢复"),
    ],
)
def test_what_cannot_be_done_is_said(desk: Desk, kind: str, verdict: Verdict, said: str) -> None:
    letter = desk.draft("甲镇") if kind == "draft" else desk.final("甲镇")
    if kind == "void":
        desk.enter(ApprovalDecision(letter.key, "void", reason="有误"))
        assert desk.problems(ApprovalDecision(letter.key, "void")) == ()
    (problem,) = desk.problems(ApprovalDecision(letter.key, verdict))
    assert said in problem


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY + timedelta(1), "成文日期2022年11月2日还没有到"),
        (TODAY, ""),
        (TODAY - timedelta(1), "是2022年11月1日拟的稿，成文日期2022年10月31日在它前面"),
    ],
)
def test_the_day_a_letter_bears_is_one_between_its_draft_and_today(desk: Desk, day: date, said: str) -> None:
    problems = desk.problems(ApprovalDecision(desk.draft("甲镇").key, "approve", dated=day))
    assert len(problems) == bool(said)
    assert said in "".join(problems)


def test_what_cannot_be_composed_on_its_day_is_said(desk: Desk) -> None:
    draft = desk.draft("甲镇")
    nameless = replace(nantong(), issuer=replace(nantong().issuer, document_code=""))
    desk.office = replace(desk.office, programmes=(nameless,))
    (problem,) = desk.problems(ApprovalDecision(draft.key, "approve"))
    assert problem.startswith("“延期通知”：")
    assert "机关代字" in problem
    late = replace(desk.office, programmes=(nantong(),), now=lambda: NOW.replace(year=2024))
    desk.office = late
    (problem,) = desk.problems(ApprovalDecision(draft.key, "approve"))
    assert problem.startswith("“延期通知”：")


def test_lines_of_no_letter_of_this_sheet_and_old_sheets_are_refused(desk: Desk) -> None:
    draft = desk.draft("甲镇")
    assert desk.problems(ApprovalDecision("外来", "approve")) == ("没有编码为“外来”的文书，不能增加行",)
    assert desk.problems(ApprovalDecision(draft.key, "approve"), ApprovalDecision("外来", "hold"))[-1].startswith(
        "没有编码"
    )
    (old,) = desk.problems(ApprovalDecision(draft.key, "approve"), revision=2)
    assert "第2稿" in old
    assert "第3稿" in old


def test_the_sheet_shows_what_waits_was_held_was_issued_and_was_withdrawn(desk: Desk) -> None:
    withdrawn = desk.final("丁镇")
    desk.enter(ApprovalDecision(withdrawn.key, "void", reason="有误"))
    desk.final("丙镇", "王主席")
    desk.enter(ApprovalDecision(desk.draft("甲镇").key, "hold", reason="再议"))
    desk.draft("乙镇")
    told = [
        (line.title, line.state, line.verdict, line.number, line.signer, line.reason) for line in desk.shown().lines
    ]
    assert told == [
        ("延期通知（甲镇）", "暂不印发", "hold", "", "", "再议"),
        ("延期通知（乙镇）", "拟稿", None, "", "", ""),
        ("延期通知（丁镇）", "已作废", "void", "通工发〔2022〕1号", "李四", "有误"),
        ("延期通知（丙镇）", "正在印发", "approve", "通工发〔2022〕2号", "王主席", ""),
    ]
    assert [line.file.rpartition(".")[2] for line in desk.shown().lines] == ["docx"] * 4


def test_held_twice_for_one_reason_is_said_and_entered_once(desk: Desk) -> None:
    from formflow.register import models as rows

    draft = desk.draft("甲镇")
    assert desk.enter(ApprovalDecision(draft.key, "hold", reason="再议")) == ("延期通知暂不印发",)
    assert desk.enter(ApprovalDecision(draft.key, "hold", reason="再议")) == ()
    assert desk.enter(ApprovalDecision(draft.key, "hold", reason="材料不齐", signer="王主席")) == ("延期通知暂不印发",)
    told = rows.Event.objects.filter(what="letter_held").order_by("id").values_list("who", "after__reason")
    assert list(told) == [("李四", "再议"), ("王主席", "材料不齐")]
    draft.refresh_from_db()
    assert (draft.state, draft.problem) == ("refused", "材料不齐")
    assert set(draft.publications.values_list("state", flat=True)) == {"withdrawn"}


def test_a_publicity_that_is_approved_bears_no_number(desk: Desk) -> None:
    from formflow.register import books
    from formflow.register import models as rows
    from formflow.service import approvals, binding

    spec = binding.spec_on(nantong(), "announced")
    assert spec is not None
    with books.transaction():
        facts = AnnouncedFacts(nantong(), 2022, (ListedUnit("甲镇", ""),), Issue(), 5)
        draft = binding.draft(desk.office, spec, facts)
    assert isinstance(draft, rows.Letter)
    desk.enter(ApprovalDecision(draft.key, "approve"))
    assert [line.number for line in desk.shown().lines][-1] == approvals.NO_NUMBER

"""Which form a paper is: by what is printed on it; one claim, none or several."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.forms.candidates import Hit
from formflow.forms.recognise import is_copy, recognise
from formflow.model.document import Document
from formflow.model.programme import Attachment, Form
from support.papers import CITED, FIELDS, FORM, body, cover, document, paragraph, programme, table

FRIENDS = programme()
OTHER_FORM = replace(
    FORM,
    title="劳模工作室登记表",
    blank=document("劳模工作室登记表", table(["工作室名称", ""], ["领衔人", ""], ["成立时间", ""])),
    fields=tuple(
        replace(FIELDS[5], id=anchor, label=anchor, anchor=anchor) for anchor in ("工作室名称", "领衔人", "成立时间")
    ),
)
STUDIO = programme("studio", OTHER_FORM, (Attachment("photos", "照片集", ("照片集",), "", "review", CITED),))


def test_a_filled_copy_is_claimed_by_its_programme_alone() -> None:
    paper = document(*cover("海风镇职工服务中心"), body(answers=("海风镇总工会", "纺织业", "好", "方案")))
    match = recognise(paper, (FRIENDS, STUDIO)).only
    assert match is not None
    assert (match.programme.id, match.kind, match.share) == ("friends", "application", 1.0)


def test_a_copy_without_cover_and_title_is_still_known() -> None:
    match = recognise(document(body()), (FRIENDS, STUDIO)).only
    assert match is not None
    assert match.programme.id == "friends"


def test_a_badly_cut_copy_is_known_by_its_title() -> None:
    paper = document(
        "职工之友申请表",
        table(["申请单位", "甲"], ["所属行业", "乙"], ["现状及应具备条件符合性", "丙"], ["二、工作方案", "丁"]),
    )
    assert recognise(paper, (FRIENDS,)).only is not None


def test_running_text_and_other_tables_are_nobodys() -> None:
    assert (
        recognise(
            document("关于开展活动的通知", "各县（市）区总工会：", "申请单位：应当提交申请表。"), (FRIENDS, STUDIO)
        ).matches
        == ()
    )
    assert recognise(document(table(["姓名", "张三"], ["性别", "女"])), (FRIENDS, STUDIO)).matches == ()
    assert recognise(document(), (FRIENDS, STUDIO)).matches == ()


def test_two_programmes_with_one_form_both_claim() -> None:
    twins = (FRIENDS, programme("twin"))
    recognition = recognise(document(*cover("海风镇职工服务中心"), body()), twins)
    assert recognition.only is None
    assert {match.programme.id for match in recognition.matches} == {"friends", "twin"}


def test_an_attachment_is_known_by_its_title() -> None:
    paper = document("", "海风镇职工服务中心", "发展规划（2022—2023年）", *(paragraph("一段正文。") for _ in range(3)))
    match = recognise(paper, (FRIENDS, STUDIO)).only
    assert match is not None
    assert match.attachment is not None
    assert (match.kind, match.attachment.id, match.form) == ("attachment", "plan_paper", None)


def test_a_form_that_encloses_an_attachment_is_the_form() -> None:
    paper = document(*cover("海风镇职工服务中心"), body(), "发展规划", "正文。" * 40)
    match = recognise(paper, (FRIENDS,)).only
    assert match is not None
    assert match.kind == "application"


def test_a_paper_that_says_too_few_of_the_words_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_through(document: Document, form: Form) -> tuple[Hit, ...]:
        raise AssertionError("looked through")

    monkeypatch.setattr("formflow.forms.recognise.hits_of", look_through)
    assert not is_copy(document(table(["单位名称", "甲"], ["所属行业", "乙"], ["其他", "丙"])), FORM)

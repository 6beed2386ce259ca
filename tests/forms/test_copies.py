"""Several copies of a form in one file."""

from __future__ import annotations

from formflow.forms.align import align
from formflow.forms.copies import copies_in
from support.papers import FORM, body, cover, document

FIRST = (*cover("甲镇职工服务中心", day="二〇二二年三月"), body(answers=("甲镇总工会", "纺织业", "好", "方案甲")))
SECOND = (*cover("乙镇职工服务中心", day="二〇二三年三月"), body(answers=("乙镇总工会", "渔业", "好", "方案乙")))


def test_one_copy_is_the_document_itself() -> None:
    paper = document(*FIRST)
    assert copies_in(paper, FORM) == (paper,)
    assert copies_in(FORM.blank, FORM) == (FORM.blank,)


def test_two_copies_are_parted_each_with_its_cover() -> None:
    one, two = copies_in(document(*FIRST, "", *SECOND), FORM)
    assert (align(one, FORM).value("name"), align(one, FORM).value("industry"), align(one, FORM).value("day")) == (
        "甲镇职工服务中心",
        "纺织业",
        "2022-03",
    )
    assert (align(two, FORM).value("name"), align(two, FORM).value("industry"), align(two, FORM).value("day")) == (
        "乙镇职工服务中心",
        "渔业",
        "2023-03",
    )
    assert "职工之友申请表" in two.text


def test_a_label_or_two_that_recur_make_no_second_copy() -> None:
    paper = document(*FIRST, "单位名称：甲镇职工服务中心", "承担单位：甲镇总工会")
    assert copies_in(paper, FORM) == (paper,)

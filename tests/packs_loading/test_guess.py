"""What printed labels suggest."""

from __future__ import annotations

import pytest

from formflow.model.citation import Citation
from formflow.model.programme import Field
from formflow.packs.guess import english_id, is_month, is_required, unit_field


def _text(label: str, options: tuple[str, ...] = ()) -> Field:
    return Field(label, label, "text", label, "body", False, Citation("blank", ""), options=options)


def test_common_labels_have_english_ids_others_are_numbered() -> None:
    taken: set[str] = set()
    ids = []
    for label in (
        "单位名称",
        "联系人",
        "联系电话",
        "申请日期",
        "二、主要做法",
        "填报单位（盖章）",
        "获奖层级",
        "联系人",
        "展出面积",
    ):
        ids.append(english_id(label, taken))
        taken.add(ids[-1])
    assert ids == [
        "unit_name", "contact", "telephone", "form_date", "practice", "reporting_unit", "field_01", "contact_2", "field_02"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "expected"),
    [("填报日期", True), ("出生年月", True), ("起止时间", False), ("年度经费", False), ("开业日期说明", False)],
)
def test_months(label: str, expected: bool) -> None:
    assert is_month(_text(label)) == expected


def test_remarks_and_signatures_are_not_required() -> None:
    assert [is_required(_text(label)) for label in ("备注", "本人签字", "所属行业")] == [False, False, True]


def test_who_a_case_is_about() -> None:
    labels = ("姓名", "工作单位", "推荐单位意见", "申报单位", "单位地址")
    found = unit_field(map(_text, labels))
    assert found is not None
    assert found.label == "申报单位"
    only = unit_field([_text("类别", ("甲", "乙")), _text("主要做法")])
    assert only is not None
    assert only.label == "主要做法"
    assert unit_field([_text("类别", ("甲", "乙"))]) is None


def test_more_than_a_thousand_labels_have_ids_of_their_own() -> None:
    taken: set[str] = set()
    for label in ["展出面积"] * 1002 + ["联系人"] * 1002:
        taken.add(english_id(label, taken))
    assert len(taken) == 2004
    assert {"field_01", "field_1002", "contact", "contact_1002"} <= taken

"""Dates, numbers, rates, sums and choices on the 审核表: shown in words, corrected in words."""

from __future__ import annotations

from typing import Any

import pytest

from formflow.forms.align import align
from formflow.forms.corrections import corrected
from formflow.forms.review_lines import review_lines
from formflow.model.review import Correction
from formflow.reading import read_document
from support.draw_recommendation import draw
from support.draw_recommendation_samples import COMPLETE
from support.office import packs

FORM = next(programme for programme in packs() if programme.id == "qingdao-social-organisations").forms[0]
RECORD = align(read_document(draw(COMPLETE)), FORM)


def test_shown_in_words() -> None:
    shown = {line.code: line.value for line in review_lines(FORM, RECORD, (), lambda field, answer: "")}
    assert shown["registered_on"] == "2018年3月5日"
    assert shown["satisfaction"] == "96.5%"
    assert shown["contract_amount"] == "86,000元"
    assert shown["people_served"] == "12600"
    assert shown["attachments"].startswith("学习制度和学习记录、活动方案和会议记录")


@pytest.mark.parametrize(
    ("code", "text", "value"),
    [
        ("registered_on", "2019年4月6日", "2019-04-06"), ("satisfaction", "91%", 0.91), ("contract_amount", "9万元", 90_000), ("people_served", "350人", 350),
        ("attachments", "登记证书、场所照片", ["登记证书", "场所照片"]), ("satisfaction", "（空）", None),
    ],
)  # fmt: skip
def test_corrected_in_words(code: str, text: str, value: Any) -> None:
    record, problems = corrected(RECORD, FORM, [Correction(code, text)])
    assert not problems
    assert record.value(code) == value


@pytest.mark.parametrize(
    ("code", "text"),
    [("registered_on", "春天"), ("satisfaction", "很高"), ("people_served", "约350人"), ("attachments", "营业执照")],
)
def test_what_cannot_be_taken_is_said(code: str, text: str) -> None:
    _, problems = corrected(RECORD, FORM, [Correction(code, text)])
    assert len(problems) == 1
    assert text in problems[0]

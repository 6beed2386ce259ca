"""Dates, numbers, rates, sums and choices as people write them, and back into words that read the same."""

from __future__ import annotations

from typing import Any

import pytest

from formflow.forms.values import choices_in, is_typed, read_value, shown_value
from formflow.model.citation import Citation
from formflow.model.programme import Field, FieldType


def field(type_: FieldType, anchor: str = "栏目", options: tuple[str, ...] = (), accepts_none: bool = False) -> Field:
    return Field(
        "x", "栏目", type_, anchor, "body", True, Citation("local", "x"), options=options, accepts_none=accepts_none
    )


@pytest.mark.parametrize(
    ("type_", "anchor", "text", "value"),
    [
        ("date", "", "2018年3月5日", "2018-03-05"), ("date", "", "二〇一八年三月五日", "2018-03-05"), ("date", "", "2018.3.5", "2018-03-05"), ("date", "", "2018-03-05", "2018-03-05"),
        ("number", "", "12,600人次", 12_600), ("number", "", "１２６００", 12_600), ("number", "", "1.2万人次", 12_000), ("number", "", "共350人", 350), ("number", "", "三百五十人", 350),
        ("ratio", "", "96.5%", 0.965), ("ratio", "", "９６％", 0.96), ("ratio", "", "百分之九十六", 0.96), ("ratio", "", "百分之九十六点五", 0.965), ("ratio", "", "0.965", 0.965),
        ("ratio", "满意度（%）", "96.5", 0.965), ("ratio", "", "100%", 1), ("ratio", "", "0%", 0),
        ("money", "合同金额（元）", "86,000.00", 86_000), ("money", "", "8.6万元", 86_000), ("money", "合同金额（万元）", "8.6", 86_000), ("money", "", "捌万陆仟元整", 86_000),
        ("money", "", "12元5角", 12.5),
    ],
)  # fmt: skip
def test_what_people_write(type_: FieldType, anchor: str, text: str, value: Any) -> None:
    typed = field(type_, anchor)
    assert read_value(typed, text, ()) == (value, "")
    assert read_value(typed, shown_value(typed, value), ()) == (value, "")


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("date", "2018年3月"), ("date", "2018年2月30日"), ("date", "去年春天"), ("date", "2018年3月5日、2019年4月6日"), ("date", "长期"), ("number", "约350人"), ("number", "350余人"),
        ("number", "3-5人"), ("number", "很多"), ("number", "1,26人"), ("ratio", "96.5"), ("ratio", "120%"), ("ratio", "很高"), ("ratio", "96%左右"), ("money", "86000"), ("money", "约8万元"),
    ],
)  # fmt: skip
def test_what_says_no_value_is_a_doubt(type_: FieldType, text: str) -> None:
    value, doubt = read_value(field(type_), text, ())
    assert value is None
    assert text.split("、")[0] in doubt


def test_nothing_written_is_no_doubt() -> None:
    for type_ in ("date", "number", "ratio", "money"):
        assert read_value(field(type_), "／", ()) == (None, "")  # type: ignore[arg-type]
        assert read_value(field(type_), "待补充", ("待补充",)) == (None, "")  # type: ignore[arg-type]
        assert shown_value(field(type_), None) == ""  # type: ignore[arg-type]


def test_open_ended_only_where_the_pack_accepts_it() -> None:
    assert read_value(field("date", accepts_none=True), "长期有效", ()) == (None, "")


def test_choices_in_printed_order() -> None:
    options = ("登记证书", "场所照片", "批复文件")
    chosen = field("choice", options=options)
    assert read_value(chosen, "☑登记证书　□场所照片　☑批复文件", ()) == (["登记证书", "批复文件"], "")
    assert read_value(chosen, "□登记证书　□场所照片　□批复文件", ()) == (None, "")
    assert read_value(chosen, "批复文件、登记证书", ()) == (["登记证书", "批复文件"], "")
    assert read_value(chosen, "登记证书、营业执照", ())[0] is None
    assert choices_in(chosen, "√登记证书 □场所照片 □批复文件") == (["登记证书"], True)
    assert shown_value(chosen, ["登记证书", "批复文件"]) == "登记证书、批复文件"


def test_other_types_are_read_elsewhere() -> None:
    assert [type_ for type_ in ("text", "month", "rows", "opinion", "date") if is_typed(field(type_))] == ["date"]  # type: ignore[arg-type]

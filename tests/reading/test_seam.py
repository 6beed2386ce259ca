"""Rows of a table that a page break cut, and rows that only come next."""

from __future__ import annotations

import pytest

from formflow.reading.seam import goes_on


@pytest.mark.parametrize(
    ("above", "below", "cut"),
    [
        (("工作方案", "一、摸底调研；"), ("", "二、建立台账。"), True),
        (("", "一、摸底调研；"), ("", "二、建立台账。"), False),
        (("所属行业", "纺织"), ("经费来源", "自筹"), False),
        (("", "2022年3月", "调研", "张三"), ("", "", "走访", ""), True),
        (("2022年3月", "调研", "张三"), ("2022年4月", "走访", ""), False),
        (("2022年3月", "调研", "张三"), ("2022年4月", "走访", "李四"), False),
        (("", "2022.3—2022.5", "调研"), ("", "2022.6—2022.8", "走访"), False),
        (("备注", "12"), ("", "13"), False),
        (("甲", "乙"), ("", ""), False),
    ],
)
def test_whether_a_row_goes_on(above: tuple[str, ...], below: tuple[str, ...], cut: bool) -> None:
    assert goes_on(above, below) is cut

"""What rows say has been paid: never missed, never taken in the wrong unit, never added up on a guess."""

from __future__ import annotations

from typing import Any

import pytest

from formflow.forms.honours import honours_lists
from formflow.model.honours import HonoursList
from formflow.reading import read_document
from support.honours_lists import workbook
from support.office import packs

HEADS = ["项目名称", "实施单位", "级别", "命名时间"]
ROW = ["暖心驿站", "甲中心", "省级", "2022-03-01"]


def read(heads: list[str], said: list[Any]) -> HonoursList:
    (found,) = honours_lists(read_document(workbook([[*HEADS, *heads], [*ROW, *said]])), packs())
    return found


def paid_fen(heads: list[str], said: list[Any]) -> tuple[int | None, bool]:
    """What was read, and whether the row is held by a doubt."""
    (honour,) = read(heads, said).honours
    return honour.paid, bool(honour.doubts)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([10000, None], (1_000_000, False)),
        ([None, 20000], (2_000_000, False)),
        ([10000, 0], (1_000_000, False)),
        ([10000, 10000], (None, True)),
        ([10000, 20000], (None, True)),
        (["看附件", 10000], (None, True)),
        ([None, None], (None, False)),
    ],
)
def test_several_columns_of_payments(said: list[Any], expected: tuple[int | None, bool]) -> None:
    assert paid_fen(["2021年已补助（元）", "2022年已补助（元）"], said) == expected


def test_a_column_that_says_it_is_the_total_counts_if_it_is() -> None:
    heads = ["市级已补助（元）", "省级已补助（元）", "已补助合计（元）"]
    assert paid_fen(heads, [10000, 10000, 20000]) == (2_000_000, False)
    assert paid_fen(heads, [10000, 10000, 30000]) == (None, True)


@pytest.mark.parametrize(
    ("head", "said"), [("已补助（万元）", 10000), ("已补助（元）", 1), ("已补助（万元）", "3000000")]
)
def test_a_sum_in_the_wrong_unit_is_asked_about(head: str, said: Any) -> None:
    assert paid_fen([head], [said]) == (None, True)
    assert any("核对单位" in finding.message for finding in read([head], [said]).findings)


@pytest.mark.parametrize(
    ("remark", "fen"),
    [
        ("已补助1万元", 1_000_000), ("2022年已拨付10000元", 1_000_000), ("市级补助1万元已发放", 1_000_000), ("奖补资金2万元（2022年）已到账", 2_000_000),
        ("应补助1万元", None), ("补助1万元待拨付", None), ("", None),
    ],
)  # fmt: skip
def test_payments_told_in_remarks(remark: str, fen: int | None) -> None:
    assert paid_fen(["备注"], [remark]) == (fen, False)


@pytest.mark.parametrize("head", ["补助金额（元）", "补助资金（元）", "补助经费", "奖补（元）"])
def test_a_sum_that_is_not_said_to_be_paid_is_pointed_out_and_not_counted(head: str) -> None:
    found = read([head], ["10000元"])
    assert found.honours[0].paid is None
    assert not found.honours[0].doubts
    assert [finding.code for finding in found.findings] == ["low_confidence"]


@pytest.mark.parametrize("head", ["补助标准（元）", "应补助金额（元）", "拟补助资金（元）", "合同金额（元）"])
def test_what_is_due_is_no_payment(head: str) -> None:
    found = read([head], ["10000元"])
    assert (found.honours[0].paid, found.findings) == (None, ())


@pytest.mark.parametrize(
    ("head", "said"), [("区级已补助（元）", 10000), ("区市配套已拨付（元）", 10000), ("已补助（元）", "约1万元")]
)
def test_the_money_of_others_and_rough_sums_are_asked_about(head: str, said: Any) -> None:
    assert paid_fen([head], [said]) == (None, True)

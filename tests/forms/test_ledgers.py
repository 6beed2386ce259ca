"""Ledgers of payments: what was paid to whom; an entry that is not plain makes its project doubtful."""

from __future__ import annotations

from datetime import date

import pytest

from formflow.forms.ledgers import ledger_of
from formflow.model.honours import Ledger
from formflow.reading import read_document
from support.honours_lists import word, workbook
from support.office import packs


def read(data: bytes) -> Ledger | None:
    policy = next(programme.honours for programme in packs() if programme.honours)
    return ledger_of(read_document(data), policy)


def sums(data: bytes) -> list[tuple[str, int]]:
    ledger = read(data)
    assert ledger is not None
    return [(payment.project, payment.amount // 100) for payment in ledger.payments]


def test_a_ledger_with_everything() -> None:
    ledger = read(workbook([
        ["社会组织服务职工优秀项目补助台账"],
        ["序号", "项目名称", "社会组织", "荣誉级别", "拨付日期", "拨付金额（元）", "文号"],
        [1, "新驿站", "暖阳中心", "青岛市", "2022年9月1日", "10,000", "青工发〔2022〕20号"],
        [2, "新驿站", "暖阳中心", "山东省", "2023年9月1日", 10000, ""],
        ["合计", "", "", "", "", 20000],
    ], ["A1:G1"]))  # fmt: skip
    assert ledger is not None
    first, second = ledger.payments
    assert (first.project, first.organisation, first.amount, first.level) == (
        "新驿站",
        "暖阳中心",
        1_000_000,
        "municipal",
    )
    assert (first.paid_on, first.reference) == (date(2022, 9, 1), "青工发〔2022〕20号")
    assert (second.amount, second.level) == (1_000_000, "provincial")
    assert not ledger.findings


@pytest.mark.parametrize(
    ("heads", "row", "paid"),
    [
        (["项目名称", "已补助（万元）"], ["新驿站", 1], 10_000),
        (["项目名称", "补助金额"], ["新驿站", "1万元"], 10_000),
        (["项目", "应补金额（元）", "已补金额（元）"], ["新驿站", 20000, 10000], 10_000),
        (["项目名称", "实际拨付金额（元）"], ["新驿站", 10000], 10_000),
        (["项目名称", "金额（元）"], ["新驿站", "-10,000"], -10_000),
        (["项目名称", "补助标准（元）", "拨付金额（元）"], ["新驿站", 20000, 10000], 10_000),
        (["拨付金额（元）", "项目名称", "备注"], [10000, "新驿站", "转账"], 10_000),
    ],
)
def test_columns_of_payments(heads: list[str], row: list[object], paid: int) -> None:
    assert sums(workbook([heads, row])) == [("新驿站", paid)]


def test_what_is_due_is_not_a_payment() -> None:
    assert read(workbook([["项目名称", "应补金额（元）"], ["新驿站", 20000]])) is None
    assert read(workbook([["姓名", "金额"], ["王某", 1]])) is None


def test_rows_without_a_sum_are_no_payments() -> None:
    assert sums(
        workbook([["项目名称", "已补助（元）"], ["新驿站", ""], ["童心托管班", "—"], ["法律直通车", 10000]])
    ) == [("法律直通车", 10_000)]


def test_unclear_sums_make_the_project_doubtful() -> None:
    ledger = read(
        workbook(
            [
                ["项目名称", "社会组织", "已补助"],
                ["新驿站", "暖阳中心", "1"],
                ["童心托管班", "", "2万+1万"],
                ["法律直通车", "", "1万元"],
            ]
        )
    )
    assert ledger is not None
    assert ledger.doubtful == (("新驿站", "暖阳中心"), ("童心托管班", None))
    assert [payment.project for payment in ledger.payments] == ["法律直通车"]
    assert len(ledger.findings) == 2


def test_money_said_to_have_come_back_is_asked_about() -> None:
    ledger = read(workbook([["项目名称", "已补助（元）", "备注"], ["新驿站", 10000, "2023年退回"]]))
    assert ledger is not None
    assert ledger.doubtful == (("新驿站", None),)


def test_entries_alike_are_counted_and_shown() -> None:
    ledger = read(
        word(
            [
                ["项目名称", "拨付日期", "拨付金额（元）"],
                ["新驿站", "2022年9月1日", "10000"],
                ["新驿站", "2022年9月1日", "10000"],
            ]
        )
    )
    assert ledger is not None
    assert sum(payment.amount for payment in ledger.payments) == 2_000_000
    assert [finding.code for finding in ledger.findings] == ["duplicate"]

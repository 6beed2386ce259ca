"""Sums: 大写 against an independent reader of it and the official examples; what people write, and what is no sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from formflow.model.money import (
    capital,
    chinese_number,
    parse_money,
    plain_yuan,
    sums_in,
    unit_in,
    yuan_number,
    yuan_text,
)

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def read_capitals(words: str) -> int:
    """An oracle that goes over 大写 from left to right, with a stack of sections; in fen."""
    fen, total, section, digit = 0, 0, 0, 0
    for character in words.rstrip("整"):
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[character]
            digit = 0
        elif character == "万":
            section, digit = (section + digit) * 10_000, 0
            total, section = total + section, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
        elif character == "元":
            fen, total, section, digit = (total + section + digit) * 100, 0, 0, 0
        else:
            fen += digit * {"角": 10, "分": 1}[character]
            digit = 0
    return fen


def sums() -> Iterator[int]:
    yield from range(30_000)  # every fen up to 300 yuan
    yield from (yuan * 100 for yuan in range(120_000, 7))
    yield from (yuan * 100 + 5 for yuan in range(9_990, 2_000_000, 9_973))
    for power in range(4, 16):
        yield from ((10**power + step) * 100 for step in (-1, 0, 1, 10, 100, 1000, 5000, 10_000, 70_000))


def test_capitals_say_the_sum_and_nothing_else() -> None:
    for fen in sums():
        words = capital(fen)
        assert read_capitals(words) == fen, words
        assert not re.search("零零|零[拾佰仟万亿]|零元(?!整)|^零(?!元整)|整.", words), words
        assert words.endswith("整") == (fen % 10 == 0), words
        # 元位 or 角位 zero before 分: the gap is said.
        assert ("元零" in words) == (0 < fen % 100 < 10 < fen - 89), words
        assert parse_money(words) == fen, words


@pytest.mark.parametrize(
    ("fen", "words"),
    [  # the examples of 《正确填写票据和结算凭证的基本规定》, of two forms it allows the shorter one
        (140_950, "壹仟肆佰零玖元伍角整"),
        (600_714, "陆仟零柒元壹角肆分"),
        (168_032, "壹仟陆佰捌拾元叁角贰分"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
        (32_504, "叁佰贰拾伍元零肆分"),
        (0, "零元整"),
        (3_000_000, "叁万元整"),
        (1000, "壹拾元整"),
        (10_000_000_00, "壹仟万元整"),
        (1_0000_0001_00, "壹亿零壹元整"),
        (12_000_0000_0000, "壹佰贰拾亿元整"),
        (1_0200_0000_0000_00, "壹万零贰佰亿元整"),
    ],
)
def test_official_examples(fen: int, words: str) -> None:
    assert capital(fen) == words


def test_no_capitals_for_what_is_no_sum() -> None:
    for fen in (-1, 10**18):
        with pytest.raises(ValueError, match="fen"):
            capital(fen)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("2万元", 20_000), ("２万", 20_000), ("20,000", None), ("20,000元", 20_000), ("20000.00元", 20_000), ("贰万元整", 20_000),
        ("1.5万", 15_000), ("人民币贰万元整", 20_000), ("￥20,000.00", 20_000), ("¥20000", 20_000), ("人民币：20000元", 20_000),
        ("二万元", 20_000), ("两万", 20_000), ("壹万伍仟元", 15_000), ("1万5千元", 15_000), ("2万3500元", 23_500), ("20 000 元", 20_000),
        ("0.5万元", 5_000), ("3千元", 3_000), ("二 万 元 整", 20_000), ("20000元。", 20_000), ("RMB20000元", 20_000), ("0", 0), ("0.00", 0),
        ("零元", 0), ("２０，０００．００元", 20_000), ("壹拾万零柒佰元整", 100_700), ("十万元", 100_000), ("叁万圆整", 30_000),
        ("30000块", 30_000), ("12元5角", "12.5"), ("壹佰元零伍分", "100.05"), ("1.23456万", "12345.6"),
        ("5百元", 500), ("1.5亿元", 150_000_000), ("3万5百元", 30_500), ("5百2十元", None), ("2萬元", None),
        ("10000①元", None), ("1000²元", None), ("貳万叄仟參佰元", 23_300), ("陸佰元整", 600), ("弌万弍仟元", 12_000), ("壹○○元", None), ("伍佰○捌元", 508), ("贰億元", 200_000_000),
    ],
)  # fmt: skip
def test_what_people_write(text: str, yuan: int | str | None) -> None:
    assert parse_money(text) == (None if yuan is None else Decimal(yuan) * 100)


@pytest.mark.parametrize(
    "text",
    ["2", "20000", "", "—", "约2万元", "2万左右", "1-2万元", "2,0000元", "1,2万", "一万五", "二百三千元", "万元", "2千", "20000元/年", "2万+1万",
     "1.234元", "2022年", "1万2万元", "十", "1万2万", "2个", "二二万", "元", "贰万元整壹"],
)  # fmt: skip
def test_what_is_no_sum(text: str) -> None:
    assert parse_money(text) is None


def test_a_head_gives_the_unit_of_bare_numbers_only() -> None:
    assert parse_money("2", "ten_thousand_yuan") == 2_000_000
    assert parse_money("20,000", "yuan") == 2_000_000
    assert parse_money("20000元", "ten_thousand_yuan") == 2_000_000
    assert parse_money("¥20000", "ten_thousand_yuan") == 2_000_000
    assert parse_money("1.5", "ten_thousand_yuan") == 1_500_000
    assert parse_money("贰万", "yuan") == 2_000_000
    units = [("hundred_yuan", 20_000), ("thousand_yuan", 200_000), ("hundred_million_yuan", 20_000_000_000)]
    assert [parse_money("2", unit) for unit, _ in units] == [fen for _, fen in units]


@pytest.mark.parametrize(
    ("head", "unit"),
    [("已补助金额（万元）", "ten_thousand_yuan"), ("已补助（元）", "yuan"), ("单位：万元", "ten_thousand_yuan"), ("金额/元", "yuan"),
     ("已补助金额", None), ("金额（元/万元）", None), ("单位：人民币元", "yuan"), ("已拨付资金（千元）", "thousand_yuan"), ("金额(万 元)", "ten_thousand_yuan")],
)  # fmt: skip
def test_units_of_heads(head: str, unit: str | None) -> None:
    assert unit_in(head) == unit


def test_sums_in_a_sentence() -> None:
    assert sums_in("2022年已补助1万元，2023年又拨付5,000元") == (1_000_000, 500_000)
    assert sums_in("市级（10000元）") == (1_000_000,)
    assert sums_in("已补助，共2批30户") == ()


def test_shown() -> None:
    assert yuan_text(2_000_000) == "20,000"
    assert yuan_text(2_000_050) == "20,000.50"
    assert yuan_text(-1_000_000) == "-10,000"
    assert (plain_yuan(2_000_000), plain_yuan(-200_000_005)) == ("20000", "-2000000.05")
    assert [repr(yuan_number(fen)) for fen in (2_000_000, 2_000_050, -5, 0)] == ["20000", "20000.5", "-0.05", "0"]
    assert chinese_number("一百零五") == 105

"""Words and numbers of evaluation sheets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from formflow.forms.ballots import Vocabulary, is_number, read_count, read_rate
from support.evaluation_rules import RULES

WORDS = Vocabulary(RULES)


@pytest.mark.parametrize(
    ("path", "subject", "is_rate"),
    [
        (("发出票数",), "issued", False),
        (("发放评议票（张）",), "issued", False),
        (("测评票", "发出"), "issued", False),
        (("收回选票数",), "returned", False),
        (("回 收 测 评 表",), "returned", False),
        (("收回", "有效票"), "valid", False),
        (("其中有效票",), "valid", False),
        (("废票",), "spoilt", False),
        (("工会会员人数",), "members", False),
        (("满意",), "satisfied", False),
        (("1.满意（票）",), "satisfied", False),
        (("评议结果", "满意", "票数"), "satisfied", False),
        (("满意", "得票率"), "satisfied", True),
        (("满意（%）",), "satisfied", True),
        (("基本满意率",), "fairly_satisfied", True),
        (("很满意",), "satisfied", False),
        (("不满意票数",), "dissatisfied", False),
        (("一般",), "unknown_answer", False),
        (("不太满意",), "unknown_answer", False),
        (("满意度",), "satisfaction", True),
        (("综合满意率",), "satisfaction", True),
        (("参评率",), "participation", True),
        (("票数", "回收率"), "participation", True),
        (("职工之家名称",), "home", False),
        (("评议内容",), "item", False),
    ],
)  # fmt: skip
def test_what_heads_ask_for(path: tuple[str, ...], subject: str, is_rate: bool) -> None:
    meaning = WORDS.meaning(*path)
    assert meaning is not None
    assert (meaning.subject, meaning.is_rate) == (subject, is_rate)


@pytest.mark.parametrize("words", ["联系电话", "票数", "合计", "满意的主要原因", "收回时间", "参评人数", "应发票数"])
def test_other_words_say_nothing(words: str) -> None:
    assert WORDS.meaning(words) is None


def test_only_the_packs_words_are_answers() -> None:
    plain = Vocabulary(replace(RULES, choices=tuple(replace(choice, also=()) for choice in RULES.choices)))
    meaning = plain.meaning("很满意")
    assert meaning is not None
    assert meaning.subject == "unknown_answer"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("127", 127), ("１２７票", 127), (" 127 张", 127), ("1,024", 1024), ("12.0", 12), ("共15人", 15), ("零", 0), ("-3", -3),
        ("－3", -3), ("0票", 0), ("", None), ("/", None), ("无", None), ("90.5", None), ("约120", None), ("一百", None), ("12 8", None),
        ("1,02", None), ("十二票", None),
    ],
)  # fmt: skip
def test_counts(text: str, value: int | None) -> None:
    count, share = read_count(text, None)
    assert (count.value, share) == (value, None)
    assert count.raw == text.strip()


@pytest.mark.parametrize("text", ["127（92.7%）", "127票/92.7%", "127 92.7%", "127人，占92.7%"])
def test_a_share_beside_a_count(text: str) -> None:
    count, share = read_count(text, None)
    assert count.value == 127
    assert share is not None
    assert share.readings == (Fraction(927, 1000),)


@pytest.mark.parametrize(
    ("text", "is_percent", "readings"),
    [
        ("92.5%", False, [Fraction(925, 1000)]),
        ("９２.５％", False, [Fraction(925, 1000)]),
        ("92.5", True, [Fraction(925, 1000)]),
        ("0.925", False, [Fraction(925, 1000), Fraction(925, 100_000)]),
        ("0.9", True, [Fraction(9, 1000), Fraction(9, 10)]),
        ("1", False, [Fraction(1), Fraction(1, 100)]),
        ("九成", False, []),
    ],
)
def test_rates(text: str, is_percent: bool, readings: list[Fraction]) -> None:
    rate = read_rate(text, None, is_percent=is_percent)
    assert list(rate.readings) == readings
    assert len(rate.units) == len(readings)


def test_what_is_a_number() -> None:
    assert all(map(is_number, ("12", "90.5", "-1", "92.7%", "１２票", "127（92.7%）")))
    assert not any(map(is_number, ("", "满意", "3月", "甲厂")))

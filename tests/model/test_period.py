"""Months and spans as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formflow.model.period import Month, arabic, named_spans, parse_date, parse_month, parse_range

months = st.builds(Month, st.integers(1990, 2099), st.integers(1, 12))


@pytest.mark.parametrize(
    "text",
    ["2022年3月", "2022.3", "2022-03", "2022/3", "２０２２年３月", "二〇二二年三月", "二○二二年三月", "二零二二年三月", "2022 年 3 月",
     "2022年__3__月", "＿2022＿年＿03＿月", "22年3月", "202203", "2022年03月15日", "2022.3.15", "20220315", "2022年3月份", "2022年（3月）",
     "二0二二年3月"],
)  # fmt: skip
def test_one_month_in_its_usual_forms(text: str) -> None:
    assert parse_month(text) == Month(2022, 3)


@pytest.mark.parametrize(
    "text",
    ["", "年 月", "二〇二　年　月", "3月", "2022年", "2022年13月", "2022年3月至5月", "近10年", "第3季度", "2022年0月"],
)
def test_what_is_not_one_month(text: str) -> None:
    assert parse_month(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("二〇二三年十二月", 12), ("二〇二三年十月", 10), ("二〇二三年十一月", 11), ("2023年拾月", 10), ("2023年壹月", 1)],
)
def test_chinese_months(text: str, month: int) -> None:
    assert parse_month(text) == Month(2023, month)


RANGES = [
    ("2022年3月至2023年2月", "2022-03", "2023-02"),
    ("2022 年 3 月 至 2023 年 2 月", "2022-03", "2023-02"),
    ("2022.3-2023.2", "2022-03", "2023-02"),
    ("2022.03—2023.02", "2022-03", "2023-02"),
    ("2022/3～2023/2", "2022-03", "2023-02"),
    ("二〇二二年三月到二〇二三年二月", "2022-03", "2023-02"),
    ("2022年3月—5月", "2022-03", "2022-05"),
    ("2022年11月至2月", "2022-11", "2023-02"),
    ("2022年11月至次年2月", "2022-11", "2023-02"),
    ("2022年3-5月", "2022-03", "2022-05"),
    ("2022.3-5", "2022-03", "2022-05"),
    ("2022.3.15-4.20", "2022-03", "2022-04"),
    ("2023年3月至2022年3月", "2023-03", "2022-03"),
    ("2022年3月至    年  月", "2022-03", None),
    ("    年  月至2023年2月", None, "2023-02"),
    ("2022年3月", "2022-03", None),
    ("年 月至 年 月", None, None),
    ("2022年至2023年", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_the_two_ends_of_a_range(text: str, first: str | None, last: str | None) -> None:
    assert parse_range(text) == (first and Month.of(first), last and Month.of(last))


SPANS = [
    ("2022年3-5月", "2022-03", "2022-05"),
    ("2022.3-5", "2022-03", "2022-05"),
    ("2022年3、4月", "2022-03", "2022-04"),
    ("2022年三至五月", "2022-03", "2022-05"),
    ("2022年三、四、五月", "2022-03", "2022-05"),
    ("2022年十至十二月", "2022-10", "2022-12"),
    ("2022年二、三季度", "2022-04", "2022-09"),
    ("2022年第一至第三季度", "2022-01", "2022-09"),
    ("2022年第二季度", "2022-04", "2022-06"),
    ("2022年下半年", "2022-07", "2022-12"),
    ("2022年底", "2022-12", "2022-12"),
    ("2022年", "2022-01", "2022-12"),
    ("2022年度", "2022-01", "2022-12"),
    ("2022-2023年", "2022-01", "2023-12"),
    ("2022年：3月—5月", "2022-03", "2022-05"),
    ("2022年3月，2023年：1月", "2022-03", "2023-01"),
    ("2022年3月1日-15日", "2022-03", "2022-03"),
    ("2022年11月—2023年1月", "2022-11", "2023-01"),
    ("2022年3月上旬至5月下旬", "2022-03", "2022-05"),
    ("2022.4；2022.6", "2022-04", "2022-06"),
    ("2022年10月31日前", "2022-10", "2022-10"),
]


@pytest.mark.parametrize(("text", "first", "last"), SPANS)
def test_the_months_a_line_covers(text: str, first: str, last: str) -> None:
    spans = [named.span for named in named_spans(text)]
    assert (str(spans[0].first), str(max(span.last for span in spans))) == (first, last)


@pytest.mark.parametrize("text", ["", "3月—5月", "前期", "第一阶段", "一季度", "近10年", "2年"])
def test_no_year_no_span(text: str) -> None:
    assert named_spans(text) == ()


def test_a_month_is_exact_a_quarter_or_year_is_not() -> None:
    assert [named.is_exact for named in named_spans("2022年3月，2022年二季度，2022年下半年")] == [True, False, False]
    assert [named.is_exact for named in named_spans("2022年")] == [False]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022年3月5日", date(2022, 3, 5)),
        ("二〇二二年三月二十五日", date(2022, 3, 25)),
        ("2022.3.5", date(2022, 3, 5)),
        ("2022-03-05", date(2022, 3, 5)),
        ("20220305", date(2022, 3, 5)),
        ("收到 2022年3月5日，报出 2022年4月6日", date(2022, 4, 6)),
        ("2022年2月30日", None),
        ("2022年3-5月", None),
        ("2022.3-5", None),
        ("2022年3月 日", None),
        ("3月5日", None),
    ],
)
def test_the_last_complete_date(text: str, day: date | None) -> None:
    assert parse_date(text) == day


def test_arabic_leaves_other_numerals_alone() -> None:
    assert arabic("二〇二二年十一月，三个阶段，一次性") == "2022年11月,三个阶段,一次性"


@given(months)
def test_a_month_reads_back_however_it_is_written(month: Month) -> None:
    year, number = month.year, month.month
    for text in (
        f"{year}年{number}月",
        f"{year}.{number}",
        f"{year}-{number:02d}",
        f"{year} 年 {number:02d} 月",
        f"{year}{number:02d}",
    ):
        assert parse_month(text) == month
    assert Month.of(str(month)) == month


@given(months, months)
def test_a_range_reads_back(first: Month, last: Month) -> None:
    text = f"{first.year}年{first.month}月至{last.year}年{last.month}月"
    assert parse_range(text) == (first, last)
    if first <= last:
        spans = [named.span for named in named_spans(text)]
        assert (spans[0].first, spans[-1].last) == (first, last)


@given(st.text(alphabet="0123456789年月日季度至到-~./、二〇三十上下半底次 ", max_size=24))
def test_parsers_are_total_and_spans_never_run_backwards(text: str) -> None:
    parse_month(text)
    parse_range(text)
    parse_date(text)
    assert all(1 <= named.span.first.month <= named.span.last.month <= 12 for named in named_spans(text))


@given(months, st.integers(0, 60))
def test_months_between(month: Month, count: int) -> None:
    later = Month(month.year + (month.month - 1 + count) // 12, (month.month - 1 + count) % 12 + 1)
    assert month.months_to(later) == count
    assert (month < later) == (count > 0)


# A pattern that goes back over what it has read would need hours for these.
@pytest.mark.parametrize("piece", ["一、", "3至", "1,2,", "第一,", "第1季", "十"])
def test_long_texts_of_numbers_are_read_once_through(piece: str) -> None:
    assert parse_month(f"甲{piece * 100_000}乙") is None


def test_the_items_of_a_list_share_the_word_behind_the_last() -> None:
    months = "、".join(str(month) for month in range(1, 13))
    assert [named.span.first.month for named in named_spans(f"2022年{months}月")] == list(range(1, 13))
    assert [named.span.first.month for named in named_spans("二〇二二年一、二、三、四、五、六月")] == [1, 2, 3, 4, 5, 6]

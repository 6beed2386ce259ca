"""What is left of a quota of namings."""

from __future__ import annotations

from dataclasses import replace

from formflow.model.citation import Citation
from formflow.model.quota import Quota
from formflow.rules.quota import check_naming, next_naming_year, quota_for, quota_words, state_of

FIRST = Quota("homes_2013", "市级职工之家名额", 1000, "个", 2013, 2017, 2, Citation("来源", "四（三）"))
SECOND = Quota("homes_2018", "市级职工之家名额", 50, "个", 2018, 2022, 1, Citation("来源", "五"))


def codes(year: int, named: dict[int, int], proposed: int) -> list[str]:
    return [finding.code for finding in check_naming((FIRST, SECOND), year, named, proposed)]


def test_what_is_left_is_told_for_the_span_alone() -> None:
    state = state_of(FIRST, {2011: 90, 2013: 380, 2015: 320, 2019: 40})
    assert (state.named, state.left, state.over) == (700, 300, 0)
    assert quota_words(state) == "2013—2017年市级职工之家名额 1000 个，已命名 700 个，剩余 300 个"
    assert state_of(FIRST, {2012: 1, 2013: 2, 2017: 4, 2018: 8}).named == 6
    over = state_of(FIRST, {2013: 1003})
    assert (over.left, over.over) == (0, 3)
    assert quota_words(over).endswith("超出 3 个")


def test_a_year_outside_every_span_has_no_quota() -> None:
    assert quota_for((FIRST, SECOND), 2017) is FIRST
    assert quota_for((FIRST, SECOND), 2018) is SECOND
    assert quota_for((FIRST, SECOND), 2023) is None
    assert codes(2023, {}, 1) == ["not_eligible"]
    (found,) = check_naming((FIRST, SECOND), 2023, {}, 1)
    assert "（2013—2017年、2018—2022年）" in found.message
    assert found.basis == "五"
    assert list(check_naming((), 2023, {}, 1)) == []


def test_naming_years() -> None:
    assert list(FIRST.naming_years) == [2013, 2015, 2017]
    assert [next_naming_year(FIRST, year) for year in (2013, 2014, 2017, 2018)] == [2013, 2015, 2017, None]
    assert codes(2014, {}, 10) == ["out_of_window"]
    (found,) = check_naming((FIRST,), 2014, {}, 10)
    assert found.requirement == "请列入2015年命名"
    (last,) = check_naming((replace(FIRST, last_year=2016),), 2016, {}, 10)
    assert last.requirement == "请列入下一期命名"
    assert codes(2015, {}, 10) == []


def test_no_more_than_is_left() -> None:
    assert codes(2015, {2013: 990}, 10) == []
    assert codes(2015, {2013: 990}, 11) == ["not_eligible"]
    (found,) = check_naming((FIRST,), 2015, {2013: 990}, 11)
    assert "剩余 10 个" in found.message
    assert "超出 1 个" in found.message
    assert found.basis == "四（三）"

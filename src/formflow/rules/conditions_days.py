"""Checks about days and marks of a form: how long before the recommendation something was, whether it still holds, whether a code is
sound and every material is there. Like all checks they speak only when what they compare is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from formflow.model.checks import AllChosen, CreditCode, StillValid, WithinYears, YearsBefore
from formflow.model.finding import Finding
from formflow.model.text import fold
from formflow.rules.paper import Paper, Slip, finding, quote

# GB 32100-2015: the 31 characters of a code in the order of their values, and the weights of its first 17 places (3^i mod 31).
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CODE_LENGTH = 18


def is_credit_code(code: str) -> bool:
    """Whether a 统一社会信用代码 has 18 of the allowed characters and the check character they give (GB 32100-2015)."""
    if len(code) != _CODE_LENGTH or any(character not in _CHARACTERS for character in code):
        return False
    total = sum(_CHARACTERS.index(character) * weight for character, weight in zip(code, _WEIGHTS, strict=False))
    return _CHARACTERS.index(code[-1]) == -total % len(_CHARACTERS)


def credit_code(paper: Paper, check: CreditCode) -> Iterator[Finding]:
    written = paper.text(check.field)
    code = fold(written).upper()
    if not written or is_credit_code(code):
        return
    field = paper.form.field(check.field)
    if len(code) != _CODE_LENGTH:
        said = f"“{field.label}”写的是{quote(written)}，有{len(code)}位，应为18位"
    elif any(character not in _CHARACTERS for character in code):
        said = f"“{field.label}”写的是{quote(written)}，含有不能用的字符（没有字母I、O、Z、S、V）"
    else:
        said = f"“{field.label}”写的是{quote(written)}，校验码不符，有一位写错了"
    yield finding(paper, field, Slip("invalid", said, "请对照登记证书改正统一社会信用代码"), check.citation)


def years_before(paper: Paper, check: YearsBefore) -> Iterator[Finding]:
    """The day of `field` is at least so many years before the day that counts."""
    day, at = paper.day(check.field), paper.day_that_counts(check.at)
    if day and at and _years_after(day, check.years) > at:
        field = paper.form.field(check.field)
        said = f"“{field.label}”是{day_words(day)}，到推荐时（{day_words(at)}）不满{check.years}年"
        slip = Slip(
            "not_eligible", said, f"一般应满{check.years}年，请核对日期，确有特殊情况的请附说明", check.severity
        )
        yield finding(paper, field, slip, check.citation)


def within_years(paper: Paper, check: WithinYears) -> Iterator[Finding]:
    """The day of `field` is at most so many years before the day that counts, and not after it."""
    day, at = paper.day(check.field), paper.day_that_counts(check.at)
    if not (day and at):
        return
    field = paper.form.field(check.field)
    if day > at:
        said = f"“{field.label}”是{day_words(day)}，晚于推荐的日期（{day_words(at)}）"
        yield finding(paper, field, Slip("inconsistent", said, "请核对并改正日期"), check.citation)
    elif _years_after(day, check.years) < at:
        said = f"“{field.label}”是{day_words(day)}，到推荐时（{day_words(at)}）已超过{check.years}年"
        slip = Slip("not_eligible", said, f"距推荐时间不应超过{check.years}年，请核对日期")
        yield finding(paper, field, slip, check.citation)


def still_valid(paper: Paper, check: StillValid) -> Iterator[Finding]:
    """The day of `field` has not passed on the day that counts."""
    day, at = paper.day(check.field), paper.day_that_counts(check.at)
    if day and at and day < at:
        field = paper.form.field(check.field)
        said = f"“{field.label}”是{day_words(day)}，推荐时（{day_words(at)}）已经过期"
        yield finding(paper, field, Slip("not_eligible", said, "请换发登记证书，或核对日期"), check.citation)


def all_chosen(paper: Paper, check: AllChosen) -> Iterator[Finding]:
    """Every option of a choice field is ticked."""
    chosen = paper.record.value(check.field)
    if not isinstance(chosen, list | tuple) or not chosen:
        return
    field = paper.form.field(check.field)
    for option in field.options:
        if option not in chosen:
            slip = Slip(
                "attachment_missing",
                f"没有勾选“{option}”",
                f"请提交{option}，并在“{field.label}”里勾选",
                check.severity,
            )
            yield finding(paper, field, slip, check.citation)


def day_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

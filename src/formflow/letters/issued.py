"""What letters with a 发文字号 have in common: number, dates, addressees, and lists of units counted once for text and list. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from formflow.letters.phrases import NAME_LIMIT, chinese_date, issuer_words, numbered, shorten, wording_of
from formflow.model.letter import Issue, LetterContent, ListedUnit
from formflow.model.programme import LetterSpec, Programme
from formflow.model.text import fold

# A list longer than this goes into an 附件.
LISTED_IN_BODY = 20
BLANK_DATE = "　　　　年　　月　　日"
_BLANK_NUMBER = "〔　　　　〕　　号"
_NO_COUNTY = "未写明所属地区"
_FIGURES = "零一二三四五六七八九"


def issued_words(spec: LetterSpec, programme: Programme, year: int, issue: Issue) -> dict[str, Any]:
    """Who signs, to whom, when and under which number; a draft has the blanks that a clerk knows."""
    issuer = programme.issuer
    day = chinese_date(issue.on) or BLANK_DATE
    return {
        **wording_of(programme),
        **issuer_words(programme),
        "年度": str(year),
        "文件名称": spec.title,
        "发文字号": issue.number or f"{issuer.document_code}{_BLANK_NUMBER}",
        "成文日期": day,
        "印发日期": day,
        "主送机关": issuer.recipients,
        "抄送机关": "，".join(issuer.copies_to),
        "印发机关": issuer.printed_by or issuer.name,
    }


def content(spec: LetterSpec, context: dict[str, Any], times: int = 1) -> LetterContent:
    """The letter with its file name; whether it is still a draft is for the caller to add."""
    stem = spec.title if times <= 1 else f"{spec.title}（第{times}次）"
    return LetterContent(spec.id, spec.title, stem, context)


def unit_lists(units: Sequence[ListedUnit]) -> dict[str, Any]:
    """A list of units by its keys. Every count is that of the very list it is printed with."""
    listed = numbered(_unit(unit) for unit in units)
    return {
        "单位数": len(units),
        "有地区": "有" if any(unit.county.strip() for unit in units) else "",
        "名单": listed,
        "正文名单": listed if len(listed) <= LISTED_IN_BODY else (),
        "附件名单": listed if len(listed) > LISTED_IN_BODY else (),
        "名单分组": _by_grade(units),
        "分组说明": _grades_in_words(units),
    }


def _unit(unit: ListedUnit) -> dict[str, str]:
    return {
        "单位名称": shorten(unit.name, NAME_LIMIT),
        "所属地区": shorten(unit.county, NAME_LIMIT),
        "等次": shorten(unit.grade, NAME_LIMIT),
    }


def _grades(units: Sequence[ListedUnit]) -> dict[str, list[ListedUnit]]:
    """Units by grade, grades in the order of their first unit."""
    grades: dict[str, list[ListedUnit]] = {}
    for unit in units:
        grades.setdefault(shorten(unit.grade, NAME_LIMIT), []).append(unit)
    return grades


def _by_grade(units: Sequence[ListedUnit]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "序号": ordinal(number),
            "等次": grade,
            "单位数": len(members),
            "单位": "、".join(_unit(unit)["单位名称"] for unit in members),
            "名单": numbered(_unit(unit) for unit in members),
        }
        for number, (grade, members) in enumerate(_grades(units).items(), 1)
    )


def _grades_in_words(units: Sequence[ListedUnit]) -> str:
    """其中示范2个、合格5个; "" where there is one grade or none."""
    grades = _grades(units)
    if len(grades) < 2:
        return ""
    return "其中" + "、".join(f"{grade or '不分等次'}{len(members)}个" for grade, members in grades.items())


def ordinal(number: int) -> str:
    """一, 二 … 十一 … 九十九, for headings; figures beyond."""
    tens, units = divmod(number, 10)
    if not 1 <= number <= 99:
        return str(number)
    return (("" if tens == 1 else _FIGURES[tens]) + "十" if tens else "") + (_FIGURES[units] if units else "")


def repeated(units: Iterable[tuple[str, str]]) -> str:
    """The first name that stands twice in a list of (name, county); "" if none does."""
    seen: set[tuple[str, str]] = set()
    for name, county in units:
        key = fold(name), fold(county)
        if key in seen:
            return name
        seen.add(key)
    return ""


def county_of(county: str) -> str:
    """A county as it heads its part of a list."""
    return shorten(county, NAME_LIMIT) or _NO_COUNTY


def by_county(units: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Units with a `county`, those of one county together, counties in the order they first appear, those without one last."""
    order: dict[str, int] = {}
    listed = list(units)
    for unit in listed:
        order.setdefault(county_of(unit.county), len(order) + (10**6 if not unit.county.strip() else 0))
    together = sorted(listed, key=lambda unit: order[county_of(unit.county)])
    return [(county, list(members)) for county, members in groupby(together, key=lambda unit: county_of(unit.county))]

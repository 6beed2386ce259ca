"""Titles in a finished Word file get their breaks; everything else in it stays as it was."""

from __future__ import annotations

import io

import docx
import pytest

from formflow.letters import elements as e
from formflow.letters.skeleton import Skeleton, Text, make
from formflow.letters.word import render
from support.broken_letters import edited

LONG = "南通市总工会关于命名2026年度优秀职工服务中心的决定"


def paragraphs(word: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs if paragraph.text]


def template(*texts: Text) -> bytes:
    return make(Skeleton("form", texts))


@pytest.mark.parametrize("element", [e.TITLE, e.ENCLOSURE_TITLE, e.SLIP_TITLE])
def test_long_titles_are_broken_between_words(element: e.Element) -> None:
    word = render(template(Text(element, "{{ 题 }}"), Text(e.BODY, LONG)), {"题": LONG})
    assert paragraphs(word) == ["南通市总工会关于命名2026年度\n优秀职工服务中心的决定", LONG]


def test_names_that_were_filled_in_stay_whole() -> None:
    name = "荆楚绿洲之心服务站"
    word = render(template(Text(e.TITLE, "关于同意延长{{ 单位名称 }}建设期限和重新验收的批复")), {"单位名称": name})
    assert any(name in line for line in paragraphs(word)[0].split("\n"))


def test_a_break_that_a_clerk_set_is_kept() -> None:
    word = render(template(Text(e.TITLE, "南通市总工会关于\n命名2026年度优秀职工服务中心的决定")), {})
    assert paragraphs(word) == ["南通市总工会关于\n命名2026年度优秀职工服务中心的决定"]


def test_a_title_over_several_runs_is_broken_where_it_should() -> None:
    torn = '优秀职</w:t></w:r><w:r><w:t xml:space="preserve">工服务中心'
    word = edited(template(Text(e.TITLE, LONG)), "document", "优秀职工服务中心", torn)
    assert paragraphs(render(word, {})) == ["南通市总工会关于命名2026年度\n优秀职工服务中心的决定"]


def test_a_space_between_two_lines_goes() -> None:
    title = "中华全国总工会关于表彰全国模范职工之家 全国模范职工小家 全国优秀工会工作者的决定"
    (found,) = paragraphs(render(template(Text(e.TITLE, title)), {}))
    assert found.replace("\n", "").replace(" ", "") == title.replace(" ", "")
    assert " \n" not in found
    assert "\n " not in found


def test_a_short_title_stays_on_its_line() -> None:
    assert paragraphs(render(template(Text(e.TITLE, "补正通知书")), {})) == ["补正通知书"]

"""The letters of a programme's second half on paper: whole, counted rightly, and by GB/T 9704-2012 in both formats."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import docx
import pdfplumber
import pytest

from formflow.letters.fonts import FontBook
from formflow.letters.keys import provided_keys
from formflow.letters.measure import measure
from formflow.letters.typeset import typeset
from formflow.letters.word import template_keys
from formflow.model.letter import Issue, LetterContent, ListedUnit
from formflow.model.programme import SCOPES, Occasion
from support.year_facts import BY_OCCASION, announced, circular, extended, named, pack, returned, spec, units, written

SHIPPED = FontBook.shipped()
LONG = "江苏省某某市滨江临港高新技术产业开发区综合保税区新能源汽车及零部件智能制造产业园暨协同发展先导区联合职工服务中心（站）"
LETTERS: tuple[tuple[str, Callable[[], LetterContent]], ...] = (
    *((f"announced {n}", lambda n=n: announced(n)) for n in (1, 12, 20, 21, 60)),
    *((f"named {n}", lambda n=n: named(n)) for n in (1, 3, 7, 12, 20, 21, 60, 300)),
    *((f"circular {n}", lambda n=n: circular(n)) for n in (1, 12, 60)),
    *((f"returned {n}", lambda n=n: returned(n)) for n in (1, 5, 33)),
    ("extended", extended),
    ("extended, nothing said", lambda: extended(reasons=(), missing=(), formerly_until=None)),
    ("graded", lambda: named(60, units=units(60, ("示范性", "优秀", "合格")))),
    ("graded, few", lambda: named(9, units=units(9, ("示范性", "优秀")))),
    ("no counties", lambda: named(60, units=units(60, counties=("",)))),
    ("long names", lambda: named(30, units=tuple(ListedUnit(f"{LONG}{n}", LONG) for n in range(30)))),
    ("long applicant", lambda: extended(unit=LONG, applicant=LONG)),
)  # fmt: skip


def pdf_of(content: LetterContent) -> bytes:
    return typeset(written(content), fonts=SHIPPED).pdf


def words_of(pdf: bytes) -> list[str]:
    """The text of each page without spaces."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return ["".join(char["text"] for char in page.chars if char["text"].strip()) for page in opened.pages]


@pytest.mark.parametrize("make", [make for _, make in LETTERS], ids=[name for name, _ in LETTERS])
def test_every_rule_is_kept_in_both_formats(make: Callable[[], LetterContent]) -> None:
    word = written(make())
    kinds = set()
    for made in (word, typeset(word, fonts=SHIPPED).pdf):
        report = measure(made)
        assert [(m.rule_id, m.measured) for m in report.failures] == []
        kinds.add(report.kind)
    assert len(kinds) == 1


@pytest.mark.parametrize("occasion", list(BY_OCCASION))
def test_templates_use_only_what_is_provided(occasion: Occasion) -> None:
    used = template_keys(spec(occasion).template)
    assert {"发文机关", "成文日期"} <= used <= provided_keys(pack(), occasion)


def test_the_lists_of_lists_are_known_by_their_keys() -> None:
    assert {"名单分组.等次", "名单分组.名单.单位名称"} <= template_keys(spec("named").template)


def test_the_layouts_are_those_the_kinds_of_document_allow() -> None:
    layouts = {letter.on: letter.layout for letter in pack().letters}
    assert (layouts["announced"], layouts["named"], layouts["circulated"]) == ("form", "red_header", "red_header")
    assert all(letter.is_binding for letter in pack().letters if SCOPES[letter.on] == "year")


@pytest.mark.parametrize("count", [12, 60, 300])
def test_every_unit_stands_once_and_the_count_agrees(count: int) -> None:
    said = "".join(words_of(pdf_of(named(count))))
    assert f"命名{count}个单位" in said
    for unit in units(count):
        assert len(re.findall(rf"(?<![\u4e00-\u9fff]){unit.name}", said)) == 1, unit.name
    tables = docx.Document(io.BytesIO(written(named(count)))).tables
    rows = sum(len(table.rows) - 1 for table in tables if table.cell(0, 0).text == "序号")
    assert rows == (count if count > 20 else 0)


def test_a_naming_says_what_went_before_it() -> None:
    said = "".join(words_of(pdf_of(named(2, result="公示期间没有收到不同意见"))))
    assert "2026年12月2日至2026年12月8日公示期满，公示期间没有收到不同意见" in said
    assert "通工发〔2026〕31号" in said
    assert "期满，南通市总工会决定" in "".join(words_of(pdf_of(named(2))))


def test_an_announcement_says_how_to_object_and_bears_no_number() -> None:
    said = "".join(words_of(pdf_of(announced(3))))
    for words in (
        "公示时间：2026年12月2日至2026年12月8日，共5个工作日",
        "联系电话：0513-00000000",
        "来信、来电或者来访",
        "权益保障部",
    ):
        assert words in said
    assert "〔" not in said


def test_an_announcement_without_a_day_says_when_its_time_begins() -> None:
    said = "".join(words_of(pdf_of(announced(3, period=None, issue=Issue()))))
    assert "公示时间：自公示发布的次日起5个工作日。" in said


def test_a_draft_shows_its_blanks_and_nothing_else_is_wrong() -> None:
    word = written(named(60, issue=Issue()))
    for made in (word, typeset(word, fonts=SHIPPED).pdf):
        found = {m.rule_id: m.measured for m in measure(made).failures}
        assert found == {"H10": "尚未编号", "S07": "成文日期尚未填写"}
    assert "拟稿" not in "".join(words_of(pdf_of(named(60, issue=Issue()))))


def test_copies_are_left_out_where_nobody_gets_one() -> None:
    alone = replace(pack(), issuer=replace(pack().issuer, copies_to=()))
    content = named(3, programme=alone)
    said = "".join(words_of(pdf_of(content)))
    assert "抄送" not in said
    assert "南通市总工会办公室" in said
    assert measure(written(content)).failures == ()


def test_a_county_has_a_table_of_its_own_with_heads_on_every_page() -> None:
    pages = words_of(pdf_of(circular(300)))
    listed = pages[next(n for n, page in enumerate(pages) if page.startswith("附件")) :]
    with_units = [page for page in listed if "职工服务中心" in page]
    assert len(with_units) > 10
    assert all("序号单位名称缺少的内容" in page for page in with_units)
    assert "一、临江区（75个）" in "".join(listed)
    assert "临江区75个，" in "".join(pages)


def test_every_slip_stands_in_the_notice() -> None:
    said = "".join(words_of(pdf_of(returned(33))))
    assert all(f"{n}.第1.{n}项" in said for n in range(1, 34))
    assert "有33处需要更正" in said


def test_headings_of_an_extension_are_counted_by_what_is_there() -> None:
    all_of_it = "".join(words_of(pdf_of(extended())))
    assert [m for m in ("一、延期的原因", "二、需要完成的事项", "三、后续安排") if m not in all_of_it] == []
    assert "一、后续安排" in "".join(words_of(pdf_of(extended(reasons=(), missing=()))))
    assert "二、后续安排" in "".join(words_of(pdf_of(extended(reasons=()))))


def test_the_title_of_a_letter_is_broken_in_both_formats_alike() -> None:
    word = written(named(2))
    title = next(p for p in docx.Document(io.BytesIO(word)).paragraphs if p.style.name == "公文标题")
    assert title.text == "南通市总工会关于命名2026年度\n优秀职工服务中心的决定"
    with pdfplumber.open(io.BytesIO(typeset(word, fonts=SHIPPED).pdf)) as opened:
        big = [char for char in opened.pages[0].chars if 21 < char["size"] < 23]
    rows = {round(char["top"]) for char in big}
    assert len(rows) == 2


@pytest.mark.parametrize("count", [1, 7, 12, 20, 21, 60])
def test_the_imprint_stands_on_the_back_of_a_sheet(count: int) -> None:
    pages = words_of(pdf_of(named(count)))
    assert len(pages) % 2 == 0
    assert pages[-1].count("印发") == 1
    assert not any("印发" in page for page in pages[:-1])


def test_pages_that_bear_no_number_are_only_a_blank_one_and_the_imprints() -> None:
    seen = set()
    for count in (21, 24, 27, 30, 33, 36, 39, 42):
        pages = words_of(pdf_of(named(count)))
        numbered = [bool(re.search(r"—\d+—$", page)) for page in pages]
        blank = [n for n, page in enumerate(pages) if not re.sub(r"—\d+—$", "", page)]
        expected = [True] * len(pages) if not blank else [True] * (len(pages) - 2) + [False, False]
        assert numbered == expected, count
        assert blank in ([], [len(pages) - 2])
        seen.add(bool(blank))
    assert seen == {True, False}

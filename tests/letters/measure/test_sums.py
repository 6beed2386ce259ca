"""M01: sums that do not agree are found, in a Word file and in a PDF; what only looks like a sum is left alone."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from formflow.letters.compose_year import compose_subsidised
from formflow.letters.fonts import FontBook
from formflow.letters.measure import measure
from formflow.letters.measure.sums import check_sums
from formflow.letters.typeset import typeset
from formflow.letters.word import render
from formflow.model.letter import Issue, LetterContent, Payment, SubsidyFacts
from formflow.model.money import Fen
from formflow.packs import load_pack

PACK = Path(__file__).parents[3] / "templates" / "qingdao-social-organisations"
HEAD = ("序号", "项目", "本次补助（元）")
ROWS = (("1", "甲项目", "20000"), ("2", "乙项目", "10,000.00"))


def verdict(texts: list[str], *tables: list[tuple[str, ...]]) -> tuple[bool | None, str]:
    found = check_sums(texts, tables)
    return found.is_kept, found.measured


@pytest.mark.parametrize(
    "text",
    [
        "共计30000元（人民币叁万元整）", "共计人民币叁万元整（¥30,000.00）", "补助3万元（大写：叁万元整）", "人民币叁万圆整（小写：30000元）", "金额¥1680.32（壹仟陆佰捌拾元零叁角贰分）",
        "金额1680.32元，大写壹仟陆佰捌拾元叁角贰分", "甲10000元（壹万元整），乙20000元（贰万元整）",
    ],
)  # fmt: skip
def test_figures_and_words_that_agree(text: str) -> None:
    assert verdict([text])[0] is True


@pytest.mark.parametrize(
    "text",
    [
        "共计30000元（人民币贰万元整）", "共计3元（人民币叁万元整）", "人民币叁万元整（¥3000）", "补助3万元（大写：叁仟元整）",
        "甲10000元（壹万元整），乙20000元（壹万元整）",
    ],
)  # fmt: skip
def test_figures_and_words_that_do_not(text: str) -> None:
    kept, said = verdict([text])
    assert kept is False
    assert "不一致" in said


@pytest.mark.parametrize("text", ["共30个项目，2022年12月30日。", "每个项目30000元。", "壹拾个项目"])
def test_a_text_without_words_of_a_sum_says_nothing(text: str) -> None:
    assert verdict([text], [HEAD, *ROWS])[0] is None


def test_a_table_adds_up_or_does_not() -> None:
    assert verdict([], [HEAD, *ROWS, ("合计", "", "30000")])[0] is True
    kept, said = verdict([], [HEAD, *ROWS, ("合计", "", "30000.01")])
    assert (kept, said) == (False, "明细表“本次补助(元)”合计30,000.01元，各行相加30,000元")
    # Numbers of people are no money.
    assert verdict([], [("序号", "项目", "人数"), *ROWS, ("合计", "", "7")])[0] is None
    # Parts of the sum are not added again.
    parts = [HEAD, ROWS[0], ("小计", "", "20000"), ROWS[1], ("小计", "", "10000"), ("合计", "", "30000")]
    assert verdict([], parts)[0] is True


def test_the_total_of_the_text_is_that_of_the_table() -> None:
    table = [HEAD, *ROWS, ("", "合计", "30000")]
    assert verdict(["共计30000元（人民币叁万元整）"], table)[0] is True
    kept, said = verdict(["共计40000元（人民币肆万元整）"], table)
    assert (kept, said) == (False, "正文总额40,000元，明细表合计30,000元")
    assert verdict([], [HEAD, *ROWS, ("合计", "人民币叁仟元整", "30000")])[0] is False
    in_ten_thousands = [("序号", "项目", "补助金额"), ("1", "甲", "2"), ("2", "乙", "1.5"), ("合计", "", "3.5")]
    assert verdict(["（单位：万元）", "35000元（叁万伍仟元整）"], in_ten_thousands)[0] is True
    assert verdict(["35000元（叁万伍仟元整）"], in_ten_thousands)[0] is False


def notice(count: int) -> bytes:
    programme = load_pack(PACK)
    spec = next(letter for letter in programme.letters if letter.on == "subsidised")
    payments = tuple(
        Payment(f"“新驿站”户外劳动者关爱项目第{n}期", f"青岛市暖阳社会工作服务中心{n}", "山东省", Fen(2_000_000), Fen(n * 100_001), Fen(2_000_000 - n * 100_001))
        for n in range(1, count + 1)
    )  # fmt: skip
    facts = SubsidyFacts(programme, 2022, Issue("青工发〔2022〕3号", date(2022, 12, 8)), payments)
    content = compose_subsidised(spec, facts)
    assert isinstance(content, LetterContent)
    return render(spec.template, content.context, name=spec.template_name)


def changed(word: bytes, before: str, after: str, which: int) -> bytes:
    """A Word file with one occurrence of a text exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                parts = data.decode().split(before)
                assert len(parts) > which + 1
                data = (before.join(parts[: which + 1]) + after + before.join(parts[which + 1 :])).encode()
            new.writestr(entry, data)
    return out.getvalue()


def both(word: bytes) -> list[str]:
    """M01's verdict on the Word file and on the PDF that is made of it."""
    pdf = typeset(word, fonts=FontBook.shipped()).pdf
    return [next(m.verdict for m in measure(made).measurements if m.rule_id == "M01") for made in (word, pdf)]


@pytest.mark.parametrize("count", [1, 9, 19])
def test_our_notice_keeps_every_rule(count: int) -> None:
    word = notice(count)
    for made in (word, typeset(word, fonts=FontBook.shipped()).pdf):
        assert [(m.rule_id, m.measured) for m in measure(made).failures] == []
    assert both(word) == ["pass", "pass"]


def test_one_wrong_amount_anywhere_is_found() -> None:
    word = notice(15)  # the table goes on over pages
    total = str(sum(2_000_000 - n * 100_001 for n in range(1, 16)) // 100)
    for before, after, which in (
        ("18999.99", "18999.98", 0),
        (total, f"1{total}", 0),
        (total, f"1{total}", 1),
        ("元捌角整", "元玖角整", 0),
    ):
        assert both(changed(word, before, after, which)) == ["fail", "fail"], before


def test_ordinary_numerals_are_no_words_of_a_sum() -> None:
    kept, said = verdict(["共计50000元（人民币五万元整）"])
    assert (kept, said) == (False, "“五万元整”不是大写，应为伍万元整")
    assert verdict(["每个项目补助三万元。"])[0] is None


def test_a_total_of_the_text_without_words_is_held_against_the_table() -> None:
    table = [HEAD, *ROWS, ("合计", "", "30000")]
    assert verdict(["经核定，共计补助30000元。"], table)[0] is True
    assert verdict(["经核定，共计补助60000元。"], table) == (False, "正文总额60,000元，明细表合计30,000元")
    assert verdict(["以前各批共计90000元，本批共计3万元。"], table)[0] is True


def test_a_row_pays_what_is_due_less_what_was_paid() -> None:
    head = ("序号", "项目", "应补助", "以前已补助", "本次补助（元）")
    rows = [("1", "甲", "20000", "10000", "10000"), ("2", "乙", "10000", "30000", "0")]
    total = ("合计", "", "", "", "10000")
    assert verdict([], [head, *rows, total])[0] is True
    kept, said = verdict([], [head, ("1", "甲", "20000", "5000", "10000"), rows[1], total])
    assert (kept, said) == (False, "明细表第1行20,000元减5,000元不等于10,000元")


def test_of_several_sums_in_words_the_largest_is_that_of_the_table() -> None:
    said = ["甲10000元（壹万元整），乙20000元（贰万元整），共计30000元（人民币叁万元整）。"]
    found = verdict(said, [HEAD, *ROWS, ("合计", "", "30000")])
    assert found == (True, "总额30,000元（叁万元整），明细表合计30,000元")
    assert verdict(said, [HEAD, ROWS[1], ("合计", "", "10000")]) == (False, "正文总额30,000元，明细表合计10,000元")
    assert verdict(said) == (True, "总额30,000元（叁万元整）")
    assert verdict([], [HEAD, *ROWS, ("合计", "", "30000")]) == (True, "明细表合计30,000元")


def test_a_column_called_a_total_is_no_line_of_totals() -> None:
    table = [("合计（元）", "项目"), ("10000", "甲"), ("5000", "乙"), ("20000", "合计")]
    assert verdict([], table) == (False, "明细表“合计(元)”合计20,000元，各行相加15,000元")


def test_the_unit_is_that_of_the_table_else_that_the_text_names_as_such() -> None:
    table = [("项目", "补助金额（万元）"), ("甲", "1.5"), ("乙", "1.5"), ("合计", "3")]
    assert verdict(["共计30000元（人民币叁万元整）"], table)[0] is True
    table = [("项目", "补助金额"), ("甲", "1.5"), ("乙", "1.5"), ("合计", "3")]
    assert verdict(["共计30000元（人民币叁万元整）", "金额单位：万元"], table)[0] is True
    # What a project may get at most says nothing about the table.
    bare = [("项目", "补助金额"), ("甲", "15000"), ("乙", "15000"), ("合计", "30000")]
    assert verdict(["每个项目最高5万元。", "共计30000元（人民币叁万元整）"], bare)[0] is True


def test_rows_of_uneven_length_and_cells_without_a_number_are_no_hindrance() -> None:
    rows = [*ROWS, ("3", "丙项目"), ("4", "丁项目", "—"), ("5", "戊项目", "5000", "另发")]
    assert verdict([], [HEAD, *rows, ("合计", "", "35000", "7")]) == (True, "明细表合计35,000元")
    assert verdict([], [HEAD, *rows, ("合计", "", "30000", "7")])[0] is False


def test_of_many_slips_the_first_three_are_told() -> None:
    wrong = "；".join(f"{number}元（壹万元整）" for number in (1, 2, 3, 4))
    assert verdict([wrong])[1].count("不一致") == 3


def test_a_total_in_words_alone_contradicts_nothing() -> None:
    assert verdict([], [HEAD, *ROWS, ("合计", "人民币叁万元整", "")])[0] is None
    assert verdict([], [HEAD, *ROWS, ("合计", "人民币叁万元整", "30000")])[0] is True
    kept, said = verdict([], [HEAD, *ROWS, ("合计", "人民币肆万元整", "30000")])
    assert (kept, said) == (False, "明细表合计的大写肆万元整与小写不一致")


def test_an_empty_table_and_rows_that_break_off_say_nothing() -> None:
    assert verdict([], [])[0] is None
    head = ("项目", "应补助", "以前已补助", "本次补助（元）")
    rows = [("甲", "20000", "10000"), ("乙",), ("丙", "20000", "5000", "10000")]
    assert verdict([], [head, *rows]) == (False, "明细表第3行20,000元减5,000元不等于10,000元")

"""A record laid before a person: a line for each thing to check, and where to look for it."""

from __future__ import annotations

from dataclasses import replace

from formflow.forms.align import align
from formflow.forms.review_lines import field_of, places, review_lines
from formflow.model.document import Box, Locator
from formflow.model.finding import Finding
from formflow.model.programme import Field
from formflow.model.record import Answer
from formflow.model.review import ReviewLine
from support.papers import FORM, body, cover, document

PAPER = document(
    *cover("海风镇职工服务中心", "2022年3月至2023年2月", "海风镇总工会", "二〇二二年三月"),
    body(
        answers=("海风镇总工会", "纺织业", "好", "方案"),
        steps=(("2022年3月", ("调研", 2), "中心"), ("2022年4月", ("培训", 2), "中心")),
        opinions=("同意。\n负责人（签名）　2022年3月10日", ""),
    ),
)
RECORD = align(PAPER, FORM)


def place_of(field: Field, answer: Answer | None) -> str:
    return f"{field.id}处"


def lines(*findings: Finding) -> dict[str, ReviewLine]:
    return {line.code: line for line in review_lines(FORM, RECORD, findings, place_of)}


def test_a_line_for_each_answer_and_each_part_of_one() -> None:
    found = lines()
    assert (found["industry"].value, found["industry"].place) == ("纺织业", "industry处")
    assert found["start"].value == "2022年3月"
    assert [found[f"steps[{number}].content"].value for number in (1, 2)] == ["调研", "培训"]
    host = [found[f"opinion_host.{part}"].value for part in ("text", "date", "sealed", "signed")]
    assert host == ["同意。", "2022年3月10日", "", ""]
    assert [code for code in found if field_of(code) == "opinion_partner"] == [
        f"opinion_partner.{part}" for part in ("text", "date", "sealed", "signed")
    ]
    assert found["money"].value == ""


def test_how_surely_words_were_read_says_nothing_of_seals() -> None:
    """Else a seal that was not seen would seem to be there almost surely."""
    found = lines()
    assert found["industry"].confidence is not None
    assert [found[f"opinion_host.{part}"].confidence is None for part in ("text", "date", "sealed", "signed")] == [
        False, False, True, True,
    ]  # fmt: skip


def test_what_is_wrong_stands_beside_the_part_it_is_about() -> None:
    found = lines(
        Finding("missing", "money", "error", "没有填写", "四"),
        Finding("invalid", "money", "error", "也不对", "四"),
        Finding("unsealed", "opinion_host", "review", "看不出盖章", "五"),
        Finding("missing", "opinion_host", "error", "缺少日期", "五"),
        Finding("attachment_missing", "plan", "error", "没有规划", "六"),
    )
    assert found["money"].problem == "没有填写；也不对"
    assert found["opinion_host.sealed"].problem == "看不出盖章"
    assert found["opinion_host.text"].problem == "缺少日期"
    assert not any("规划" in line.problem for line in found.values())


def test_what_is_doubtful_stands_first_all_of_its_lines_together() -> None:
    doubt = Finding("low_confidence", "steps", "review", "把握不大", "三")
    codes = list(lines(doubt))
    doubtful = [code for code, line in lines(doubt).items() if line.is_doubtful]
    assert codes[: len(doubtful)] == doubtful
    assert {field_of(code) for code in doubtful} == {"steps"}
    rest = [code for code in lines() if field_of(code) != "steps"]
    assert codes[len(doubtful) :] == rest


def test_an_empty_block_has_lines_to_write_in() -> None:
    empty = review_lines(FORM, align(FORM.blank, FORM), (), place_of)
    assert [line.code for line in empty if line.code.startswith("steps")] == [
        "steps[1].time",
        "steps[1].content",
        "steps[1].who",
    ]


def test_where_each_line_can_be_looked_up() -> None:
    rows = tuple(Locator(f"row {number}", 1, Box(0, number, 9, number + 1)) for number in (1, 2))
    opinion = Locator("opinion", 2, Box(0, 0, 9, 9))
    answers = {
        **RECORD.answers,
        "steps": replace(RECORD.answers["steps"], row_locators=rows),
        "opinion_host": replace(RECORD.answers["opinion_host"], locator=opinion),
        "industry": replace(RECORD.answers["industry"], locator=None),
    }
    found = places(FORM, replace(RECORD, answers=answers))
    assert (found["steps[1].time"], found["steps[2].time"]) == rows
    assert found["opinion_host.text"] == opinion
    assert not {"industry", "steps[1].content", "opinion_host.date"} & set(found)

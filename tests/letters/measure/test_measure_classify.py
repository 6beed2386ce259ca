"""Each paragraph of a document is told for what it is, whoever wrote it; `Seen` is all that is known of it."""

from __future__ import annotations

import pytest

from formflow.letters.measure.classify import Seen, classify


def line(text: str, **more: object) -> Seen:
    """A paragraph of the body as it usually stands."""
    return Seen(text, **{"size": 16.0, "is_red": False, "is_centered": False} | more)  # type: ignore[arg-type]


MARK = line("南通市总工会文件", size=40.0, is_red=True, is_centered=True)
NUMBER = line("通工发〔2022〕1号", is_centered=True)
TITLE = line("关于命名优秀职工服务中心的", size=22.0, is_centered=True)
TITLE_2 = line("决定", size=22.0, is_centered=True)
RECIPIENT = line("各县（市）区总工会：", is_flush=True)
BODY = line("现将有关事项通知如下。")
SIGNATURE, DATE = line("南通市总工会"), line("2022年3月7日")


def names(*items: Seen) -> list[str]:
    return classify(items)


def test_a_whole_document() -> None:
    found = names(
        MARK, line("特急"), NUMBER, TITLE, TITLE_2, RECIPIENT, BODY, line("一、总体要求"), line("（一）目标"), BODY,
        line("附件：名单"), SIGNATURE, DATE, line("（此件公开发布）"), line("附件"), line("名单", is_centered=True),
        line("抄送：省总工会。"), line("南通市总工会办公室　2022年3月7日印发"),
    )  # fmt: skip
    assert found == [
        "mark", "head", "number", "title", "title", "recipient", "body", "heading1", "heading2", "body", "enclosures",
        "signature", "date", "remark", "enclosure_page", "after", "copies_to", "printed",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [18.0, 22.0])
def test_a_large_title_needs_not_be_centred(size: float) -> None:
    assert names(line("关于开展工作的通知", size=size), RECIPIENT, BODY)[:2] == ["title", "recipient"]


def test_without_large_text_the_first_centred_one_that_is_no_number_is_the_title() -> None:
    small = line("关于开展工作的通知", is_centered=True)
    assert names(NUMBER, small, RECIPIENT, BODY) == ["number", "title", "recipient", "body"]
    assert names(line("一段话。"), small, BODY) == ["head", "title", "body"]
    # Small print that is not centred goes on no title, large print does.
    assert names(small, line("小字说明"), BODY)[:2] == ["title", "body"]
    large = line("关于开展工作的", size=22.0)
    assert names(large, line("通知", size=22.0), BODY)[:2] == ["title", "title"]


def test_with_nothing_to_go_by_everything_is_body() -> None:
    assert names(BODY, BODY) == ["body", "body"]
    assert names() == []
    assert names(TITLE) == ["title"]


def test_a_recipient_over_several_lines_ends_with_the_colon() -> None:
    first, second = line("各县（市）区总工会，", is_flush=True), line("市各产业工会：", is_flush=True)
    assert names(TITLE, first, second, BODY) == ["title", "recipient", "recipient", "body"]
    # What is indented is a paragraph, whatever it ends in.
    assert names(TITLE, first, line("现通知如下："), BODY) == ["title", "recipient", "body", "body"]


def test_a_recipient_without_a_colon_is_short_stands_at_the_edge_and_is_no_sentence() -> None:
    assert names(TITLE, line("各县区总工会", is_flush=True), BODY)[1] == "recipient"
    for text, is_flush in (("各县区总工会", False), ("工作已经完成。", True), ("很" * 41, True)):
        assert names(TITLE, line(text, is_flush=is_flush), BODY)[1] == "body"
    assert names(TITLE, line("很" * 40, is_flush=True), BODY)[1] == "recipient"


def test_the_first_date_behind_the_title_that_stands_alone_is_that_of_the_document() -> None:
    found = names(line("2021年1月1日", is_centered=True), TITLE, BODY, SIGNATURE, DATE, line("收到回执"), DATE)
    assert found == ["head", "title", "body", "signature", "date", "after", "after"]
    assert names(TITLE, line("2022年3月7日开始。"), BODY) == ["title", "body", "body"]
    assert names(TITLE, BODY, SIGNATURE, line("　　年　　月　　日"))[-1] == "date", "a draft has no day yet"


def test_a_remark_stands_right_behind_the_date() -> None:
    remark = line("（此件公开发布）")
    assert names(TITLE, BODY, SIGNATURE, DATE, remark)[-1] == "remark"
    assert names(TITLE, BODY, SIGNATURE, DATE, BODY, remark)[-1] == "after"
    assert names(TITLE, remark, BODY)[1] == "body"


def test_a_line_that_goes_on_is_what_the_line_above_is() -> None:
    on = line("一、两项工作继续推进", starts_paragraph=False)
    assert names(TITLE, RECIPIENT, line("（二）做好"), on, BODY)[3] == "heading2"
    assert names(TITLE, RECIPIENT, BODY, on)[3] == "body"
    assert names(TITLE, RECIPIENT, BODY, line("一、两项工作"))[3] == "heading1"
    assert names(TITLE, RECIPIENT, line("附件：1．名单"), line("　　2．表", starts_paragraph=False))[3] == "enclosures"
    # Behind a title begins something new.
    assert names(TITLE, line("继续。", starts_paragraph=False))[1] == "body"


def test_an_enclosure_mark_before_the_date_is_text() -> None:
    assert names(TITLE, line("附件1"), BODY, SIGNATURE, DATE, line("附件1"))[1::4] == ["body", "enclosure_page"]
    assert names(TITLE, BODY, line("附件1"), BODY)[2] == "enclosure_page", "without a date there is no telling"

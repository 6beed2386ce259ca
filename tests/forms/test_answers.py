"""Text as typed to values, by type."""

from __future__ import annotations

import pytest

from formflow.forms.answers import opinion_value, part_opinion, read_cell, read_month, read_range_part, read_text
from formflow.model.document import Picture

NOTHING: frozenset[str] = frozenset()


def test_paragraphs_are_trimmed_and_joined_and_printed_notes_left_out() -> None:
    text = "　　第一段。\n\n  第二段。 \n此处请写明主要做法和成效。"
    assert read_text(text, (), frozenset({"此处请写明主要做法和成效."})) == "第一段。\n第二段。"
    assert read_text(" ＿＿ \n", (), NOTHING) is None


@pytest.mark.parametrize(
    ("text", "value", "doubted"),
    [
        ("2022年3月", "2022-03", False),
        ("二〇二二 年 十一 月", "2022-11", False),
        ("__2022__年_3_月", "2022-03", False),
        ("二〇二　年　月", None, False),
        ("年　月", None, False),
        ("待补充", None, False),
        ("二〇二二年　月", None, True),
        ("2022年13月", None, True),
        ("去年三月", None, True),
        ("2022年3月或4月", None, True),
    ],
)
def test_months(text: str, value: str | None, doubted: bool) -> None:
    month, doubt = read_month(text, "二〇二年月", ("待补充",))
    assert (month, bool(doubt)) == (value, doubted)


@pytest.mark.parametrize(
    ("text", "start", "end", "doubts"),
    [
        ("2022年3月至2023年2月", "2022-03", "2023-02", (False, False)),
        ("2022.03.01—2023.02.28", "2022-03", "2023-02", (False, False)),
        ("____年__月至____年__月", None, None, (False, False)),
        ("2022年3月至____年__月", "2022-03", None, (False, False)),
        ("2022年至2023年", None, None, (True, True)),
        ("2022年3月", "2022-03", None, (False, False)),
        ("长期", None, None, (True, True)),
    ],
)
def test_ranges(text: str, start: str | None, end: str | None, doubts: tuple[bool, bool]) -> None:
    first, last = (read_range_part(text, part, ()) for part in ("start", "end"))
    assert (first[0], last[0]) == (start, end)
    assert (bool(first[1]), bool(last[1])) == doubts


def test_cells_of_rows() -> None:
    assert read_cell("  调研\n摸底 ", ()) == "调研\n摸底"
    assert read_cell("／", ()) is None
    assert read_cell(None, ()) is None


@pytest.mark.parametrize(
    "signature",
    ["负责人（签名）张三　2022年3月10日", "负责人(签字)：张三\n2022.3.10", "单位负责人签名：张三 2022/3/10", "（签名）：张三\n二〇二二年三月十日",
     "法定代表人（签章）\n2022年3月10日", "承担单位负责人（签名）：张三　2022-03-10", "负责人：张三\n日期：2022年3月10日", "负\n责人（签名）张三　2022年3月10日"],
)  # fmt: skip
def test_signatures_in_the_usual_words(signature: str) -> None:
    parts = part_opinion(f"情况属实。\n{signature}", (), NOTHING)
    assert (parts.text, parts.date, parts.is_date_doubtful) == ("情况属实。", "2022-03-10", False)


@pytest.mark.parametrize(
    "line",
    [
        "同意申报　　　签名：张三　2022年3月10日",
        "同意申报　　（签名）2022年3月10日",
        "同意申报\t法人代表（签章）：2022年3月10日",
    ],
)
def test_a_gap_parts_the_signature_from_the_opinion(line: str) -> None:
    parts = part_opinion(line, (), NOTHING)
    assert (parts.text, parts.date) == ("同意申报", "2022-03-10")


def test_the_name_of_who_signs_is_no_opinion() -> None:
    assert part_opinion("张三　　（签名）2022年3月10日", (), NOTHING).text == ""
    assert part_opinion("情况良好　　负责人（签名）2022年3月10日", (), NOTHING).text == "情况良好"


# A pattern that goes back over what it has read would need hours for these.
@pytest.mark.parametrize("piece", [" ", "\t", "（", "负责人 ", "同意（签名）", "一、", "2022年"])
def test_long_texts_of_one_piece_are_read_once_through(piece: str) -> None:
    text = f"甲{piece * 100_000}乙"
    assert part_opinion(text, (), NOTHING).date is None
    assert read_month(text, "", ())[0] is None


@pytest.mark.parametrize(
    "seal", ["（盖章）", "（公章）：", "某某镇总工会（盖章）", "（加盖公章）", "单位（签章）（必填）："]
)
def test_the_place_of_the_seal_is_no_opinion(seal: str) -> None:
    assert part_opinion(f"同意。\n{seal}\n负责人（签名）　年　月　日", (), NOTHING).text == "同意。"


def test_a_date_half_written_is_doubtful() -> None:
    parts = part_opinion("同意。\n负责人（签名）张三　2022年　月　日", (), NOTHING)
    assert (parts.date, parts.is_date_doubtful) == (None, True)
    assert not part_opinion("同意。\n负责人（签名）　年　月　日", (), NOTHING).is_date_doubtful


def test_a_day_that_has_lost_its_year_is_no_opinion_and_no_date() -> None:
    parts = part_opinion("同意。\n负责人（签名）\n3月16日", (), NOTHING)
    assert (parts.text, parts.date, parts.is_date_doubtful) == ("同意。", None, True)


@pytest.mark.parametrize("rest", ["月日", "　月　日", "日"])
def test_what_a_scan_kept_of_the_printed_date_is_no_opinion(rest: str) -> None:
    assert part_opinion(f"负责人（签名）\n{rest}", (), NOTHING).text == ""


def test_words_behind_the_date_belong_to_the_next_opinion() -> None:
    parts = part_opinion("负责人（签名）　2022年3月10日\n同意参与。", (), NOTHING, before="同意申报。")
    assert (parts.text, parts.date, parts.behind) == ("同意申报。", "2022-03-10", "同意参与。")


def test_seals_and_ink_are_seen_in_pictures_only() -> None:
    parts = part_opinion("同意。", (), NOTHING)
    assert opinion_value(parts, ())["sealed"] is None
    assert opinion_value(parts, (Picture("a", "seal"), Picture("b", "ink"))) == {
        "text": "同意。",
        "sealed": True,
        "signed": True,
        "date": None,
    }
    assert opinion_value(parts, (Picture("a", "other"), Picture("b")))["signed"] is None


def test_what_would_be_seen_and_is_not_is_not_there() -> None:
    value = opinion_value(part_opinion("同意。", (), NOTHING), (Picture("a", "ink"),), ("seal", "ink"))
    assert (value["sealed"], value["signed"]) == (False, True)
    unclear = opinion_value(part_opinion("同意。", (), NOTHING), (Picture("a", "other"),), ("ink",))
    assert unclear["signed"] is None


@pytest.mark.parametrize(
    "closing",
    ["（公章）    2022年3月10日", "（盖章）\n2022年3月10日", "单位盖章：2022年3月10日", "2022年3月10日（盖章）", "主席：张三    2022年3月10日", "张三    2022年3月10日",
     "审核人：张三 2022年3月10日", "某某镇总工会  2022年3月10日", "（2022年3月10日）", "2022年\n3月\n10日", "2022年3月10号", "2022年3月10日  年  月  日",
     "负责人\n（签名）\n2022年3月10日", "负责人签字（盖章）：张三 2022年3月10日", "张三\n2022年3月10日", "填表人：王五\n盖章：\n2022年3月10日"],
)  # fmt: skip
def test_the_day_at_an_opinions_end(closing: str) -> None:
    parts = part_opinion(f"情况属实，同意申报。\n{closing}", (), NOTHING)
    assert (parts.text, parts.date) == ("情况属实，同意申报。", "2022-03-10")


def test_a_day_on_the_opinions_own_line() -> None:
    parts = part_opinion("情况属实，同意申报。    2022年3月10日", (), NOTHING)
    assert (parts.text, parts.date) == ("情况属实，同意申报。", "2022-03-10")
    sentence = part_opinion("该中心已经建成，验收会议定于2022年3月10日", (), NOTHING)
    assert (sentence.text, sentence.date) == ("该中心已经建成，验收会议定于2022年3月10日", None)


def test_printed_guidance_is_no_opinion() -> None:
    assert part_opinion("（请写明意见）\n负责人（签名）　年　月　日", (), NOTHING).text == ""

"""What is said on a form, who signed it and when: taken apart."""

from __future__ import annotations

import pytest

from formflow.forms.opinions import opinion_value, part_opinion
from formflow.model.document import Picture

NOTHING: frozenset[str] = frozenset()


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

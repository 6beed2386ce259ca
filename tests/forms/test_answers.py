"""Text as typed to values, by type."""

from __future__ import annotations

import pytest

from formflow.forms.answers import read_cell, read_month, read_range_part, read_text

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


# A pattern that goes back over what it has read would need hours for these.
@pytest.mark.parametrize("piece", [" ", "\t", "（", "2022年"])
def test_long_texts_of_one_piece_are_no_months(piece: str) -> None:
    assert read_month(f"甲{piece * 100_000}乙", "", ())[0] is None

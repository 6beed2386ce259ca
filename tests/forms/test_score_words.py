"""Criteria are told by the official wording, parts of it, misread letters, and our titles; never wrongly."""

from __future__ import annotations

import random

import pytest

from formflow.forms.score_words import Wording
from support.score_sheets import official_wording, rubric

IDS = [criterion.id for criterion in rubric().criteria]
WORDING = Wording(rubric())


def ids_of(texts: list[str]) -> list[str | None]:
    return [told.id if (told := WORDING.criterion(text)) else None for text in texts]


def test_the_official_wording_and_our_titles_are_each_one_criterion() -> None:
    groups, criteria = official_wording()
    assert ids_of(list(criteria)) == IDS
    assert ids_of([criterion.title for criterion in rubric().criteria]) == IDS
    assert [told.id if (told := WORDING.group(text)) else None for text in groups] == list("12345678")


@pytest.mark.parametrize(("length", "fewest"), [(6, 30), (10, 32), (16, 33), (30, 33)])
def test_the_beginning_of_the_wording(length: int, fewest: int) -> None:
    told = ids_of([text[:length] for text in official_wording()[1]])
    assert all(name in (None, right) for name, right in zip(told, IDS, strict=True))
    assert sum(name is not None for name in told) >= fewest


@pytest.mark.parametrize("share", [0.05, 0.1, 0.2])
def test_misread_letters_never_tell_another_criterion(share: float) -> None:
    rng = random.Random(f"{share}")
    for _ in range(3):
        smudged = [
            "".join(rng.choice("的一是在人有") if rng.random() < share else c for c in text)
            for text in official_wording()[1]
        ]
        told = ids_of(smudged)
        assert all(name in (None, right) for name, right in zip(told, IDS, strict=True))
        assert sum(name is not None for name in told) >= 28


@pytest.mark.parametrize(
    "text", ["", "合计", "职工服务中心赋能创优评分表", "服务中心名称：星沙港镇职工服务中心", "单位名称", "服务", "1.1"]
)
def test_other_words_tell_nothing(text: str) -> None:
    assert WORDING.criterion(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("3.2 遴选", "3.2"), ("3.2", "3.2"), ("（3.2）择优", "3.2"), ("3-2、择优", "3.2"), ("9.1 别的", None), ("3.2%", None), ("3.25", None), ("2022", None)],
)  # fmt: skip
def test_printed_numbers(text: str, name: str | None) -> None:
    assert WORDING.printed_id(text) == name
